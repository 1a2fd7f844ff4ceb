package dev.powercut.sim;

/** Virtual time of a world, in nanoseconds since the world began. It moves only when something charges or jumps it. */
public final class Clock {

    private long nowNanos;

    public Clock() {}

    public long nowNanos() {
        return nowNanos;
    }

    /** Time passes for work done: a declared cost, never a measurement. */
    public void charge(long costNanos) {
        if (costNanos < 0) {
            throw new IllegalArgumentException("negative cost: " + costNanos);
        }
        nowNanos += costNanos;
    }

    /** Jumps forward to an instant; an instant that has passed is no jump. */
    public void advanceTo(long instantNanos) {
        nowNanos = Math.max(nowNanos, instantNanos);
    }
}
