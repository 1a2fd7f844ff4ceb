package dev.powercut.kernel.vfs;

/**
 * When pages are written in the background, as Linux's vm.dirty_* settings.
 *
 * @param backgroundPages from so many dirty pages on, files are written, those that have been dirty longest first
 * @param dirtyPages who makes more dirty than this waits until some have been written
 * @param ageNanos a file that has been dirty for so long is written
 * @param intervalNanos how often to look, and to write some metadata
 */
public record FlusherLimits(int backgroundPages, int dirtyPages, long ageNanos, long intervalNanos) {

    /** A tenth and a fifth of 1024 pages; 30 and 5 seconds, as Linux's. */
    public static final FlusherLimits DEFAULT = new FlusherLimits(102, 204, 30_000_000_000L, 5_000_000_000L);

    public FlusherLimits {
        if (backgroundPages < 1 || dirtyPages < backgroundPages || ageNanos < 0 || intervalNanos < 1) {
            throw new IllegalArgumentException("limits of write-back: " + backgroundPages + ", " + dirtyPages + ", "
                    + ageNanos + ", " + intervalNanos);
        }
    }
}
