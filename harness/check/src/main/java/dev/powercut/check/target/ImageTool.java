package dev.powercut.check.target;

import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** Further options that {@link #check} takes in {@link CheckRequest#options()}, a line each for people. */
    List<String> checkOptions();

    /**
     * How to check.
     *
     * @param options further ones of {@link #checkOptions}, by name
     * @param nowSeconds time to stamp on what is mended, seconds since 1970; 0 takes the latest time on the image
     */
    record CheckRequest(CheckMode mode, Map<String, String> options, long nowSeconds) {
        public CheckRequest {
            options = new TreeMap<>(options);
        }
    }

    /**
     * Something that a check found. Of the numbers, 0 means that there is none.
     *
     * @param kind a stable word, such as {@code block-claimed-twice}
     * @param path path of the inode; empty where it has none
     * @param fix what a repair does about it; empty when it can do nothing
     * @param text all of it, as one line for people
     */
    record CheckedProblem(String kind, long inode, long block, String path, String fix, String text) {}

    /**
     * What a check says.
     *
     * @param exitCode as fsck(8) and e2fsck: 0 no errors, 1 corrected, 4 left uncorrected, 8 operational error (not such a
     *     filesystem, truncated …)
     * @param problems what was found, in the order in which it was
     * @param summary one line for people
     */
    record CheckReport(int exitCode, List<CheckedProblem> problems, String summary) {
        public CheckReport {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Checks an image in full, whatever its clean flag says.
     *
     * @throws IllegalArgumentException when an option is wrong; the message says which and what would do
     */
    CheckReport check(BlockDevice device, CheckRequest request);

    /** True when a device looks as if it held such a filesystem, a damaged or unclean one included. Changes nothing. */
    boolean recognizes(BlockDevice device);

    /** The kernel's part of the filesystem, with which an image can be mounted. */
    FileSystemType fileSystem();

    /** What is wrong with an image and is overlooked by a mount for reading, a line each for people. */
    default List<String> remarks(BlockDevice device) {
        return List.of();
    }

    /**
     * Where the blocks of a file are, in words.
     *
     * @param inodeNumber as stat(2) tells it
     * @throws IllegalArgumentException when there is no such inode, or the image cannot be read
     */
    List<String> blocks(BlockDevice device, long inodeNumber);

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
