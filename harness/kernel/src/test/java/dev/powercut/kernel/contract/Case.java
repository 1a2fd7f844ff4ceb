package dev.powercut.kernel.contract;

/**
 * One thing that a user of a call relies on.
 *
 * @param call the call that it is about
 * @param claim what holds
 * @param who as whom it is played
 */
record Case(String call, String claim, Who who, Body body) {

    enum Who {
        /** Once as the super-user and once as an ordinary user. */
        EACH,
        /** As the super-user, who may do more. */
        ROOT,
        /** As an ordinary user, who may do less. */
        USER
    }

    @FunctionalInterface
    interface Body {
        /** @param p the process of the user as whom the case is played */
        void play(Stage s, PosixCalls p);
    }

    String name() {
        return call + ": " + claim;
    }
}
