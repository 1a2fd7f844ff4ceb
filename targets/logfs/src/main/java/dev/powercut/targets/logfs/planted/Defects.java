package dev.powercut.targets.logfs.planted;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.fs.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The defects that can be planted in logfs, by name. */
public final class Defects {

    /** A volume with so small segments that the log goes through many of them: what shows when one is used again, shows soon. */
    private static final FormatRequest SMALL = new FormatRequest(512 << 10, 1024, "segment=8K");

    /** Such a one that is full of an old log. */
    private static final FormatRequest USED = new FormatRequest(512 << 10, 1024, "segment=8K,used=0");

    /** Such a one whose files take all that they may. */
    private static final FormatRequest FULL = new FormatRequest(512 << 10, 1024, "segment=8K,used=100");

    /** Such a one on which room is scarce, and half dead what is old: the cleaner begins when a few files are written. */
    private static final FormatRequest CROWDED = new FormatRequest(512 << 10, 1024, "segment=8K,used=80");

    private record Defect(PlantedDefect what, Discipline rules) {

        Defect(String name, String summary, Discipline rules) {
            this(new PlantedDefect(name, summary), rules);
        }

        Defect(String name, String summary, Discipline rules, String crashModel, String mountOptions) {
            this(new PlantedDefect(name, summary, crashModel, mountOptions), rules);
        }

        Defect(String name, String summary, Discipline rules, FormatRequest format) {
            this(new PlantedDefect(name, summary).on(format), rules);
        }

        Defect shownBy(String runOptions) {
            return new Defect(what.shownBy(runOptions), rules);
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
                        },
                        SMALL),
                new Defect(
                                "version-not-bumped",
                                "an inode number keeps its version when it gets a new owner",
                                new Discipline() {
                                    @Override
                                    protected long versionStep() {
                                        return 0;
                                    }
                                })
                        .shownBy("--seed 4"),
                new Defect("rename-not-recorded", "rename leaves no operation record", new Unrecorded(Format.OP_RENAME))
                        .shownBy("--seed 4"),
                new Defect("unlink-not-recorded", "unlink leaves no operation record", new Unrecorded(Format.OP_UNLINK))
                        .shownBy("--seed 4"),
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
                        })
                        .shownBy("--seed 13"),
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
                        "discard"),
                new Defect("checkpoint-unchecked", "a torn checkpoint counts as if it were whole", new Discipline() {
                    @Override
                    protected boolean checksCheckpoints() {
                        return false;
                    }
                }),
                new Defect(
                        "summary-unchecked",
                        "roll-forward takes any summary for the log's, whatever its checksum and numbers say",
                        new Discipline() {
                            @Override
                            protected boolean checksSummaries() {
                                return false;
                            }
                        },
                        USED),
                new Defect(
                        "payload-unchecked",
                        "roll-forward does not look at the checksums of payloads",
                        new Discipline() {
                            @Override
                            protected boolean checksPayloads() {
                                return false;
                            }
                        }),
                new Defect(
                        "recovery-flushes-late",
                        "recovery writes its checkpoint before what that points to is durable",
                        new RecoveryWithoutFlush(),
                        CrashModel.REORDER.name(),
                        ""),
                new Defect(
                        "recovery-reuses-number",
                        "recovery numbers its checkpoint like the one that it began from, and so overwrites it",
                        new Discipline() {
                            @Override
                            protected long recoveryStep() {
                                return 0;
                            }
                        }));
    }

    /** Those that show only when several tasks use the filesystem at once: a crash is not needed, and does not show them. */
    private static List<Defect> concurrencyDefects() {
        return List.of(new Defect(
                        "cleaner-races-with-overwrite",
                        "the cleaner does not look again whether a block is still the file's before it moves it",
                        new Discipline() {
                            @Override
                            protected boolean cleanerLooksTwice() {
                                return false;
                            }
                        },
                        CROWDED)
                .shownBy("--processes 3 --crash none --seed 18"));
    }

    /**
     * Those that take a long workload. Of the reserve: no volume has one of less than some 190 blocks, and a hundred random operations write no more than
     * that, so that they cannot come to the end of it.
     */
    private static List<Defect> lastingDefects() {
        return List.of(new Defect(
                        "reserve-not-kept",
                        "files may take the segments that checkpoints, recovery and the cleaner need",
                        new Discipline() {
                            @Override
                            protected boolean keepsReserve() {
                                return false;
                            }
                        },
                        FULL)
                .shownBy("--operations 300 --seed 4"));
    }

    /** Leaves out, in recovery alone, the flush between the log and the checkpoint. */
    private static final class RecoveryWithoutFlush extends Discipline {

        @Override
        protected void flush(BlockWriter writer, Site site, Cause cause) {
            boolean isLeftOut = site.equals(Sites.LOG_BEFORE_CHECKPOINT) && cause.trigger() instanceof Trigger.Recovery;
            if (!isLeftOut) {
                super.flush(writer, site, cause);
            }
        }
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

    /** Names and summaries of those that a crash shows. */
    public static List<PlantedDefect> all() {
        return defects().stream().map(Defect::what).toList();
    }

    /** Names and summaries of those that a schedule shows. */
    public static List<PlantedDefect> concurrent() {
        return concurrencyDefects().stream().map(Defect::what).toList();
    }

    /** Names and summaries of those that a short workload of one process does not show. */
    public static List<PlantedDefect> further() {
        return Stream.concat(concurrencyDefects().stream(), lastingDefects().stream())
                .map(Defect::what)
                .toList();
    }

    /** Names and summaries of those that a long workload shows. */
    public static List<PlantedDefect> lasting() {
        return lastingDefects().stream().map(Defect::what).toList();
    }

    /**
     * logfs with a defect.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType plant(String name) {
        return new LogfsType(rules(name));
    }

    /**
     * The rules of logfs with a defect, its recovery's included.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Discipline rules(String name) {
        List<Defect> all = new ArrayList<>(defects());
        all.addAll(concurrencyDefects());
        all.addAll(lastingDefects());
        for (Defect defect : all) {
            if (defect.what.name().equals(name)) {
                return defect.rules;
            }
        }
        throw new IllegalArgumentException("logfs has no planted defect '" + name + "'");
    }
}
