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

    /** Recovers by all means (fsck -y). The result tells what was found before anything was repaired. */
    CheckResult repair(BlockDevice device);
}
