package dev.powercut.check.target;

import dev.powercut.sim.disk.BlockDevice;
import java.util.List;

/**
 * The tools that come with a filesystem, for image files of people: mkfs, fsck, dump. Found through {@code ServiceLoader} by
 * type. Whatever the bytes of an image are, no method hangs, runs out of memory or fails with anything but what it declares.
 */
public interface ImageTool {

    /** The type of filesystem as on the command line, for example {@code ext2}. */
    String type();

    /** One line for people. */
    String summary();

    /**
     * Further options that {@link #format} takes in {@link FormatRequest#options()}, a line each for people, such as {@code
     * inodes=N  how many inodes}.
     */
    List<String> formatOptions();

    /**
     * Writes a fresh filesystem.
     *
     * @param request its size is that of the device, or smaller
     * @return what was made, a line each for people
     * @throws IllegalArgumentException when the request cannot be met; the message says why and what would do
     */
    List<String> format(BlockDevice device, FormatRequest request);

    /** How a check may change an image. */
    enum CheckMode {
        /** fsck -n: changes nothing. */
        READ_ONLY,
        /** fsck -p: mends what can be mended without loss; refuses the rest. */
        PREEN,
        /** fsck -y: mends what it can. */
        YES
    }

    /**
     * What a check says.
     *
     * @param exitCode as fsck(8) and e2fsck: 0 no errors, 1 corrected, 4 left uncorrected, 8 operational error (not such a
     *     filesystem, truncated …)
     * @param lines what to print
     */
    record CheckReport(int exitCode, List<String> lines) {
        public CheckReport {
            lines = List.copyOf(lines);
        }
    }

    /** Checks an image in full, whatever its clean flag says. */
    CheckReport check(BlockDevice device, CheckMode mode);

    /** What {@link #dump} can show, a line each for people: the word, and what it gives, such as {@code superblock  all fields}. */
    List<String> dumpTopics();

    /**
     * Shows a part of an image in words.
     *
     * @param topic first a word of {@link #dumpTopics}, then what it is asked of, such as {@code inode 12}; the first topic when
     *     empty
     * @throws IllegalArgumentException when the topic is unknown or the image does not have it; the message says which would do
     */
    List<String> dump(BlockDevice device, List<String> topic);
}
