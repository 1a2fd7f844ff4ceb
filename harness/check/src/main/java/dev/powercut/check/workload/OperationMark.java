package dev.powercut.check.workload;

import dev.powercut.sim.disk.LogEntry;

/** The marks that an executor enters in the log around each step. */
public sealed interface OperationMark extends LogEntry.Event {

    Step step();

    /** The step is about to begin. */
    record Begin(Step step) implements OperationMark {
        @Override
        public String text() {
            return "begin " + step;
        }
    }

    /** The step has returned: what it promises holds from here on. */
    record End(Step step, Result result) implements OperationMark {
        @Override
        public String text() {
            return "end " + step.number() + ": " + result.text();
        }
    }
}
