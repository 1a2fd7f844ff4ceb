package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.redo.Commit;
import dev.powercut.targets.ext.redo.CommitProtocol;
import dev.powercut.targets.ext.redo.JournalSites;

/** The steps of commit and checkpoint in a wrong order, or without one. */
final class MisorderedCommit {

    private MisorderedCommit() {}

    /** Data of files goes home when the transaction counts already. */
    static final class DataLast extends CommitProtocol {

        DataLast(Parts parts) {
            super(parts);
        }

        @Override
        protected void commit(Commit commit) {
            writeBlocks(commit);
            barrier(JournalSites.BLOCKS_BEFORE_RECORD);
            writeRecord(commit);
            makeRecordDurable();
            enter(commit);
            writeData(commit);
        }
    }

    /** Blocks go home when the log has them, but not the record. */
    static final class HomeFirst extends CommitProtocol {

        HomeFirst(Parts parts) {
            super(parts);
        }

        @Override
        protected void commit(Commit commit) {
            writeData(commit);
            writeBlocks(commit);
            barrier(JournalSites.BLOCKS_BEFORE_RECORD);
            writeHome(commit);
            writeRecord(commit);
            makeRecordDurable();
            enter(commit);
        }
    }

    /** The log gets each block as it is when its turn comes, with what operations of the next transaction have made of it by then. */
    static final class CopiedLate extends CommitProtocol {

        CopiedLate(Parts parts) {
            super(parts);
        }

        @Override
        protected byte[] frozen(Buffer buffer) {
            return buffer.data();
        }

        @Override
        protected void commit(Commit commit) {
            writeData(commit);
            writeBlocks(commit);
            commit.freeze();
            barrier(JournalSites.BLOCKS_BEFORE_RECORD);
            writeRecord(commit);
            makeRecordDurable();
            enter(commit);
        }
    }

    /** What users write into their files may be taken for a part of the log. */
    static final class Unescaped extends CommitProtocol {

        Unescaped(Parts parts) {
            super(parts);
        }

        @Override
        protected boolean escapes() {
            return false;
        }
    }

    /** Recovery begins behind what is not home. */
    static final class TailFirst extends CommitProtocol {

        TailFirst(Parts parts) {
            super(parts);
        }

        @Override
        protected void checkpoint(int transactionCount, Trigger trigger) {
            advanceTail(transactionCount, trigger);
            writeHome(transactionCount, trigger);
            barrier(JournalSites.HOME_BEFORE_TAIL);
            letGo(transactionCount);
        }
    }
}
