package dev.powercut.sim.schedule;

import org.jspecify.annotations.Nullable;

/** What the bodies of tasks run on. The same schedule gives the same trace on each. */
public enum Carrier {

    /**
     * Raw continuations of the JVM: the fastest switch, where the JVM is started with {@code --add-exports
     * java.base/jdk.internal.vm=ALL-UNNAMED}. Only for code that waits through the simulation.
     */
    CONTINUATION {
        @Override
        Baton newBaton() {
            return new ContinuationBaton();
        }

        @Override
        public boolean isAvailable() {
            return ContinuationBaton.isAvailable();
        }
    },

    /** Virtual threads of which one has the baton: public API only, for code of any kind. */
    VIRTUAL_THREAD {
        @Override
        Baton newBaton() {
            return new VirtualThreadBaton();
        }

        @Override
        public boolean isAvailable() {
            return true;
        }
    };

    /** The fastest that is available. */
    public static Carrier best() {
        return CONTINUATION.isAvailable() ? CONTINUATION : VIRTUAL_THREAD;
    }

    public abstract boolean isAvailable();

    abstract Baton newBaton();

    /** Carries one strand. */
    interface Fiber {
        /** Where the strand stands; for a suspended one only. */
        StackTraceElement[] stack();
    }

    /** Gives the processor to one fiber after the other; one object serves one run. */
    interface Baton {

        /** A fiber that runs a body when it first gets the baton. */
        Fiber newFiber(Runnable body);

        /** Gives the baton to a fiber, and returns when some fiber has ended without giving it on. */
        void run(Fiber first);

        /** The running fiber gives the baton on, and returns when it gets it again. */
        void handOver(Fiber from, Fiber to);

        /** The running fiber is about to end: who gets the baton then, or null for nobody. */
        void end(@Nullable Fiber to);
    }
}
