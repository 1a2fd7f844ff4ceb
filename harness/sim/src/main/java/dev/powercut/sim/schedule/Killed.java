package dev.powercut.sim.schedule;

/** Ends the body of a task whose run is over. Not for bodies to catch. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("the run is over", null, false, false);
    }
}
