package dev.powercut.check.target;

import dev.powercut.sim.disk.BlockDevice;

/** A filesystem's fsck, as exploration uses it: on every crash state. Not thread-safe; keeps scratch memory between calls. */
public interface Checker {

    /** Looks at an image and changes nothing (fsck -n). The result is valid until the next call. */
    CheckResult check(BlockDevice device);

    /**
     * Recovers an image as far as is safe without asking (fsck -p, forced), whatever its clean flag says. The result tells what was
     * found before anything was repaired; with damage nothing is repaired. The result is valid until the next call.
     */
    CheckResult recover(BlockDevice device);

    /**
     * Sectors that nobody reads any more after the last {@link #recover}, which had success, such as the blocks of an empty log: images
     * that differ only there do not differ in anything that matters. They follow from what that recovery read.
     *
     * @return first sector and count in turn; the caller does not change it
     */
    default long[] leftovers() {
        return new long[0];
    }

    /** Recovers by all means (fsck -y). The result tells what was found before anything was repaired. */
    CheckResult repair(BlockDevice device);
}
