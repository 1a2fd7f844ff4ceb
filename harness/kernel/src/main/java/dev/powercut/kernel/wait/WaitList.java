package dev.powercut.kernel.wait;

import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that wait for something to happen to one object, each in a queue of its own, so that any of them can be woken alone. Those
 * who listen are told what there is new: asynchronous notification.
 */
public final class WaitList {

    /** What there is new. */
    public enum News {
        /** Something to read, or nobody left who will write. */
        READABLE,
        /** Room to write, or nobody left who will read. */
        WRITABLE
    }

    /** Is told of news; it must not wait. */
    @FunctionalInterface
    public interface Listener {
        void changed(News news);
    }

    private final Runner runner;
    private final Interruptions interruptions;
    private final String name;
    private final Supplier<@Nullable Task> holder;
    private final List<WaitQueue> waiting = new ArrayList<>(0);
    private final List<Listener> listeners = new ArrayList<>(0);

    /**
     * @param name what is waited for, as schedules and deadlock reports show it
     * @param holder whose doing ends the wait, as far as one task can be named; for deadlock reports
     */
    public WaitList(Runner runner, Interruptions interruptions, String name, Supplier<@Nullable Task> holder) {
        this.runner = runner;
        this.interruptions = interruptions;
        this.name = name;
        this.holder = holder;
    }

    /**
     * Waits to be woken; wake-ups may be spurious.
     *
     * @throws InterruptedWait when there is a signal
     */
    public void await() {
        await(name);
    }

    /** As {@link #await()}; {@code what} tells schedules and deadlock reports better what is waited for. */
    public void await(String what) {
        await(what, holder);
    }

    /** As {@link #await(String)}; {@code whose} tells deadlock reports better whose doing ends this one wait. */
    public void await(String what, Supplier<@Nullable Task> whose) {
        Interruptible self = interruptions.of(runner.current());
        requireUninterrupted(self);
        WaitQueue own = new WaitQueue(what, whose);
        waiting.add(own);
        if (self != null) {
            self.waitsIn(own);
        }
        try {
            runner.block(own);
        } finally {
            waiting.remove(own);
            if (self != null) {
                self.waitsIn(null);
            }
        }
        requireUninterrupted(self);
    }

    private static void requireUninterrupted(@Nullable Interruptible self) {
        if (self != null && self.isInterrupted()) {
            throw new InterruptedWait();
        }
    }

    /** Lets all who wait look again, longest first. */
    public void wakeAll() {
        for (int i = 0; i < waiting.size(); i++) {
            runner.wake(waiting.get(i));
        }
    }

    /** As {@link #wakeAll()}, and tells the listeners. */
    public void wakeAll(News news) {
        wakeAll();
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).changed(news);
        }
    }

    /** Lets the one look again who has waited longest, if there is one. */
    public void wakeOne() {
        for (int i = 0; i < waiting.size(); i++) {
            if (!waiting.get(i).isEmpty()) {
                runner.wake(waiting.get(i));
                return;
            }
        }
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    public void unlisten(Listener listener) {
        listeners.remove(listener);
    }
}
