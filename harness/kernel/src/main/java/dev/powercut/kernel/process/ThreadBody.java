package dev.powercut.kernel.process;

/** What a further thread of a process runs. */
@FunctionalInterface
public interface ThreadBody {

    void run(UserProcess self);
}
