package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.Format;
import java.util.Arrays;

/**
 * Takes blocks away from files: all of a deleted one, the end of one cut short. First all is collected and checked; then the
 * inode changes; then, ordered after it, indirect blocks that stay in part; the blocks are free when all of that is durable.
 */
final class Truncation {

    private final Volume volume;
    private final BlockMap map;
    private final BlockTree tree;
    private final BlockAllocator allocator;
    private final InodeAllocator inodeAllocator;
    private final InodeStore inodes;
    private final AttributeBlocks attributes;
    private final OrphanList orphans;
    private final Credits credits;

    // Nodes of the collected cut that stay in part: the slots from cutSlots[i] on are cleared in cutNodes[i].
    private final Buffer[] cutNodes = new Buffer[3];
    private final int[] cutSlots = new int[3];
    private int cutCount;

    Truncation(
            Volume volume,
            BlockTree tree,
            BlockAllocator allocator,
            InodeAllocator inodeAllocator,
            InodeStore inodes,
            OrphanList orphans,
            Credits credits) {
        this.volume = volume;
        this.map = volume.map;
        this.tree = tree;
        this.allocator = allocator;
        this.inodeAllocator = inodeAllocator;
        this.inodes = inodes;
        this.attributes = new AttributeBlocks(volume, allocator, inodes);
        this.orphans = orphans;
        this.credits = credits;
    }

    /** Cuts a regular file to {@code sizeBytes}: what lies beyond is not reachable any more. */
    void shrink(ExtInode inode, long sizeBytes) {
        long firstFreed = (sizeBytes + volume.blockSizeBytes - 1) / volume.blockSizeBytes;
        for (long cut = stepFrom(inode, firstFreed); cut > firstFreed; cut = stepFrom(inode, firstFreed)) {
            // The size is set with the first step; the list of orphans remembers that more is to come.
            orphans.add(inode);
            cut(inode, cut, sizeBytes);
            volume.discipline.restart(credits.freeing());
        }
        boolean wasOrphan = inode.isOrphan && inode.linkCount() > 0;
        if (wasOrphan) {
            orphans.remove(inode);
            inodes.store(inode, Sites.ORPHAN_LIST);
        }
        cut(inode, firstFreed, sizeBytes);
    }

    /** The file block from which on so much is to be freed as one step allows; not below {@code firstFreed}. */
    private long stepFrom(ExtInode inode, long firstFreed) {
        int most = credits.freedInOneStep();
        if (inode.blocks512() / volume.sectorsPerBlock <= most) {
            return firstFreed;
        }
        return tree.lastBlocks(inode, firstFreed, most);
    }

    /** Frees what lies from a file block on; the size becomes smaller when it is not yet so. */
    private void cut(ExtInode inode, long firstFreed, long sizeBytes) {
        FreedBlocks freed = collectFrom(inode, firstFreed);
        if (freed.count() == 0 && sizeBytes >= inode.diskSizeBytes) {
            return;
        }
        boolean cutsTail = sizeBytes < inode.diskSizeBytes && sizeBytes % volume.blockSizeBytes != 0;
        inode.diskSizeBytes = Math.min(inode.diskSizeBytes, sizeBytes);
        clearRoots(inode, firstFreed);
        freed.leave(inode);
        volume.noteContents(inode);
        BufferSector record = inodes.store(inode, Sites.TRUNCATE);
        if (cutsTail) {
            guardTail(inode, record, sizeBytes / volume.blockSizeBytes);
        }
        int[] waiting = {1};
        Runnable free = () -> {
            if (--waiting[0] == 0) {
                freed.free(allocator);
            }
        };
        allocator.addAwaiting(freed.count());
        for (int i = 0; i < cutCount; i++) {
            waiting[0] += clearNode(inode, cutNodes[i], cutSlots[i], record, free);
        }
        volume.discipline.whenFreeable(record, Sites.SHRINK_BEFORE_FREE, free);
    }

    /** Until the smaller size is durable, the block in which the file ends must not lose its old end. */
    private void guardTail(ExtInode inode, BufferSector record, long tailBlock) {
        inode.unsafeTailBlock = Math.min(inode.unsafeTailBlock, tailBlock);
        inode.unsafeTails++;
        volume.discipline.whenDurable(record, Sites.SIZE_BEFORE_TAIL, () -> {
            if (--inode.unsafeTails == 0) {
                inode.unsafeTailBlock = Long.MAX_VALUE;
            }
        });
    }

    /** Clears the pointers of a node from a slot on; returns how many times {@code free} will be called for it. */
    private int clearNode(ExtInode inode, Buffer node, int fromSlot, BufferSector record, Runnable free) {
        byte[] b = node.data();
        int sectors = 0;
        int at = fromSlot * 4;
        while (at < volume.blockSizeBytes) {
            int end = (at / Sector.BYTES + 1) * Sector.BYTES;
            if (!LittleEndian.isZero(b, at, end - at)) {
                BufferSector sector = node.sectorAt(at);
                volume.discipline.order(record, sector, Sites.SHRINK_BEFORE_NODE);
                Arrays.fill(b, at, end, (byte) 0);
                volume.changed(node, at, end - at, Sites.NODE_CLEARED);
                inode.changedBlocks.add(node.block());
                volume.discipline.whenFreeable(sector, Sites.NODE_CLEARED_BEFORE_FREE, free);
                sectors++;
            }
            at = end;
        }
        return sectors;
    }

    /**
     * Deletes an inode that no entry names and nobody has open. What is wrong with a corrupt one is noted; its space is left to
     * fsck.
     */
    void delete(ExtInode inode) {
        if (inode.hasBlockPointers()) {
            for (long cut = stepFrom(inode, 0); cut > 0; cut = stepFrom(inode, 0)) {
                cut(inode, cut, inode.diskSizeBytes);
                volume.discipline.restart(credits.freeing());
            }
        }
        FreedBlocks freed = inode.hasBlockPointers() ? collectFrom(inode, 0) : new FreedBlocks(volume);
        Runnable afterwards = attributes.prepareRelease(inode);
        Arrays.fill(inode.words, 0);
        inode.diskSizeBytes = 0;
        inode.setBlocks512(0);
        inode.xattrBlock = 0;
        orphans.remove(inode);
        BufferSector record = inodes.storeDeleted(inode, Sites.DELETE);
        int ino = inode.ino();
        boolean isDirectory = inode.isDirectory();
        if (freed.count() > 0) {
            allocator.addAwaiting(freed.count());
            volume.discipline.whenFreeable(record, Sites.DELETE_BEFORE_BLOCKS_FREE, () -> freed.free(allocator));
        }
        inodeAllocator.addAwaiting(1);
        volume.discipline.whenFreeable(record, Sites.DELETE_BEFORE_INODE_FREE, () -> {
            inodeAllocator.addAwaiting(-1);
            inodeAllocator.free(ino, isDirectory);
        });
        afterwards.run();
    }

    /** Collects what the file has from a file block on; nodes that it keeps in part are left in the fields of this object. */
    private FreedBlocks collectFrom(ExtInode inode, long firstFreed) {
        FreedBlocks freed = new FreedBlocks(volume);
        cutCount = 0;
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            if (inode.words[root] == 0) {
                continue;
            }
            int levels = BlockMap.levels(root);
            long first = map.firstFileBlock(root);
            if (first >= firstFreed) {
                tree.collect(inode, inode.words[root], levels, freed);
            } else if (firstFreed < first + map.span(levels)) {
                collectPart(inode, inode.words[root], levels, firstFreed - first, freed);
            }
        }
        return freed;
    }

    /** Of the tree under a node, collects what lies at {@code within} blocks from its start and beyond. */
    private void collectPart(ExtInode inode, int block, int levels, long within, FreedBlocks freed) {
        int next = block;
        for (int level = levels; level > 0 && next != 0; level--) {
            Buffer node = tree.node(inode, next);
            long span = map.span(level - 1);
            long rest = within % map.span(level);
            int slot = (int) (rest / span);
            boolean whole = rest % span == 0;
            int from = whole ? slot : slot + 1;
            for (int i = from; i < map.pointersPerBlock(); i++) {
                tree.collect(inode, BlockTree.pointer(node, i), level - 1, freed);
            }
            cutNodes[cutCount] = node;
            cutSlots[cutCount++] = from;
            next = whole ? 0 : BlockTree.pointer(node, slot);
        }
    }

    private void clearRoots(ExtInode inode, long firstFreed) {
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            if (map.firstFileBlock(root) >= firstFreed) {
                inode.words[root] = 0;
            }
        }
    }
}
