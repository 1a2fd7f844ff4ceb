package dev.powercut.sim;

/** Virtual time of a world, in nanoseconds since the world began. It moves only when something charges or jumps it. */
public final class Clock {

    /**
     * The end of time, some 146 years on: an instant that never comes, so that whatever would last longer lasts for ever. Behind it
     * there is room for the costs of what is under way, and for dates in nanoseconds since 1970.
     */
    public static final long END_NANOS = 1L << 62;

    private long nowNanos;

    public Clock() {}

    public long nowNanos() {
        return nowNanos;
    }

    /** The instant so many nanoseconds from now; {@link #END_NANOS} when that is later. */
    public long after(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("negative duration: " + nanos);
        }
        return nanos >= END_NANOS - nowNanos ? END_NANOS : nowNanos + nanos;
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
