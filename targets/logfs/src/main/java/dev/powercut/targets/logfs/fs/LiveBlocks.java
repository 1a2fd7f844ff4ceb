package dev.powercut.targets.logfs.fs;

import java.util.Arrays;

/**
 * Which blocks are live, one by one, found by walking all inodes: what summaries cannot tell of a segment that the log was threaded through.
 * True at the moment of a checkpoint, until the next one.
 */
final class LiveBlocks {

    private final Volume volume;
    private final InodeStore inodes;
    private final long[] live;

    LiveBlocks(Volume volume, InodeStore inodes) {
        this.volume = volume;
        this.inodes = inodes;
        this.live = new long[(volume.geometry.blockCount() >>> 6) + 1];
    }

    boolean isLive(int address) {
        return (live[address >>> 6] & 1L << address) != 0;
    }

    private void mark(int address) {
        live[address >>> 6] |= 1L << address;
    }

    void find() {
        Arrays.fill(live, 0);
        InodeMap map = volume.map;
        for (int i = 0; i < map.blockCount(); i++) {
            mark(map.address(i));
        }
        for (int address : volume.usage.blocks) {
            mark(address);
        }
        int end = map.blockCount() * volume.geometry.mapEntriesPerBlock();
        for (int ino = 1; ino < end; ino++) {
            int block = map.blockOf(ino);
            if (block != 0) {
                mark(block);
            }
            LogInode inMemory = inodes.find(ino);
            if (inMemory != null) {
                mark(inMemory.extents);
            } else if (block != 0) {
                mark(inodes.extentsOf(ino, block, map.slotOf(ino)));
            }
        }
    }

    private void mark(ExtentList extents) {
        for (int i = 0; i < extents.count(); i++) {
            for (int j = 0; j < extents.length(i); j++) {
                mark(extents.address(i) + j);
            }
        }
        for (int[] level : extents.tree) {
            for (int address : level) {
                mark(address);
            }
        }
    }
}
