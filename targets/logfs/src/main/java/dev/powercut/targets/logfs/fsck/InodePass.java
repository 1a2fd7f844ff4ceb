package dev.powercut.targets.logfs.fsck;

import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import org.jspecify.annotations.Nullable;

/** Pass 1: each entry of the inode map leads to a record, and each record can be one. */
final class InodePass {

    private final Volume volume;
    private final InodeTable table;
    private final Problems problems;
    private final @Nullable LogScan scan;

    /** @param scan what can be taken from the log, or null when it is not to be searched */
    InodePass(Volume volume, InodeTable table, Problems problems, @Nullable LogScan scan) {
        this.volume = volume;
        this.table = table;
        this.problems = problems;
        this.scan = scan;
    }

    void run() {
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode == null) {
                inode = lost(number);
            }
            if (inode != null) {
                check(inode);
            }
        }
        if (scan != null) {
            if (table.get(Format.ROOT_INODE) == null) {
                table.distrust(Format.ROOT_INODE, scan);
            }
            lostFromMap(scan);
        }
        root();
    }

    /** Where the map has been found damaged, what it says to be free may have been in use. */
    private void lostFromMap(LogScan log) {
        for (int number = table.nextDistrusted(1); number != 0; number = table.nextDistrusted(number + 1)) {
            Inode found = log.lostFromMap(number);
            if (found != null) {
                problems.add(ProblemKind.MAP_ENTRY_LOST, number, 0, 0, 0);
                table.put(found);
                check(found);
            }
        }
    }

    private @Nullable Inode lost(int number) {
        int block = table.block(number);
        int slot = table.slot(number);
        ProblemKind kind = table.isPlace(block, slot) ? ProblemKind.MAP_RECORD_WRONG : ProblemKind.MAP_ENTRY_INVALID;
        problems.add(kind, number, block, Integer.toUnsignedLong(slot), 0);
        if (scan != null) {
            table.distrust(number, scan);
        }
        Inode found = scan == null ? null : scan.newest(number, 0);
        if (found == null) {
            table.free(number);
        } else {
            table.put(found);
        }
        return found;
    }

    private void root() {
        Inode root = table.get(Format.ROOT_INODE);
        if (root == null) {
            problems.add(ProblemKind.ROOT_MISSING, Format.ROOT_INODE, 0, 0, 0);
            Inode found = scan == null ? null : scan.newest(Format.ROOT_INODE, 0);
            if (found != null) {
                table.put(found);
                check(found);
                root = table.get(Format.ROOT_INODE);
            }
        }
        if (root == null) {
            newRoot();
        } else if (!root.isDirectory()) {
            problems.add(ProblemKind.ROOT_NOT_A_DIRECTORY, Format.ROOT_INODE, 0, 0, 0);
            newRoot();
        }
    }

    private void newRoot() {
        Inode root = NewDirectory.make(volume, table, Format.ROOT_INODE, Format.ROOT_INODE, 0755, 0);
        table.put(root);
    }

    /** Checks one record, and mends or frees it. */
    void check(Inode inode) {
        int type = Mode.type(inode.mode());
        if (!isMode(inode.mode())) {
            problems.add(ProblemKind.MODE_INVALID, inode.number, 0, inode.mode(), 0);
            table.free(inode.number);
            return;
        }
        extents(inode);
        if (type == Mode.SYMLINK) {
            symlink(inode);
        } else if (type == Mode.DIRECTORY) {
            directory(inode);
        } else {
            size(inode, type == Mode.REGULAR);
        }
    }

    private static boolean isMode(int mode) {
        int type = Mode.type(mode);
        boolean known = type == Mode.REGULAR
                || type == Mode.DIRECTORY
                || type == Mode.SYMLINK
                || type == Mode.FIFO
                || type == Mode.SOCKET
                || type == Mode.CHARACTER_DEVICE
                || type == Mode.BLOCK_DEVICE;
        return known && (mode & ~(Mode.TYPE_MASK | Mode.PERMISSIONS)) == 0;
    }

    /** Whether a record can be that of an inode in use, its extents aside. */
    static boolean isPossible(Inode inode) {
        long links = InodeRecord.linkCount(inode.record, 0);
        return isMode(inode.mode())
                && links > 0
                && links <= Format.MAX_LINKS
                && inode.sizeBytes() >= 0
                && inode.sizeBytes() <= Format.MAX_FILE_BYTES;
    }

    /** Whether all that a record says by itself can be so, and of a directory what is in its blocks. */
    static boolean isSound(Volume volume, Inode inode) {
        boolean sound = isPossible(inode) && inode.extentProblem == null && !hasExtentsOfNone(inode);
        return sound
                && switch (Mode.type(inode.mode())) {
                    case Mode.SYMLINK -> isTarget(volume, inode);
                    case Mode.DIRECTORY ->
                        isWithoutHoles(volume, inode)
                                && Directory.of(volume, inode).corrupt().isEmpty();
                    default -> true;
                };
    }

    private static boolean hasExtentsOfNone(Inode inode) {
        return !inode.hasExtents()
                && (InodeRecord.extentCount(inode.record, 0) != 0 || InodeRecord.depth(inode.record, 0) != 0);
    }

    private void extents(Inode inode) {
        if (inode.extentProblem != null) {
            problems.add(
                    inode.extentProblem,
                    inode.number,
                    inode.extentProblemBlock,
                    inode.extentProblemFound,
                    inode.extentProblemExpected);
            inode.changed = true;
            inode.treeChanged = true;
        } else if (hasExtentsOfNone(inode)) {
            problems.add(
                    ProblemKind.EXTENT_TREE_INVALID,
                    inode.number,
                    0,
                    Integer.toUnsignedLong(InodeRecord.extentCount(inode.record, 0)),
                    Integer.toUnsignedLong(InodeRecord.depth(inode.record, 0)));
            inode.changed = true;
            InodeRecord.setExtents(inode.record, 0, 0, 0);
        }
    }

    private void size(Inode inode, boolean isRegular) {
        long size = inode.sizeBytes();
        if (isRegular && (size < 0 || size > Format.MAX_FILE_BYTES)) {
            setSize(inode, inode.extents.end() * volume.blockSize());
        } else if (!isRegular && size != 0) {
            setSize(inode, 0);
        }
    }

    private void setSize(Inode inode, long size) {
        problems.add(ProblemKind.SIZE_INVALID, inode.number, 0, inode.sizeBytes(), size);
        InodeRecord.setSizeBytes(inode.record, 0, size);
        inode.changed = true;
    }

    private static boolean isWithoutHoles(Volume volume, Inode inode) {
        long inBlocks = inode.extents.blockCount() * volume.blockSize();
        return inode.sizeBytes() == inBlocks && inode.extents.end() * volume.blockSize() == inBlocks;
    }

    private void directory(Inode inode) {
        if (!isWithoutHoles(volume, inode)) {
            long inBlocks = inode.extents.blockCount() * volume.blockSize();
            problems.add(ProblemKind.DIRECTORY_HOLE, inode.number, 0, inode.sizeBytes(), inBlocks);
            inode.changed = true;
        }
    }

    private static boolean isTarget(Volume volume, Inode inode) {
        long size = inode.sizeBytes();
        boolean sound = size >= 1 && size <= volume.blockSize();
        if (sound && size <= Format.INO_AREA_BYTES) {
            for (int i = 0; i < size; i++) {
                sound &= inode.record[Format.INO_AREA + i] != 0;
            }
        } else if (sound) {
            sound = inode.extents.blockCount() == volume.blocksOf(size);
        }
        return sound;
    }

    private void symlink(Inode inode) {
        if (!isTarget(volume, inode)) {
            problems.add(ProblemKind.SYMLINK_INVALID, inode.number, 0, inode.sizeBytes(), 0);
            table.free(inode.number);
        }
    }
}
