package dev.powercut.campaign;

/** Is told by each worker's thread what it works on, and that it comes along. */
public interface HangWatch {

    /** Watches nothing. */
    HangWatch NONE = new HangWatch() {};

    /** The calling thread begins a run. */
    default void begin(RunConfiguration run) {}

    /** The calling thread has come a step further: a workload was recorded, a crash state judged. */
    default void step() {}

    /** The calling thread has ended its run. */
    default void end() {}
}
