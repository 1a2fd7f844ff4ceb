package dev.powercut.check.target;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.DiskImage;

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
     * A hash by which to recognise images that do not differ in anything that matters any more: leftovers that nobody reads, such as the
     * blocks of an empty log, may be left out.
     *
     * @param recovered what the last {@link #recover} left, which had success
     */
    default ContentHash identity(DiskImage recovered) {
        return recovered.hash();
    }

    /** Recovers by all means (fsck -y). The result tells what was found before anything was repaired. */
    CheckResult repair(BlockDevice device);
}
