package dev.powercut.kernel.process;

import dev.powercut.kernel.signal.SignalInfo;

/** What a process does when a signal comes, in place of what the signal does by default. */
@FunctionalInterface
public interface SignalHandler {

    /** @param self the process to which the signal came: after fork, the child has the handlers of its parent */
    void handle(UserProcess self, SignalInfo info);
}
