package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;

/**
 * Keeps of a directory block what a damaged record hides: itself, when the damage is in its length, and the entries behind it.
 *
 * <p>Where they go on is where a row of sound entries begins that ends with the block, and whose first one names an inode that lacks a
 * name. So what is left of a deleted entry, in the slack of another, does not come back: its inode is free, or has all its names.
 * Where no such row begins, the rest of the block is freed.
 */
final class EntrySalvage {

    private static final int LEAST_BYTES = DirectoryEntry.minimumLength(1);

    private final Scan scan;
    private byte[] b = {};
    /** By offset: a row of sound entries begins there, up to the end of the block. */
    private boolean[] sound = {};

    EntrySalvage(Scan scan) {
        this.scan = scan;
    }

    /** Mends a block whose record at an offset is damaged. */
    void mend(int directory, int block, int offset) {
        b = scan.edits.edit(block, BlockRole.DIRECTORY);
        if (!isDamaged(offset)) {
            return; // The dots before it have been mended meanwhile.
        }
        findRows(offset);
        int index = scan.inodes.directory[scan.inodes.ordinal(directory)];
        int dot = offset + LEAST_BYTES;
        boolean isDot = offset == 0 && scan.directories.block[scan.directories.firstBlock[index]] == block;
        int end = isDot && sound[dot] && DirectoryEntry.isDotDot(b, dot) ? dot : following(offset);
        boolean isDotDot = DirectoryEntry.isDotDot(b, offset);
        if (isDotDot || isNamed(offset, end) && lacksName(DirectoryEntry.inode(b, offset))) {
            DirectoryEntry.setRecordLength(b, offset, end - offset);
        } else {
            DirectoryBlock.putFree(b, offset, end - offset);
        }
    }

    private boolean isDamaged(int offset) {
        int at = 0;
        while (at < offset) {
            at = DirectoryBlock.defectAt(b, at, b.length) == null ? at + DirectoryEntry.recordLength(b, at) : b.length;
        }
        return at == offset && DirectoryBlock.defectAt(b, at, b.length) != null;
    }

    /** Whether {@code ..} and all else follows where a {@code .} of the usual length ends, whatever length it has. */
    boolean goesOnBehindDot(byte[] block) {
        b = block;
        findRows(0);
        return sound[LEAST_BYTES] && DirectoryEntry.isDotDot(b, LEAST_BYTES);
    }

    private void findRows(int offset) {
        if (sound.length <= b.length) {
            sound = new boolean[b.length + 1];
        }
        sound[b.length] = true;
        for (int at = b.length - LEAST_BYTES; at > offset; at -= 4) {
            sound[at] = DirectoryBlock.defectAt(b, at, b.length) == null
                    && (DirectoryEntry.inode(b, at) == 0 || isNamed(at, b.length))
                    && sound[at + DirectoryEntry.recordLength(b, at)];
        }
        for (int at = Math.max(offset, b.length - LEAST_BYTES) + 4; at < b.length; at += 4) {
            sound[at] = false;
        }
    }

    /** Where the entries go on; the end of the block when they do not. */
    private int following(int offset) {
        for (int at = offset + LEAST_BYTES; at < b.length; at += 4) {
            int inode = DirectoryEntry.inode(b, at);
            if (sound[at] && inode != 0 && lacksName(inode) && !isNamedAgain(at, inode)) {
                return at;
            }
        }
        return b.length;
    }

    /** Then what has been found is the older name. */
    private boolean isNamedAgain(int first, int inode) {
        int at = first + DirectoryEntry.recordLength(b, first);
        while (at < b.length) {
            if (DirectoryEntry.inode(b, at) == inode) {
                return true;
            }
            at += DirectoryEntry.recordLength(b, at);
        }
        return false;
    }

    /** Whether an entry has a name that ends before a place, and an inode that the volume has; whatever its record length says. */
    private boolean isNamed(int at, int end) {
        int length = DirectoryEntry.nameLength(b, at);
        int inode = DirectoryEntry.inode(b, at);
        return Integer.compareUnsigned(inode - 1, scan.volume.inodeCount) < 0
                && DirectoryEntry.fileType(b, at) <= Format.TYPE_SYMLINK
                && DirectoryEntry.minimumLength(length) <= end - at
                && DirectoryPass.hash(b, at + Format.D_NAME, length) != 0;
    }

    /** Whether an inode in use has fewer names than it should have. */
    private boolean lacksName(int inode) {
        int ordinal = inode < scan.volume.geometry.firstInode() ? -1 : scan.inodes.ordinal(inode);
        if (ordinal < 0) {
            return false;
        }
        return scan.inodes.type[ordinal] == Format.TYPE_DIRECTORY
                ? scan.directories.parent[scan.inodes.directory[ordinal]] == 0
                : scan.inodes.storedLinks[ordinal] > scan.inodes.countedLinks[ordinal];
    }
}
