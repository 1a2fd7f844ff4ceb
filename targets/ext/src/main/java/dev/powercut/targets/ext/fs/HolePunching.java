package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.Format;
import java.util.Arrays;

/**
 * Takes blocks out of the middle of a file. As {@link Truncation}: first all is collected and checked, then pointers are cleared,
 * in the inode and in indirect blocks that stay, and the blocks are free when all of that is durable. A crash in between leaves
 * each block as it was or as a hole, which is what a hole promises before it is synced; the size does not change, so nothing has
 * to be ordered.
 */
final class HolePunching {

    private final Volume volume;
    private final BlockMap map;
    private final BlockTree tree;
    private final BlockAllocator allocator;
    private final FileSpace space;
    private final InodeStore inodes;
    private final Credits credits;

    // Nodes that lose pointers and stay: at most two a level, one at each edge.
    private final Buffer[] cutNodes = new Buffer[6];
    private final int[] cutFrom = new int[6];
    private final int[] cutTo = new int[6];
    private int cutCount;

    HolePunching(
            Volume volume,
            BlockTree tree,
            BlockAllocator allocator,
            FileSpace space,
            InodeStore inodes,
            Credits credits) {
        this.volume = volume;
        this.map = volume.map;
        this.tree = tree;
        this.allocator = allocator;
        this.space = space;
        this.inodes = inodes;
        this.credits = credits;
    }

    /** Takes the blocks that lie wholly in a range of bytes. */
    void punch(ExtInode inode, long offsetBytes, long endBytes) {
        long from = Math.ceilDiv(offsetBytes, volume.blockSizeBytes);
        long end = endBytes / volume.blockSizeBytes;
        if (from >= end) {
            return;
        }
        space.release(inode, from, end);
        long first = from;
        int most = credits.freedInOneStep();
        while (end - first > most) {
            long mapped = tree.nextMapped(inode, first, end);
            if (mapped >= end) {
                return;
            }
            first = Math.min(end, mapped + most);
            punchOnce(inode, mapped, first);
            volume.discipline.restart(credits.freeing());
        }
        punchOnce(inode, first, end);
    }

    private void punchOnce(ExtInode inode, long from, long end) {
        FreedBlocks freed = new FreedBlocks(volume);
        cutCount = 0;
        int rootsTaken = 0;
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            if (inode.words[root] != 0
                    && takes(
                            inode,
                            inode.words[root],
                            BlockMap.levels(root),
                            map.firstFileBlock(root),
                            from,
                            end,
                            freed)) {
                rootsTaken |= 1 << root;
            }
        }
        if (freed.count() > 0) {
            clear(inode, rootsTaken, freed);
        }
    }

    /** Collects what of the range lies under a pointer; returns whether the pointer goes. */
    private boolean takes(ExtInode inode, int block, int level, long first, long from, long end, FreedBlocks freed) {
        long behind = first + map.span(level);
        if (first >= end || behind <= from) {
            return false;
        } else if (from <= first && behind <= end) {
            tree.collect(inode, block, level, freed);
            return true;
        }
        Buffer node = tree.node(inode, block);
        int firstTaken = -1;
        int lastTaken = -1;
        boolean keeps = inode.reservation.data.containsAny(first, behind);
        for (int slot = 0; slot < map.pointersPerBlock(); slot++) {
            int pointer = BlockTree.pointer(node, slot);
            if (pointer == 0) {
                continue;
            }
            if (takes(inode, pointer, level - 1, first + slot * map.span(level - 1), from, end, freed)) {
                firstTaken = firstTaken < 0 ? slot : firstTaken;
                lastTaken = slot;
            } else {
                keeps = true;
            }
        }
        if (!keeps) {
            freed.addMetadata(block);
            return true;
        }
        if (firstTaken >= 0) {
            cutNodes[cutCount] = node;
            cutFrom[cutCount] = firstTaken;
            cutTo[cutCount++] = lastTaken + 1;
        }
        return false;
    }

    private void clear(ExtInode inode, int rootsTaken, FreedBlocks freed) {
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            if ((rootsTaken >> root & 1) != 0) {
                inode.words[root] = 0;
            }
        }
        freed.leave(inode);
        volume.noteContents(inode);
        BufferSector record = inodes.store(inode, Sites.PUNCH);
        int[] waiting = {1};
        Runnable free = () -> {
            if (--waiting[0] == 0) {
                freed.free(allocator);
            }
        };
        allocator.addAwaiting(freed.count());
        for (int i = 0; i < cutCount; i++) {
            waiting[0] += clearNode(inode, cutNodes[i], cutFrom[i] * 4, cutTo[i] * 4, free);
        }
        volume.discipline.whenFreeable(record, Sites.PUNCH_BEFORE_FREE, free);
    }

    /** Clears bytes of a node; returns how many times {@code free} will be called for it. */
    private int clearNode(ExtInode inode, Buffer node, int from, int to, Runnable free) {
        int sectors = 0;
        int at = from;
        while (at < to) {
            int end = Math.min(to, (at / Sector.BYTES + 1) * Sector.BYTES);
            if (!LittleEndian.isZero(node.data(), at, end - at)) {
                Arrays.fill(node.data(), at, end, (byte) 0);
                volume.changed(node, at, end - at, Sites.NODE_PUNCHED);
                inode.changedBlocks.add(node.block());
                volume.discipline.whenFreeable(node.sectorAt(at), Sites.NODE_CLEARED_BEFORE_FREE, free);
                sectors++;
            }
            at = end;
        }
        return sectors;
    }
}
