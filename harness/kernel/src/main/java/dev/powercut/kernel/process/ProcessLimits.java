package dev.powercut.kernel.process;

/**
 * What one process may use, as setrlimit(2). What goes beyond fails, and is reported; a process that takes too many steps, or goes
 * on asking for what it cannot have, is killed.
 *
 * @param descriptors how many it may have, RLIMIT_NOFILE: EMFILE
 * @param memoryBytes how much it may have mapped, RLIMIT_AS: ENOMEM
 * @param steps how many system calls, loads and stores it may make
 * @param refusals how often it may be refused descriptors or memory before it is killed
 */
public record ProcessLimits(int descriptors, long memoryBytes, long steps, int refusals) {

    public static final ProcessLimits DEFAULT = new ProcessLimits(1024, 64L << 20, 10_000_000, 10_000);

    public ProcessLimits {
        if (descriptors < 0 || memoryBytes < 0 || steps < 1 || refusals < 1) {
            throw new IllegalArgumentException(
                    "limits of a process: " + descriptors + ", " + memoryBytes + ", " + steps + ", " + refusals);
        }
    }

    public ProcessLimits withSteps(long others) {
        return new ProcessLimits(descriptors, memoryBytes, others, refusals);
    }

    public ProcessLimits withDescriptors(int others) {
        return new ProcessLimits(others, memoryBytes, steps, refusals);
    }

    public ProcessLimits withMemory(long bytes) {
        return new ProcessLimits(descriptors, bytes, steps, refusals);
    }

    public ProcessLimits withRefusals(int others) {
        return new ProcessLimits(descriptors, memoryBytes, steps, others);
    }
}
