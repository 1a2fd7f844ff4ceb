package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.MountException;

/**
 * Mount options of ext2.
 *
 * @param barriers whether a flush stands between writes whose order matters. Without, the device is trusted to write in the order in
 *     which it is told; flushes then come only where durability was promised
 */
public record Ext2Options(boolean barriers) {

    /**
     * Reads options as for mount(8): {@code barrier} (the default) or {@code nobarrier}, also as {@code barrier=1} and {@code
     * barrier=0}; the last one counts.
     *
     * @throws MountException EINVAL when there is another
     */
    public static Ext2Options parse(String options) {
        boolean barriers = true;
        for (String option : options.split(",", -1)) {
            switch (option) {
                case "" -> {}
                case "barrier", "barrier=1" -> barriers = true;
                case "nobarrier", "barrier=0" -> barriers = false;
                default ->
                    throw new MountException(
                            Errno.EINVAL, "ext2 has no mount option '" + option + "'; it has barrier and nobarrier");
            }
        }
        return new Ext2Options(barriers);
    }
}
