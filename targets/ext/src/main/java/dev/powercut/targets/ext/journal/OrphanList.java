package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;

/**
 * Works off the list of orphans: inodes that lost their last name while they were open, and inodes whose truncation was under way. The
 * superblock names the first, each deletion time the next. An inode without links is released with all it has; one with links loses what
 * is beyond its size.
 *
 * <p>Each orphan is one transaction, which also makes the next one the first of the list. One with so many blocks that a transaction
 * could not hold what changes is cut back in several, and stays on the list until the last. Counts are made what the bitmaps say.
 */
final class OrphanList {

    /** More blocks than the release of one block can change: its bitmap, what pointed to it, record, inode bitmap, superblock. */
    private static final int STEP_BLOCKS = 8;

    /** Takes changes over when they are complete, or too many. */
    @FunctionalInterface
    interface Sink {
        void commit(VolumeEdits edits);
    }

    private final JournalVolume volume;
    private final VolumeEdits edits;
    private final BlockTable nodes = new BlockTable();
    private final BlockTable groupsTouched = new BlockTable();
    private byte[][] buffers = new byte[2][0];
    private BlockMap map = new BlockMap(Format.MIN_BLOCK_SIZE_BYTES);
    private Sink sink = all -> {};
    private int mostEdits;
    /** Blocks freed since the last commit, which the inode does not have any more. */
    private long freed;

    /** Group whose bitmap of inodes was changed; -1 for none. */
    private int releasedIn = -1;

    private int inode;

    int released;
    int truncated;
    /** False when the list led to what cannot be an orphan; it ends there. */
    boolean isSound;

    OrphanList(JournalVolume volume) {
        this.volume = volume;
        this.edits = new VolumeEdits(volume);
    }

    /**
     * Works off the list.
     *
     * @param nowSeconds deletion time of what is released
     * @param capacity blocks that one transaction holds
     */
    void run(long nowSeconds, int capacity, Sink transactions) {
        Geometry geometry = volume.geometry();
        if (buffers[0].length != geometry.blockSizeBytes()) {
            buffers = new byte[2][geometry.blockSizeBytes()];
            map = geometry.blockMap();
        }
        sink = transactions;
        mostEdits = capacity - geometry.descriptorBlocks() - STEP_BLOCKS;
        released = 0;
        truncated = 0;
        isSound = true;
        edits.clear();
        // A list that leads back to itself comes to an inode that is released, or to the end.
        int first;
        for (int left = geometry.inodeCount(); (first = firstOrphan()) != 0; left--) {
            if (left == 0 || !isOrphan(first)) {
                isSound = false;
                setFirstOrphan(0);
            } else {
                inode = first;
                workOff(nowSeconds);
            }
            commit();
        }
    }

    /** Leaves the list alone. */
    void skip() {
        released = 0;
        truncated = 0;
        isSound = true;
    }

    private byte[] superblock() {
        return edits.edit(Format.SUPERBLOCK_OFFSET_BYTES / volume.geometry().blockSizeBytes());
    }

    private int superblockAt() {
        return Format.SUPERBLOCK_OFFSET_BYTES % volume.geometry().blockSizeBytes();
    }

    private int firstOrphan() {
        return Superblock.lastOrphan(superblock(), superblockAt());
    }

    private void setFirstOrphan(int first) {
        Superblock.setLastOrphan(superblock(), superblockAt(), first);
    }

    private byte[] record() {
        return edits.edit(volume.groups().blockOfInode(inode));
    }

    private boolean isOrphan(int number) {
        Geometry geometry = volume.geometry();
        if (!geometry.isInode(number) || number < geometry.firstInode()) {
            return false;
        }
        byte[] b = edits.edit(volume.groups().blockOfInode(number));
        int at = geometry.offsetInBlockOfInode(number);
        long next = InodeRecord.deletionTimeSeconds(b, at);
        byte[] bitmap = edits.edit(volume.groups().inodeBitmap(geometry.groupOfInode(number)));
        return InodeRecord.mode(b, at) != 0
                && (next == 0 || next <= geometry.inodeCount() && geometry.isInode((int) next))
                && Bitmap.isSet(bitmap, 0, geometry.indexOfInode(number));
    }

    private void workOff(long nowSeconds) {
        Geometry geometry = volume.geometry();
        int at = geometry.offsetInBlockOfInode(inode);
        int next = (int) InodeRecord.deletionTimeSeconds(record(), at);
        boolean goes = InodeRecord.linkCount(record(), at) == 0;
        nodes.clear();
        if (InodeRecord.hasBlockPointers(record(), at)) {
            long size = InodeRecord.isRegular(record(), at)
                    ? InodeRecord.size(record(), at)
                    : InodeRecord.sizeLow(record(), at);
            cutBack(at, goes || size < 0 ? 0 : Math.ceilDiv(size, (long) geometry.blockSizeBytes()));
        }
        if (goes) {
            release(at, nowSeconds);
            released++;
        } else {
            InodeRecord.setDeletionTimeSeconds(record(), at, 0);
            truncated++;
        }
        setFirstOrphan(next);
    }

    private void release(int at, long nowSeconds) {
        Geometry geometry = volume.geometry();
        byte[] b = record();
        releaseAttributes(InodeRecord.xattrBlock(b, at));
        boolean directory = InodeRecord.isDirectory(b, at);
        InodeRecord.setXattrBlock(b, at, 0);
        InodeRecord.setSize(b, at, 0);
        InodeRecord.setSectorCount(b, at, 0);
        freed = 0;
        InodeRecord.setDeletionTimeSeconds(b, at, nowSeconds);
        int group = geometry.groupOfInode(inode);
        Bitmap.clear(edits.edit(volume.groups().inodeBitmap(group)), 0, geometry.indexOfInode(inode));
        groupsTouched.put(group, 0);
        releasedIn = group;
        if (directory) {
            byte[] descriptor = descriptor(group);
            int offset = descriptorAt(group);
            GroupDescriptor.setUsedDirectoryCount(
                    descriptor, offset, Math.max(0, GroupDescriptor.usedDirectoryCount(descriptor, offset) - 1));
        }
    }

    private void releaseAttributes(int block) {
        if (block == 0 || !isFileBlock(block)) {
            return;
        }
        byte[] b = edits.edit(block);
        int references = LittleEndian.s32(b, Format.H_REFCOUNT);
        if (LittleEndian.s32(b, Format.H_MAGIC) != Format.XATTR_MAGIC) {
            return;
        } else if (references > 1) {
            LittleEndian.put32(b, Format.H_REFCOUNT, references - 1);
        } else {
            free(block);
        }
    }

    // ---- Blocks ----

    private boolean isFileBlock(int block) {
        return volume.geometry().isBlock(block) && volume.groups().roleOf(block) == BlockRole.DATA;
    }

    /** Frees blocks from the end down to file block {@code keep}. */
    private void cutBack(int at, long keep) {
        for (int root = Format.POINTER_COUNT - 1; root >= 0; root--) {
            int block = InodeRecord.pointer(record(), at, root);
            int levels = BlockMap.levels(root);
            long first = map.firstFileBlock(root);
            if (block == 0 || first + map.span(levels) <= keep) {
                continue;
            }
            if (cut(block, levels, first, keep)) {
                InodeRecord.setPointer(record(), at, root, 0);
            }
            commitIfMany();
        }
    }

    /**
     * Frees what is below a pointer from file block {@code keep} on, and the block itself when nothing of it is kept; says whether it
     * did. A pointer that leads to what cannot be the file's stays; the check that follows finds it.
     */
    private boolean cut(int block, int level, long firstFileBlock, long keep) {
        if (!isFileBlock(block)) {
            return false;
        } else if (level == 0) {
            free(block);
            return true;
        } else if (nodes.find(block) >= 0) {
            return false; // A loop.
        }
        nodes.put(block, 0);
        boolean whole = firstFileBlock >= keep;
        int groupsAtMost = Math.min(map.pointersPerBlock(), volume.geometry().groupCount());
        if (level == 1 && whole && edits.count() + groupsAtMost <= mostEdits) {
            freeLeaves(block);
        } else {
            cutSlots(block, level, firstFileBlock, keep);
        }
        if (whole) {
            free(block);
        }
        return whole;
    }

    private void freeLeaves(int node) {
        volume.read(node, buffers[0]);
        for (int at = 0; at < buffers[0].length; at += Integer.BYTES) {
            int block = LittleEndian.s32(buffers[0], at);
            if (block != 0 && isFileBlock(block)) {
                free(block);
            }
        }
    }

    private void cutSlots(int node, int level, long firstFileBlock, long keep) {
        long span = map.span(level - 1);
        for (int slot = map.pointersPerBlock() - 1; slot >= 0; slot--) {
            long first = firstFileBlock + slot * span;
            if (first + span <= keep) {
                return;
            }
            int block = LittleEndian.s32(edits.edit(node), 4 * slot);
            if (block != 0 && cut(block, level - 1, first, keep)) {
                // Looked up anew: the changes so far may have been committed.
                LittleEndian.put32(edits.edit(node), 4 * slot, 0);
            }
            commitIfMany();
        }
    }

    private void free(int block) {
        Geometry geometry = volume.geometry();
        int group = geometry.groupOfBlock(block);
        byte[] bitmap = edits.edit(volume.groups().blockBitmap(group));
        Bitmap.clear(bitmap, 0, geometry.indexOfBlock(block));
        groupsTouched.put(group, 0);
        freed++;
    }

    // ---- Counts ----

    private byte[] descriptor(int group) {
        Geometry geometry = volume.geometry();
        return edits.edit(
                geometry.firstDescriptorBlock() + group * Format.DESCRIPTOR_BYTES / geometry.blockSizeBytes());
    }

    private int descriptorAt(int group) {
        return group * Format.DESCRIPTOR_BYTES % volume.geometry().blockSizeBytes();
    }

    private void commitIfMany() {
        if (edits.count() > mostEdits) {
            commit();
        }
    }

    private void commit() {
        if (freed > 0) {
            byte[] b = record();
            int at = volume.geometry().offsetInBlockOfInode(inode);
            long sectors = freed * volume.geometry().sectorsPerBlock();
            InodeRecord.setSectorCountLow(b, at, Math.max(0, InodeRecord.sectorCountLow(b, at) - sectors));
            freed = 0;
        }
        for (int i = 0; i < groupsTouched.count(); i++) {
            count(groupsTouched.key(i));
        }
        groupsTouched.clear();
        releasedIn = -1;
        sink.commit(edits);
        edits.clear();
    }

    /** Makes the free counts of a group what its bitmaps say, and changes the totals by as much. */
    private void count(int group) {
        Geometry geometry = volume.geometry();
        GroupTable groups = volume.groups();
        byte[] b = descriptor(group);
        int at = descriptorAt(group);
        int blocks = Bitmap.countClear(edits.edit(groups.blockBitmap(group)), 0, 0, geometry.blocksInGroup(group));
        // The bitmap of inodes is of interest only where it was changed.
        int inodes = group == releasedIn
                ? Bitmap.countClear(edits.edit(groups.inodeBitmap(group)), 0, 0, geometry.inodesPerGroup())
                : GroupDescriptor.freeInodeCount(b, at);
        int moreBlocks = blocks - GroupDescriptor.freeBlockCount(b, at);
        int moreInodes = inodes - GroupDescriptor.freeInodeCount(b, at);
        GroupDescriptor.setFreeBlockCount(b, at, blocks);
        GroupDescriptor.setFreeInodeCount(b, at, inodes);
        byte[] totals = superblock();
        int t = superblockAt();
        Superblock.setFreeBlockCount(totals, t, Superblock.freeBlockCount(totals, t) + moreBlocks);
        Superblock.setFreeInodeCount(totals, t, Superblock.freeInodeCount(totals, t) + moreInodes);
    }
}
