package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.MountException;

/**
 * Mount options of logfs.
 *
 * @param cleaner how room is made
 * @param discards whether the device is told which segments have become free
 */
public record LogfsOptions(Policy cleaner, boolean discards) {

    /** How room is made when free segments run out. */
    public enum Policy {
        /** Copies live data out of the segments that have the least. */
        GREEDY,
        /** Copies out of the segments with the best ratio of benefit to cost, and sorts what it copies by age. */
        COST_BENEFIT,
        /** Lets the log go through the holes of used segments; copies only when there are none. */
        THREAD
    }

    /**
     * Reads options as for mount(8): {@code cleaner=greedy} (the default), {@code cleaner=cost-benefit}, {@code cleaner=thread}, {@code
     * discard}, {@code nodiscard} (the default).
     *
     * @throws MountException EINVAL when there is another
     */
    public static LogfsOptions parse(String options) {
        Policy cleaner = Policy.GREEDY;
        boolean discards = false;
        for (String option : options.split(",", -1)) {
            switch (option) {
                case "" -> {}
                case "cleaner=greedy" -> cleaner = Policy.GREEDY;
                case "cleaner=cost-benefit" -> cleaner = Policy.COST_BENEFIT;
                case "cleaner=thread" -> cleaner = Policy.THREAD;
                case "discard" -> discards = true;
                case "nodiscard" -> discards = false;
                default ->
                    throw new MountException(
                            Errno.EINVAL,
                            "logfs has no mount option '" + option
                                    + "'; it has cleaner=greedy|cost-benefit|thread, discard and nodiscard");
            }
        }
        return new LogfsOptions(cleaner, discards);
    }
}
