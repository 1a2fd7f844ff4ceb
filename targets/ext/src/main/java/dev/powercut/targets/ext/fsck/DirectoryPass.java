package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Pass 2: every entry of every directory block. Counts names, and finds of each directory who names it. */
final class DirectoryPass {

    /** Adjoining blocks of a directory are read together, up to so many bytes. */
    private static final int BATCH_BYTES = 16 * 1024;

    /** Names whose hashes are equal are compared so often in a directory; beyond that equal hashes are taken for equal names. */
    private static final int MOST_COMPARISONS = 64;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long SLASHES = ONES * '/';
    private static final byte[] LOST_AND_FOUND = {'l', 'o', 's', 't', '+', 'f', 'o', 'u', 'n', 'd'};

    private final Scan scan;
    private final PointerWalk walk;
    private final HashTree hashTree;
    private final NameSet names = new NameSet();
    /** A name may be read up to 7 bytes beyond the last block. */
    private final byte[] batch = new byte[BATCH_BYTES + Long.BYTES];

    private int blockSize;
    private int inodeCount;
    private int firstInode;
    private boolean hasFileType;

    /** The directory being read. */
    private int index;

    private int number;
    private int comparisons;
    private boolean corrupt;
    /** The block being read: its index in the census, and where it starts in the batch. */
    private int blockIndex;

    private int start;

    DirectoryPass(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
        this.hashTree = new HashTree(scan);
    }

    void run() {
        Geometry geometry = scan.volume.geometry;
        DirectoryCensus directories = scan.directories;
        blockSize = scan.volume.blockSize;
        inodeCount = scan.volume.inodeCount;
        firstInode = geometry.firstInode();
        hasFileType = geometry.hasFileType();
        scan.lostAndFound = 0;
        for (index = 0; index < directories.count; index++) {
            number = directories.inode[index];
            directory(directories.firstBlock[index], directories.firstBlock[index + 1]);
        }
    }

    private void directory(int from, int to) {
        names.reset();
        corrupt = false;
        comparisons = 0;
        scan.inodes.countedLinks[scan.directories.ordinal[index]]++; // Its own "."
        int[] blocks = scan.directories.block;
        int most = BATCH_BYTES / blockSize;
        int at = from;
        while (at < to) {
            int run = 1;
            while (run < most && at + run < to && blocks[at + run] == blocks[at] + run) {
                run++;
            }
            scan.volume.device.read(
                    (long) blocks[at] * scan.volume.sectorsPerBlock, run * scan.volume.sectorsPerBlock, batch, 0);
            for (int i = 0; i < run; i++) {
                blockIndex = at + i;
                start = i * blockSize;
                block(scan.directories.fileBlock[blockIndex] == 0);
            }
            at += run;
        }
        if (scan.directories.indexed[index] && !corrupt && !hashTree.isSound(from, to)) {
            scan.report(ProblemKind.HASH_TREE_INVALID, number, 0, 0, 0);
        }
    }

    private void block(boolean first) {
        byte[] b = batch;
        int end = start + blockSize;
        int at = start;
        if (!first && DirectoryEntry.inode(b, at) == 0 && DirectoryEntry.recordLength(b, at) == blockSize) {
            return;
        }
        int dots = first ? 0 : 2;
        while (at < end) {
            DirectoryBlock.Defect defect = DirectoryBlock.defectAt(b, at, end);
            if (defect != null) {
                report(ProblemKind.ENTRY_CORRUPT, at, 0, 0, defect.text());
                corrupt = true;
                return;
            }
            if (dots < 2) {
                dots(at, dots++);
            } else if (DirectoryEntry.inode(b, at) != 0) {
                entry(at);
            }
            at += DirectoryEntry.recordLength(b, at);
        }
        if (dots == 1) {
            report(ProblemKind.DOT_DOT_MISSING, start, 0, 0, "");
        }
    }

    private void report(ProblemKind kind, int at, long found, long expected, String name) {
        scan.add(new Problem(kind, number, scan.directories.block[blockIndex], at - start, found, expected, name));
    }

    private void report(ProblemKind kind, int at, long found, long expected) {
        report(kind, at, found, expected, nameAt(batch, at));
    }

    static String nameAt(byte[] b, int at) {
        int length = Math.min(DirectoryEntry.nameLength(b, at), b.length - at - Format.D_NAME);
        return new String(b, at + Format.D_NAME, length, StandardCharsets.UTF_8);
    }

    /** The first entry must be {@code .}, the second {@code ..}, both with a NUL after the name. */
    private void dots(int at, int which) {
        byte[] b = batch;
        int inode = DirectoryEntry.inode(b, at);
        int type = DirectoryEntry.fileType(b, at);
        boolean unset = hasFileType && type == Format.TYPE_UNKNOWN;
        boolean sound =
                (unset || type == (hasFileType ? Format.TYPE_DIRECTORY : 0)) && b[at + Format.D_NAME + which + 1] == 0;
        if (which == 0) {
            sound &= DirectoryEntry.isDot(b, at)
                    && inode == number
                    && DirectoryEntry.recordLength(b, at) <= Mending.MOST_DOT_BYTES;
        } else {
            sound &= DirectoryEntry.isDotDot(b, at) && inode != 0;
            scan.directories.dotDot[index] = sound ? inode : 0;
        }
        if (!sound) {
            report(which == 0 ? ProblemKind.DOT_WRONG : ProblemKind.DOT_DOT_MISSING, at, 0, 0);
        } else if (unset) {
            report(ProblemKind.ENTRY_TYPE_UNSET, at, 0, Format.TYPE_DIRECTORY);
        }
    }

    private void entry(int at) {
        byte[] b = batch;
        int inode = DirectoryEntry.inode(b, at);
        int length = DirectoryEntry.nameLength(b, at);
        if (Integer.compareUnsigned(inode - 1, inodeCount) >= 0 || inode < firstInode && inode != Format.ROOT_INODE) {
            report(ProblemKind.ENTRY_INODE_INVALID, at, inode & 0xFFFF_FFFFL, 0);
            return;
        }
        if (length <= 2 && (DirectoryEntry.isDot(b, at) || DirectoryEntry.isDotDot(b, at))) {
            report(ProblemKind.ENTRY_DOT_REPEATED, at, 0, 0);
            return;
        }
        long hash = hash(b, at + Format.D_NAME, length);
        if (hash == 0) {
            report(ProblemKind.ENTRY_NAME_INVALID, at, 0, 0);
        } else if (inode == Format.ROOT_INODE) {
            report(ProblemKind.ENTRY_NAMES_ROOT, at, 0, 0);
        } else if (isRepeated(at, hash, length)) {
            report(ProblemKind.ENTRY_NAME_REPEATED, at, 0, 0);
        } else {
            names(at, inode, length);
        }
    }

    /** The entry is in order, as far as can be seen without the inode that it names. */
    private void names(int at, int inode, int length) {
        int ordinal = scan.inodes.ordinal(inode);
        if (ordinal < 0) {
            report(ProblemKind.ENTRY_INODE_UNUSED, at, inode, 0);
            return;
        }
        int type = scan.inodes.type[ordinal];
        int found = DirectoryEntry.fileType(batch, at);
        if (found != (hasFileType ? type : 0)) {
            boolean unset = found == Format.TYPE_UNKNOWN;
            report(
                    unset ? ProblemKind.ENTRY_TYPE_UNSET : ProblemKind.ENTRY_TYPE_WRONG,
                    at,
                    found,
                    hasFileType ? type : 0);
        }
        scan.directories.hasEntries[index] = true;
        if (number == Format.ROOT_INODE
                && length == LOST_AND_FOUND.length
                && DirectoryEntry.nameEquals(batch, at, LOST_AND_FOUND, 0, length)) {
            scan.lostAndFound = inode;
            scan.lostAndFoundBlock = scan.directories.block[blockIndex];
            scan.lostAndFoundOffset = at - start;
        }
        if (type == Format.TYPE_DIRECTORY) {
            scan.directories.named(
                    scan.inodes.directory[ordinal], number, scan.directories.block[blockIndex], at - start);
        } else {
            scan.inodes.countedLinks[ordinal]++;
        }
    }

    /** Hash of a name, eight bytes at a time; 0 of a name that is empty or has a slash or a NUL in it. */
    static long hash(byte[] b, int from, int length) {
        long hash = length;
        for (int i = 0; i < length; i += Long.BYTES) {
            long word = LittleEndian.s64(b, from + i);
            int rest = length - i;
            if (rest < Long.BYTES) {
                word |= -1L << rest * 8;
            }
            long slash = word ^ SLASHES;
            if (((word - ONES & ~word | slash - ONES & ~slash) & HIGH_BITS) != 0) {
                return 0;
            }
            hash = (hash ^ word) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return length == 0 ? 0 : hash | 1;
    }

    private boolean isRepeated(int at, long hash, int length) {
        long place = names.add(hash, (long) blockIndex << 16 | at - start);
        if (place < 0) {
            return false;
        } else if (++comparisons > MOST_COMPARISONS) {
            return true;
        }
        byte[] other = walk.block(scan.directories.block[(int) (place >>> 16)]);
        int otherAt = (int) place & 0xFFFF;
        int name = at + Format.D_NAME;
        int otherName = otherAt + Format.D_NAME;
        return DirectoryEntry.nameLength(other, otherAt) == length
                && Arrays.equals(batch, name, name + length, other, otherName, otherName + length);
    }
}
