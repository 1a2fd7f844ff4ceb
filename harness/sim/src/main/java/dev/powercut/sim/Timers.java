package dev.powercut.sim;

import java.util.PriorityQueue;

/** What is to happen at instants of virtual time, in the order of (instant, order of asking). */
public final class Timers {

    private record Timer(long instantNanos, long order, Runnable action) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byInstant = Long.compare(instantNanos, other.instantNanos);
            return byInstant != 0 ? byInstant : Long.compare(order, other.order);
        }
    }

    private final Clock clock;
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timersSet;

    public Timers(Clock clock) {
        this.clock = clock;
    }

    /** An action for an instant; one at the end of time is for never. */
    public void set(long instantNanos, Runnable action) {
        if (instantNanos >= Clock.END_NANOS) {
            return;
        }
        timers.add(new Timer(instantNanos, timersSet++, action));
    }

    public boolean isEmpty() {
        return timers.isEmpty();
    }

    /** Fires the earliest timer, jumping to its instant; false when there is none. */
    public boolean fireNext() {
        return fireNextUntil(Long.MAX_VALUE);
    }

    /** Fires the earliest timer if its instant is not after another; false when there is no such timer. */
    public boolean fireNextUntil(long instantNanos) {
        Timer next = timers.peek();
        if (next == null || next.instantNanos > instantNanos) {
            return false;
        }
        timers.poll();
        clock.advanceTo(next.instantNanos);
        next.action.run();
        return true;
    }

    /** Fires all whose instant has come. */
    public void fireDue() {
        if (!timers.isEmpty()) {
            while (fireNextUntil(clock.nowNanos())) {
                // Each timer may set others.
            }
        }
    }
}
