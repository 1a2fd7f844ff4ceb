package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.fs.Sites;
import dev.powercut.targets.ext.redo.CommitProtocol;
import dev.powercut.targets.ext.redo.RedoLog;
import java.util.List;

/** Transactions that do not keep what they are for. */
final class BrokenLog {

    private BrokenLog() {}

    /** Commits when an operation is half done. */
    static final class SplitsOperations extends RedoLog {

        private static final List<Site> HALF_DONE =
                List.of(Sites.CREATE_INODE, Sites.UNLINK_ENTRY, Sites.LINK_COUNT, Sites.RENAME_NEW_ENTRY);

        SplitsOperations(CommitProtocol.Parts parts) {
            super(parts, new CommitProtocol(parts));
        }

        @Override
        public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
            super.changed(buffer, offsetBytes, length, site);
            if (HALF_DONE.contains(site)) {
                commit(new Trigger.WriteBack());
            }
        }
    }

    /** What an fsync is asked for is in the present transaction; the one before is durable all the time. */
    static final class WaitsForWrongTransaction extends RedoLog {

        WaitsForWrongTransaction(CommitProtocol.Parts parts) {
            super(parts, new CommitProtocol(parts));
        }

        @Override
        public void writeForSync(long inode, List<BufferSector> blocks, List<BufferSector> record, Trigger trigger) {
            super.writeForSync(inode, List.of(), List.of(), trigger);
        }
    }

    /** Freed blocks are free at once. */
    static final class ReusesEarly extends RedoLog {

        ReusesEarly(CommitProtocol.Parts parts) {
            super(parts, new CommitProtocol(parts));
        }

        @Override
        public boolean holdsFreedBlocks() {
            return false;
        }
    }

    /** Does not bring about what an operation needs to be durable first. */
    static final class WithoutRoom extends RedoLog {

        private final Site removed;

        WithoutRoom(CommitProtocol.Parts parts, Site removed) {
            super(parts, new CommitProtocol(parts));
            this.removed = removed;
        }

        @Override
        public boolean makeRoom(Site site) {
            return !site.equals(removed) && super.makeRoom(site);
        }
    }

    /** The log's copies of freed blocks are replayed over what came after them. */
    static final class ForgetsRevokes extends RedoLog {

        ForgetsRevokes(CommitProtocol.Parts parts) {
            super(parts, new CommitProtocol(parts));
        }

        @Override
        protected void revoke(int block) {}
    }
}
