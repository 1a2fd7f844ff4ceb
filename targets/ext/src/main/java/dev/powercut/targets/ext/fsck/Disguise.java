package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * An inode that says it is a device, a pipe, a socket, or nothing that there is, but whose first pointer leads to a block that
 * begins as the block of this very directory must. (The rules are those of e2fsck.)
 */
final class Disguise {

    private final Scan scan;
    private final PointerWalk walk;

    Disguise(Scan scan, PointerWalk walk) {
        this.scan = scan;
        this.walk = walk;
    }

    boolean isOfDirectory(int number, byte[] chunk, int at, int type, int links) {
        int first = InodeRecord.pointer(chunk, at, 0);
        if (first == 0 || type == Format.TYPE_DIRECTORY || type == Format.TYPE_REGULAR || type == Format.TYPE_SYMLINK) {
            return false;
        }
        boolean device = (type == Format.TYPE_CHARACTER_DEVICE || type == Format.TYPE_BLOCK_DEVICE) && links == 1;
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            int block = InodeRecord.pointer(chunk, at, i);
            if (block != 0
                    && (!scan.volume.geometry.isBlock(block)
                            || scan.blocks.contains(block - scan.volume.firstDataBlock))) {
                return false;
            }
            device &= i < 4 || block == 0;
        }
        return !device && beginsLikeDirectory(walk.block(first), number);
    }

    private boolean beginsLikeDirectory(byte[] b, int number) {
        int length = DirectoryEntry.recordLength(b, 0);
        if (!DirectoryEntry.isDot(b, 0)
                || DirectoryEntry.inode(b, 0) != number
                || length < 12
                || length % 4 != 0
                || length >= b.length - 12) {
            return false;
        }
        int second = DirectoryEntry.recordLength(b, length);
        return DirectoryEntry.isDotDot(b, length) && second >= 12 && second % 4 == 0;
    }
}
