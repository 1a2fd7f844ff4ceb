package dev.powercut.kernel.wait;

import dev.powercut.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A task to which signals come. */
public interface Interruptible {

    /** Whether there is something that it must not wait any longer for. */
    boolean isInterrupted();

    /** It writes to where nobody reads any more: SIGPIPE. */
    void writesToNobody();

    /** It begins to wait in a queue of its own, which is woken to interrupt it; null when it waits no longer. */
    void waitsIn(@Nullable WaitQueue queue);
}
