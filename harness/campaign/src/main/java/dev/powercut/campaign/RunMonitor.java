package dev.powercut.campaign;

/** Follows runs; called by any worker's thread. */
public interface RunMonitor {

    /** Follows nothing and stops nothing. */
    RunMonitor NONE = new RunMonitor() {};

    /** A run has come so far: {@code done} of {@code total} steps of the run, which are all about as long. */
    default void progressed(RunConfiguration run, int done, int total) {}

    /** A run has ended. */
    default void ended(RunOutcome outcome) {}

    /** Who sees to it that no run hangs. */
    default HangWatch hangs() {
        return HangWatch.NONE;
    }

    /** Whether to stop now, with what has been found so far. */
    default boolean isStopped() {
        return false;
    }
}
