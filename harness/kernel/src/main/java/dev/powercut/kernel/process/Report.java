package dev.powercut.kernel.process;

/**
 * Something that a user should know of a process: a limit that it overran, or a trap that it fell into.
 *
 * @param process its name and number
 * @param what happened
 */
public record Report(String process, String what) {

    @Override
    public String toString() {
        return process + ": " + what;
    }
}
