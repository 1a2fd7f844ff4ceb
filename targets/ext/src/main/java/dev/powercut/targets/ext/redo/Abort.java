package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.BlockDevice;

/** Gives a log up when its device has lost a write, for the rest of the mount, and leaves the error for the next one. */
final class Abort {

    private final BlockWriter writer;
    private final MetadataCache cache;
    private final Ext3Options options;
    private final Log log;
    private boolean isDone;

    Abort(CommitProtocol.Parts parts) {
        this.writer = parts.writer();
        this.cache = parts.cache();
        this.options = parts.options();
        this.log = parts.log();
    }

    /** Whether the log has been given up. */
    boolean isDone() {
        return isDone;
    }

    /** Looks whether a write has been lost, and then gives the log up; says whether it has been given up. */
    boolean isDue() {
        if (!isDone && hasLost()) {
            isDone = true;
            if (log.isOpen()) {
                log.writeError(options.fua(), JournalSites.ABORTED);
                cache.barrier(JournalSites.ABORTED);
            }
        }
        return isDone;
    }

    /** What was lost of the data of files is told to those who sync them, unless the log has it, or that is asked for. */
    private boolean hasLost() {
        BlockDevice device = writer.device();
        boolean dataCounts = options.data() == DataMode.JOURNAL || options.abortsOnLostData();
        return device.lostWrites() > 0 || dataCounts && device.lostDataWrites() > 0;
    }
}
