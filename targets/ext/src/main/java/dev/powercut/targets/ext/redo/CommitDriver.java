package dev.powercut.targets.ext.redo;

import dev.powercut.sim.disk.Trigger;

/** Who sees to commits and checkpoints. All calls come with the turn, and some give it up meanwhile: those are for between operations. */
interface CommitDriver {

    /** Something may have become due, now or at a time to come. */
    void look();

    /** The open transaction is to be committed, now or soon. */
    void want(Trigger by);

    /** The first transactions are to go home, now or soon. */
    void wantCheckpoint(int transactionCount, Trigger by);

    /** Commits the open transaction; may give up the turn. */
    void commit(Trigger by);

    /** Returns when nothing is on its way; may give up the turn. */
    void awaitUnderWay();

    /** Gives up the turn until there may be more room in the open transaction; returns false when waiting would be in vain. */
    boolean awaitsRoom();

    /** Sees to nothing any more; may give up the turn. */
    void stop();

    /** Whoever asks does it at once: where there is one task. */
    record AtOnce(Transactions transactions) implements CommitDriver {

        @Override
        public void look() {
            if (transactions.isDue()) {
                transactions.commit(new Trigger.WriteBack());
            }
        }

        @Override
        public void want(Trigger by) {
            transactions.commit(by);
        }

        @Override
        public void wantCheckpoint(int transactionCount, Trigger by) {
            transactions.checkpoint(transactionCount, by);
        }

        @Override
        public void commit(Trigger by) {
            transactions.commit(by);
        }

        @Override
        public void awaitUnderWay() {
            // Nothing is on its way between operations.
        }

        @Override
        public boolean awaitsRoom() {
            return false;
        }

        @Override
        public void stop() {
            // There is no task to stop.
        }
    }
}
