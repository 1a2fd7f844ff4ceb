package dev.powercut.targets.logfs.planted;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Barrier.Kind;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.fs.Sites;
import java.util.List;

/** Every site at which logfs flushes, and logfs without one of them. */
public final class Barriers {

    private Barriers() {}

    /** All of them. */
    public static List<Barrier> all() {
        return List.of(
                barrier(Sites.LOG_BEFORE_CHECKPOINT, Kind.ORDER, ""),
                barrier(
                        Sites.FIRST_CHECKPOINT,
                        Kind.ORDER,
                        "A single cut cannot show it. Behind the log's end of checkpoint N, that of the last "
                                + "unmount, no partial write has a number above N, and the first mount's have N+1: if its "
                                + "checkpoint is lost, recovery looks for N there and finds none; if not, all with N+1 are "
                                + "its own. Two mounts can, each cut where writes arrive in any order: the first loses its "
                                + "checkpoint, but not two groups; the second, again N+1, overwrites the first of them, and "
                                + "the other follows on it. FirstCheckpointTest finds that without the flush, and nothing "
                                + "with it."),
                barrier(Sites.CHECKPOINT_BEFORE_REUSE, Kind.FLUSH, ""),
                barrier(Sites.FSYNC_FLUSH, Kind.FLUSH, ""));
    }

    private static Barrier barrier(Site site, Kind kind, String explanation) {
        return new Barrier(site.name(), kind, site.why(), explanation);
    }

    /**
     * logfs without a barrier.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static FileSystemType remove(String name) {
        for (Barrier barrier : all()) {
            if (barrier.name().equals(name)) {
                return new LogfsType(new WithoutFlush(name));
            }
        }
        throw new IllegalArgumentException("logfs has no barrier '" + name + "'");
    }

    /** Flushes at every site but one. */
    static final class WithoutFlush extends Discipline {

        private final String site;

        WithoutFlush(String site) {
            this.site = site;
        }

        @Override
        protected void flush(BlockWriter writer, Site at, Cause cause) {
            if (!at.name().equals(site)) {
                super.flush(writer, at, cause);
            }
        }
    }
}
