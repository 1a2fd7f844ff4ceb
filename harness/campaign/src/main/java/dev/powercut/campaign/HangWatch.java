package dev.powercut.campaign;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** Does some work of a run from its begin to its end; not inside of another. */
    default <T extends @Nullable Object> T around(RunConfiguration run, Supplier<T> work) {
        begin(run);
        try {
            return work.get();
        } finally {
            end();
        }
    }
}
