package dev.powercut.check.workload;

/**
 * An operation with its number, which is its name in causes, data and reports.
 *
 * @param number from 0, ascending within a workload; gaps are what was left out
 */
public record Step(int number, Operation operation) {

    public static final int MAX_NUMBER = WrittenData.MAX_STEP;

    public Step {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("step number " + number + " is not in 0.." + MAX_NUMBER);
        }
    }

    @Override
    public String toString() {
        return number + ": " + operation.text();
    }
}
