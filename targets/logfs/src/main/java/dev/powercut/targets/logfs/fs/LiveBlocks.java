package dev.powercut.targets.logfs.fs;

/**
 * Which blocks are live, one by one, and whose they are: what summaries cannot tell of a segment that the log was threaded through. Found by
 * walking all inodes when it is first asked for, and kept up with what is staged, becomes live and dies from then on.
 */
final class LiveBlocks {

    private final Volume volume;
    private final InodeStore inodes;

    /** How often each block is live: one of inodes once for each record that counts. */
    private byte[] live = {};

    private int[] owner = {};

    LiveBlocks(Volume volume, InodeStore inodes) {
        this.volume = volume;
        this.inodes = inodes;
    }

    boolean isLive(int address) {
        return live[address] != 0;
    }

    /** The inode whose data, names or extents a live block has; 0 for one of inodes, or of a table. */
    int owner(int address) {
        return owner[address];
    }

    /** A block was given its place in the log. */
    void staged(int address, int inode) {
        owner[address] = inode;
    }

    /** Something in a block has become live (sign 1) or dead (-1). */
    void count(int address, int sign) {
        live[address] += (byte) sign;
    }

    boolean isKnown() {
        return live.length > 0;
    }

    /** Walks all inodes, when that has not been done. */
    void find() {
        if (live.length > 0) {
            return;
        }
        live = new byte[volume.geometry.blockCount()];
        owner = new int[volume.geometry.blockCount()];
        walk();
        volume.usage.track(this);
        volume.log.track(this);
    }

    private void mark(int address, int inode) {
        if (address != 0) {
            live[address]++;
            owner[address] = inode;
        }
    }

    private void walk() {
        InodeMap map = volume.map;
        for (int i = 0; i < map.blockCount(); i++) {
            mark(map.address(i), 0);
        }
        for (int address : volume.usage.blocks) {
            mark(address, 0);
        }
        int end = map.blockCount() * volume.geometry.mapEntriesPerBlock();
        for (int ino = 1; ino < end; ino++) {
            int block = map.blockOf(ino);
            mark(block, 0);
            LogInode inMemory = inodes.find(ino);
            if (inMemory != null) {
                mark(inMemory.extents, ino);
            } else if (block != 0) {
                mark(inodes.extentsOf(ino, block, map.slotOf(ino)), ino);
            }
        }
    }

    private void mark(ExtentList extents, int ino) {
        for (int i = 0; i < extents.count(); i++) {
            for (int j = 0; j < extents.length(i); j++) {
                mark(extents.address(i) + j, ino);
            }
        }
        for (int[] level : extents.tree) {
            for (int address : level) {
                mark(address, ino);
            }
        }
    }
}
