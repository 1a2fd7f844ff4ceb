package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;

/**
 * Blocks of extended attributes, which several inodes may share. They are kept as they are found; the count of owners falls
 * when an owner is deleted, and the last one frees the block.
 */
final class AttributeBlocks {

    private static final Runnable NOTHING = () -> {};

    private final Volume volume;
    private final BlockAllocator allocator;
    private final InodeStore inodes;

    AttributeBlocks(Volume volume, BlockAllocator allocator, InodeStore inodes) {
        this.volume = volume;
        this.allocator = allocator;
        this.inodes = inodes;
    }

    /**
     * Checks the block of an inode that is about to be deleted.
     *
     * @return what to do when the inode's record does not point to it any more
     */
    Runnable prepareRelease(ExtInode inode) {
        int block = inode.xattrBlock;
        if (block == 0) {
            return NOTHING;
        }
        Buffer buffer = volume.read(volume.checkedPointer(block, inode), BlockRole.XATTR);
        long owners = LittleEndian.u32(buffer.data(), Format.H_REFCOUNT);
        if (LittleEndian.s32(buffer.data(), Format.H_MAGIC) != Format.XATTR_MAGIC || owners == 0) {
            throw volume.corrupt("block " + block + " of inode " + inode.number() + " holds no attributes");
        }
        return () -> release(inode, buffer, owners);
    }

    private void release(ExtInode inode, Buffer buffer, long owners) {
        BufferSector count = buffer.sectorAt(Format.H_REFCOUNT);
        volume.discipline.order(inodes.sectorOf(inode), count, Sites.DELETE_BEFORE_ATTRIBUTE_COUNT);
        LittleEndian.put32(buffer.data(), Format.H_REFCOUNT, (int) owners - 1);
        volume.changed(buffer, 0, Format.XATTR_HEADER_BYTES, Sites.ATTRIBUTE_COUNT);
        if (owners == 1) {
            FreedBlocks freed = new FreedBlocks(volume);
            freed.addMetadata((int) buffer.block());
            allocator.addAwaiting(1);
            // Not the inode's record but the count: it is ordered after the records of all who owned the block.
            volume.discipline.whenFreeable(count, Sites.ATTRIBUTE_COUNT_BEFORE_FREE, () -> freed.free(allocator));
        }
    }
}
