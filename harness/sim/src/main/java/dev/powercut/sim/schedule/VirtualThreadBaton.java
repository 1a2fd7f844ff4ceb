package dev.powercut.sim.schedule;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Virtual threads: the one that has the baton runs, all others are parked. The only class here that knows real threads. */
final class VirtualThreadBaton implements Carrier.Baton {

    private volatile boolean ended;
    private @Nullable Thread runner;

    @Override
    public Carrier.Fiber newFiber(Runnable body) {
        return new ThreadFiber(body);
    }

    @Override
    public void run(Carrier.Fiber first) {
        runner = Thread.currentThread();
        ((ThreadFiber) first).give();
        while (!ended) {
            LockSupport.park(this);
        }
    }

    @Override
    public void handOver(Carrier.Fiber from, Carrier.Fiber to) {
        ((ThreadFiber) to).give();
        ((ThreadFiber) from).await();
    }

    @Override
    public void end(Carrier.@Nullable Fiber to) {
        if (to != null) {
            ((ThreadFiber) to).give();
        } else {
            ended = true;
            LockSupport.unpark(runner);
        }
    }

    private static final class ThreadFiber implements Carrier.Fiber {

        private final Thread thread;
        private volatile boolean hasBaton;

        ThreadFiber(Runnable body) {
            thread = Thread.ofVirtual().unstarted(() -> {
                await();
                body.run();
            });
        }

        void give() {
            hasBaton = true;
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            } else {
                LockSupport.unpark(thread);
            }
        }

        void await() {
            while (!hasBaton) {
                LockSupport.park(this);
            }
            hasBaton = false;
        }

        @Override
        public StackTraceElement[] stack() {
            return thread.getStackTrace();
        }
    }
}
