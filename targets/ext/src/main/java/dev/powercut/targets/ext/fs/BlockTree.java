package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/** From file blocks to blocks: the direct pointers of an inode and its trees of indirect blocks ("nodes"). */
final class BlockTree {

    private final Volume volume;
    private final BlockMap map;
    private final BlockAllocator allocator;
    private final InodeStore inodes;

    // Of the walk in progress: how many blocks it may still meet, and the last file block that it met.
    private int lastLeft;
    private long lastMet;

    BlockTree(Volume volume, BlockAllocator allocator, InodeStore inodes) {
        this.volume = volume;
        this.map = volume.map;
        this.allocator = allocator;
        this.inodes = inodes;
    }

    /** The block of a file block; 0 for a hole. */
    int find(ExtInode inode, long fileBlock) {
        int level = map.depth(fileBlock);
        if (level < 0) {
            return 0;
        }
        int block = inode.words[map.rootIndex(fileBlock)];
        while (level > 0 && block != 0) {
            block = pointer(node(inode, block), map.slot(fileBlock, level--));
        }
        return block == 0 ? 0 : volume.checkedPointer(block, inode);
    }

    /** The first file block from {@code fileBlock} on that has a block, or {@link Long#MAX_VALUE}. Skips what lies under missing nodes. */
    long nextMapped(ExtInode inode, long fileBlock, long endFileBlock) {
        long at = fileBlock;
        while (at < endFileBlock) {
            int level = map.depth(at);
            if (level < 0) {
                break;
            }
            int root = map.rootIndex(at);
            int block = inode.words[root];
            while (level > 0 && block != 0) {
                block = pointer(node(inode, block), map.slot(at, level--));
            }
            if (block != 0) {
                return at;
            }
            long first = map.firstFileBlock(root);
            at = first + ((at - first) / map.span(level) + 1) * map.span(level);
        }
        return Long.MAX_VALUE;
    }

    /** The first file block from {@code fileBlock} on that is a hole with nothing reserved, at most {@code endFileBlock}. */
    long nextUnmapped(ExtInode inode, long fileBlock, long endFileBlock) {
        long at = fileBlock;
        while (at < endFileBlock && (find(inode, at) != 0 || inode.reservation.data.contains(at))) {
            at++;
        }
        return Math.min(at, endFileBlock);
    }

    /** How many nodes on the way to a file block do not exist; the lowest ones. */
    int missingNodes(ExtInode inode, long fileBlock) {
        int level = map.depth(fileBlock);
        int block = level > 0 ? inode.words[map.rootIndex(fileBlock)] : 0;
        while (level > 1 && block != 0) {
            block = pointer(node(inode, block), map.slot(fileBlock, level--));
        }
        return block == 0 ? level : 0;
    }

    /** A number for the node of a level (1 points to data) on the way to a file block. */
    long nodeKey(long fileBlock, int level) {
        long first = map.firstFileBlock(map.rootIndex(fileBlock));
        return (long) level << 48 | first + (fileBlock - first) / map.span(level) * map.span(level);
    }

    /**
     * Points a file block that is a hole to a block, with new nodes on the way; the inode's record is left to the caller to
     * store. Each pointer waits for the mark in the bitmap and for what it points to.
     *
     * @param contents of a directory block, which is ordered before its pointer; null for file data, already written
     */
    void link(ExtInode inode, long fileBlock, int block, @Nullable Buffer contents) {
        int root = map.rootIndex(fileBlock);
        Buffer node = null;
        int slot = root;
        BufferSector place = inodes.sectorOf(inode);
        for (int level = map.depth(fileBlock); level > 0; level--) {
            int next = node == null ? inode.words[root] : pointer(node, slot);
            Buffer below;
            if (next == 0) {
                below = newNode(inode, nodeKey(fileBlock, level), block);
                volume.orderAll(below, place, Sites.NODE_BEFORE_POINTER);
                point(inode, node, slot, place, (int) below.block(), Sites.NODE_POINTER);
            } else {
                below = node(inode, next);
            }
            node = below;
            slot = map.slot(fileBlock, level);
            place = below.sectorAt(slot * 4);
        }
        if (contents == null) {
            volume.discipline.dataBefore(place, Sites.DATA_BEFORE_POINTER);
        } else {
            volume.orderAll(contents, place, Sites.DIRECTORY_BLOCK_BEFORE_POINTER);
        }
        point(inode, node, slot, place, block, contents == null ? Sites.DATA_POINTER : Sites.DIRECTORY_POINTER);
    }

    /** Sets a pointer in a node, or in the inode when there is no node. */
    private void point(ExtInode inode, @Nullable Buffer node, int slot, BufferSector place, int block, Site site) {
        volume.discipline.order(allocator.markOf(block), place, Sites.BITMAP_BEFORE_POINTER);
        if (node == null) {
            inode.words[slot] = block;
        } else {
            LittleEndian.put32(node.data(), slot * 4, block);
            volume.changed(node, slot * 4, 4, site);
            inode.changedBlocks.add(node.block());
        }
        inode.setBlocks512(inode.blocks512() + volume.sectorsPerBlock);
        volume.noteContents(inode);
    }

    /** The nodes on the way to a file block come before a sector. */
    void orderNodes(ExtInode inode, long fileBlock, BufferSector after, Site site) {
        int block = inode.words[map.rootIndex(fileBlock)];
        for (int level = map.depth(fileBlock); level > 0 && block != 0; level--) {
            Buffer node = node(inode, block);
            volume.orderAll(node, after, site);
            block = pointer(node, map.slot(fileBlock, level));
        }
    }

    private Buffer newNode(ExtInode inode, long key, int nearBlock) {
        if (inode.reservation.nodes.remove(key)) {
            allocator.release(1);
        }
        Buffer node = volume.cache.fresh(allocator.allocate(nearBlock + 1), BlockRole.INDIRECT.kind());
        volume.changed(node, 0, volume.blockSizeBytes, Sites.NODE_ZEROED);
        inode.changedBlocks.add(node.block());
        return node;
    }

    /** Adds all that lies under a pointer to what is freed. */
    void collect(ExtInode inode, int block, int level, FreedBlocks freed) {
        if (block == 0) {
            return;
        }
        volume.checkedPointer(block, inode);
        if (level == 0) {
            if (inode.isRegular()) {
                freed.add(block);
            } else {
                freed.addMetadata(block);
            }
            return;
        }
        Buffer node = node(inode, block);
        for (int slot = 0; slot < map.pointersPerBlock(); slot++) {
            collect(inode, pointer(node, slot), level - 1, freed);
        }
        freed.addMetadata(block);
    }

    /**
     * Goes from the end of a file to its beginning until it has met so many blocks, those of pointers included.
     *
     * @return the file block from which on they lie; {@code firstFileBlock} when there are no more than that
     */
    long lastBlocks(ExtInode inode, long firstFileBlock, int most) {
        lastLeft = most;
        lastMet = Long.MAX_VALUE;
        for (int root = Format.POINTER_COUNT - 1; root >= 0 && lastLeft > 0; root--) {
            goBack(inode, inode.words[root], BlockMap.levels(root), map.firstFileBlock(root), firstFileBlock);
        }
        return lastLeft > 0 || lastMet == Long.MAX_VALUE ? firstFileBlock : lastMet;
    }

    private void goBack(ExtInode inode, int block, int level, long first, long firstFileBlock) {
        if (block == 0 || first + map.span(level) <= firstFileBlock) {
            return;
        }
        if (level == 0) {
            lastLeft--;
            lastMet = first;
            return;
        }
        Buffer node = node(inode, block);
        for (int slot = map.pointersPerBlock() - 1; slot >= 0 && lastLeft > 0; slot--) {
            goBack(inode, pointer(node, slot), level - 1, first + slot * map.span(level - 1), firstFileBlock);
        }
        lastLeft--;
    }

    Buffer node(ExtInode inode, int block) {
        return volume.read(volume.checkedPointer(block, inode), BlockRole.INDIRECT);
    }

    static int pointer(Buffer node, int slot) {
        return LittleEndian.s32(node.data(), slot * 4);
    }
}
