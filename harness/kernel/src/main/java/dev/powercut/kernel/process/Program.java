package dev.powercut.kernel.process;

/** What a process runs. */
@FunctionalInterface
public interface Program {

    /**
     * Runs in a process.
     *
     * @param self the process; in the body of a child, the child
     * @return the exit status, of which 8 bits count; streams are flushed then, as when main returns
     */
    int main(UserProcess self);
}
