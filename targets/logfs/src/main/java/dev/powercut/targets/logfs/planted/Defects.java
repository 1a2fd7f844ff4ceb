package dev.powercut.targets.logfs.planted;

import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.fs.Sites;
import java.util.ArrayList;
import java.util.List;

/** The defects that can be planted in logfs, by name. */
public final class Defects {

    private record Defect(String name, String summary, Discipline rules, String crashModel, String mountOptions) {

        Defect(String name, String summary, Discipline rules) {
            this(name, summary, rules, CrashModel.PREFIX.name(), "");
        }
    }

    private Defects() {}

    private static List<Defect> defects() {
        return List.of(
                new Defect("one-checkpoint-slot", "each checkpoint overwrites the one before", new Discipline() {
                    @Override
                    protected long slotOf(long checkpoint) {
                        return 0;
                    }
                }),
                new Defect(
                        "checkpoint-before-segment",
                        "no flush between the log and the checkpoint that points to it",
                        new Barriers.WithoutFlush(Sites.LOG_BEFORE_CHECKPOINT.name()),
                        CrashModel.REORDER.name(),
                        ""),
                new Defect(
                        "victim-reused-early",
                        "a segment is written to again as soon as nothing in it is live",
                        new Discipline() {
                            @Override
                            protected boolean reusesAtOnce() {
                                return true;
                            }
                        }),
                new Defect(
                        "version-not-bumped",
                        "an inode number keeps its version when it gets a new owner",
                        new Discipline() {
                            @Override
                            protected long versionStep() {
                                return 0;
                            }
                        }),
                new Defect(
                        "rename-not-recorded", "rename leaves no operation record", new Unrecorded(Format.OP_RENAME)),
                new Defect(
                        "unlink-not-recorded", "unlink leaves no operation record", new Unrecorded(Format.OP_UNLINK)),
                new Defect("link-not-recorded", "link leaves no operation record", new Unrecorded(Format.OP_LINK)),
                new Defect(
                        "create-not-recorded",
                        "a new file leaves no operation record",
                        new Unrecorded(Format.OP_CREATE)),
                new Defect(
                        "record-without-inode",
                        "the record of a new file goes to the log without its inode",
                        new Discipline() {
                            @Override
                            protected boolean writesNewInodes() {
                                return false;
                            }
                        }),
                new Defect(
                        "usage-table-stale", "a checkpoint does not write the segment usage table", new Discipline() {
                            @Override
                            protected boolean writesUsage() {
                                return false;
                            }
                        }),
                new Defect("inode-map-stale", "a checkpoint does not write the inode map", new Discipline() {
                    @Override
                    protected boolean writesMap() {
                        return false;
                    }
                }),
                new Defect(
                        "checkpoint-without-directories",
                        "a checkpoint leaves out changed directories",
                        new Discipline() {
                            @Override
                            protected boolean writesDirectories() {
                                return false;
                            }
                        }),
                new Defect("fsync-skips-inode", "fsync writes data, but not the inode", new Discipline() {
                    @Override
                    protected boolean syncsInode() {
                        return false;
                    }
                }),
                new Defect(
                        "fsync-without-flush",
                        "fsync writes, but does not flush",
                        new Barriers.WithoutFlush(Sites.FSYNC_FLUSH.name())),
                new Defect(
                        "size-before-data",
                        "an inode is written with a size that its data do not reach",
                        new Discipline() {
                            @Override
                            protected boolean sizeFollowsData() {
                                return false;
                            }
                        }),
                new Defect("group-ends-early", "each partial write says that its group is complete", new Discipline() {
                    @Override
                    protected boolean endsGroupsOnce() {
                        return false;
                    }
                }),
                new Defect(
                        "discard-before-checkpoint",
                        "segments are discarded before the checkpoint that frees them",
                        new Discipline() {
                            @Override
                            protected boolean discardsLate() {
                                return false;
                            }
                        },
                        CrashModel.PREFIX.name(),
                        "discard"));
    }

    /** Leaves out the records of one kind of operation. */
    private static final class Unrecorded extends Discipline {

        private final int kind;

        Unrecorded(int kind) {
            this.kind = kind;
        }

        @Override
        protected boolean records(int operationKind) {
            return operationKind != kind;
        }
    }

    /** Names and summaries. */
    public static List<PlantedDefect> all() {
        List<PlantedDefect> all = new ArrayList<>();
        for (Defect defect : defects()) {
            all.add(new PlantedDefect(defect.name, defect.summary, defect.crashModel, defect.mountOptions));
        }
        return all;
    }

    /**
     * logfs with a defect.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType plant(String name) {
        for (Defect defect : defects()) {
            if (defect.name.equals(name)) {
                return new LogfsType(defect.rules);
            }
        }
        throw new IllegalArgumentException("logfs has no planted defect '" + name + "'");
    }
}
