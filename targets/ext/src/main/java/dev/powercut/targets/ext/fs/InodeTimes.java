package dev.powercut.targets.ext.fs;

import dev.powercut.targets.ext.format.Format;

/** What times an inode record can hold: records of 128 bytes whole seconds up to 2038, larger ones nanoseconds up to 2446. */
final class InodeTimes {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** The last whole second of a time in 64 bits of nanoseconds, in the year 2262. */
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

    private InodeTimes() {}

    /** Nanoseconds of the steps in which times are kept. */
    static long granularityNanos(int inodeSizeBytes) {
        return hasNanos(inodeSizeBytes) ? 1 : NANOS_PER_SECOND;
    }

    /** The nearest time not after {@code nanos} that a record can hold. */
    static long storable(long nanos, int inodeSizeBytes) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long least = Integer.MIN_VALUE;
        long most = hasNanos(inodeSizeBytes) ? MAX_SECONDS : Integer.MAX_VALUE;
        if (seconds < least) {
            return least * NANOS_PER_SECOND;
        } else if (seconds > most) {
            return most * NANOS_PER_SECOND;
        }
        return hasNanos(inodeSizeBytes) ? nanos : seconds * NANOS_PER_SECOND;
    }

    static long seconds(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_SECOND);
    }

    static int nanosOfSecond(long nanos) {
        return (int) Math.floorMod(nanos, NANOS_PER_SECOND);
    }

    static long nanos(long seconds, int nanosOfSecond) {
        // A nonsense word of nanoseconds on disk must not carry into the seconds.
        return Math.min(seconds, MAX_SECONDS) * NANOS_PER_SECOND + Math.min(nanosOfSecond, NANOS_PER_SECOND - 1);
    }

    private static boolean hasNanos(int inodeSizeBytes) {
        return inodeSizeBytes > Format.INODE_BASE_BYTES;
    }
}
