package dev.powercut.targets.logfs.fs;

import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import java.util.Arrays;

/** The second half of {@link ImageCheck}: entries, link counts, and that everything is reached from the root. */
final class DirectoryCheck {

    private static final long HASH_FACTOR = 0x100000001B3L;

    private final ImageCheck check;
    private int[] names = {};
    private int[] subdirectories = {};
    private byte[] reached = {};
    private long[] hashes = new long[16];
    private int hashCount;

    DirectoryCheck(ImageCheck check) {
        this.check = check;
    }

    void run(Parts parts) {
        int count = check.numberCount;
        if (names.length < count) {
            names = new int[count];
            subdirectories = new int[count];
            reached = new byte[count];
        }
        Arrays.fill(names, 0, count, 0);
        Arrays.fill(subdirectories, 0, count, 0);
        Arrays.fill(reached, 0, count, (byte) 0);
        for (int i = 0; i < check.directoryCount; i++) {
            checkDirectory(parts, check.directoryNumbers[i]);
        }
        for (int ino = 1; ino < count; ino++) {
            if (check.modes[ino] != 0) {
                checkLinks(ino);
            }
        }
        for (int i = 0; i < check.directoryCount; i++) {
            checkReached(check.directoryNumbers[i]);
        }
    }

    private void checkDirectory(Parts parts, int ino) {
        LogInode directory = parts.inodes.find(ino);
        if (directory == null) {
            directory = parts.inodes.decode(ino, parts.volume.map.blockOf(ino), parts.volume.map.slotOf(ino));
        }
        int blocks = directory.blocksRead
                ? directory.blocks.size()
                : (int) (directory.sizeBytes() / parts.volume.blockSizeBytes);
        if (!directory.blocksRead && directory.extents.blockCount() != blocks) {
            check.add(
                    "directory-size",
                    "directory " + ino + " has " + blocks + " blocks and maps " + directory.extents.blockCount());
            return;
        }
        hashCount = 0;
        for (int i = 0; i < blocks; i++) {
            byte[] b = check.directoryBlock(parts, directory, i);
            if (b == null) {
                check.add("directory-block", "block " + i + " of directory " + ino + " is no directory block");
            } else {
                checkEntries(ino, b);
            }
        }
        Arrays.sort(hashes, 0, hashCount);
        for (int i = 1; i < hashCount; i++) {
            if (hashes[i] == hashes[i - 1]) {
                check.add("name-twice", "directory " + ino + " has a name twice");
            }
        }
    }

    private void checkEntries(int directory, byte[] b) {
        for (int at = 0; at < b.length; at += DirectoryBlock.length(b, at)) {
            int ino = DirectoryBlock.inode(b, at);
            if (ino == 0) {
                continue;
            }
            if (ino < 0 || ino >= check.numberCount || check.modes[ino] == 0) {
                check.add(
                        "entry-without-inode",
                        "an entry of directory " + directory + " leads to inode " + Integer.toUnsignedString(ino)
                                + ", which is not in use");
            } else if (check.modes[ino] >>> 12 != DirectoryBlock.type(b, at)) {
                check.add("entry-type", "an entry of directory " + directory + " has another type than inode " + ino);
            } else {
                names[ino]++;
                if (DirectoryBlock.type(b, at) == LogInode.DIRECTORY_TYPE) {
                    subdirectories[directory]++;
                    if (check.parents[ino] != directory) {
                        check.add(
                                "wrong-parent",
                                "directory " + ino + " is in " + directory + " and says " + check.parents[ino]);
                    }
                }
            }
            addHash(b, at + Format.DIR_NAME, DirectoryBlock.nameLength(b, at));
        }
    }

    private void addHash(byte[] b, int at, int length) {
        if (hashCount == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashCount);
        }
        long hash = length;
        for (int i = at; i < at + length; i++) {
            hash = (hash ^ b[i]) * HASH_FACTOR;
            hash ^= hash >>> 29;
        }
        hashes[hashCount++] = hash;
    }

    private void checkLinks(int ino) {
        boolean isDirectory = check.modes[ino] >>> 12 == LogInode.DIRECTORY_TYPE;
        int right = isDirectory ? 2 + subdirectories[ino] : names[ino];
        if (ino == Format.ROOT_INODE ? names[ino] != 0 : names[ino] == 0 || isDirectory && names[ino] > 1) {
            check.add(
                    names[ino] == 0 ? "unreached" : "directory-twice",
                    "inode " + ino + " has " + names[ino] + " names");
        } else if (check.links[ino] != right) {
            check.add("link-count", "inode " + ino + " counts " + check.links[ino] + " links, there are " + right);
        }
    }

    /** Every directory has one entry, in its parent; so going up from it must end at the root. */
    private void checkReached(int ino) {
        int at = ino;
        while (at != Format.ROOT_INODE && reached[at] == 0) {
            reached[at] = 1;
            at = check.parents[at];
            if (at <= 0 || at >= check.numberCount || check.modes[at] == 0) {
                check.add("unreached", "directory " + ino + " lies below no directory");
                return;
            }
        }
        if (at != Format.ROOT_INODE && reached[at] == 1) {
            check.add("directory-loop", "directory " + ino + " lies below itself");
        }
        for (int up = ino; up != Format.ROOT_INODE && reached[up] == 1; up = check.parents[up]) {
            reached[up] = 2;
        }
    }
}
