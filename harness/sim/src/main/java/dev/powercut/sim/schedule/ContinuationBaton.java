package dev.powercut.sim.schedule;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/** Continuations, mounted one after the other on the thread that runs the scheduler. */
final class ContinuationBaton implements Carrier.Baton {

    private final ContinuationScope scope = new ContinuationScope("powercut");

    private @Nullable ContinuationFiber next;

    /** Whether the JVM was started so that continuations may be used. */
    static boolean isAvailable() {
        Module base = Object.class.getModule();
        return base.isExported("jdk.internal.vm", ContinuationBaton.class.getModule());
    }

    @Override
    public Carrier.Fiber newFiber(Runnable body) {
        return new ContinuationFiber(new Continuation(scope, body));
    }

    @Override
    public void run(Carrier.Fiber first) {
        next = (ContinuationFiber) first;
        while (next != null) {
            ContinuationFiber running = next;
            next = null;
            running.continuation.run();
        }
    }

    @Override
    public void handOver(Carrier.Fiber from, Carrier.Fiber to) {
        next = (ContinuationFiber) to;
        if (!Continuation.yield(scope)) {
            throw new IllegalStateException("a task waits in the middle of native code, where it cannot be suspended");
        }
    }

    @Override
    public void end(Carrier.@Nullable Fiber to) {
        next = (ContinuationFiber) to;
    }

    private record ContinuationFiber(Continuation continuation) implements Carrier.Fiber {
        @Override
        public StackTraceElement[] stack() {
            return continuation.getStackTrace();
        }
    }
}
