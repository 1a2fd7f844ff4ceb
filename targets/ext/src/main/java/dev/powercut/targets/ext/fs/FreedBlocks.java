package dev.powercut.targets.ext.fs;

import java.util.Arrays;

/** Blocks that lose their last pointer: collected first, freed when the sectors that held the pointers are durable. */
final class FreedBlocks {

    private final Volume volume;
    // Runs of blocks: first and count in turn.
    private int[] runs = new int[16];
    private int runEnd;
    private int[] metadata = {};
    private int metadataCount;
    private int count;

    FreedBlocks(Volume volume) {
        this.volume = volume;
    }

    int count() {
        return count;
    }

    /** A block of file data. */
    void add(int block) {
        if (++count > volume.geometry.blockCount()) {
            throw volume.corrupt("a file has more blocks than the volume");
        }
        if (runEnd > 0 && runs[runEnd - 2] + runs[runEnd - 1] == block) {
            runs[runEnd - 1]++;
            return;
        }
        if (runEnd == runs.length) {
            runs = Arrays.copyOf(runs, runEnd * 2);
        }
        runs[runEnd++] = block;
        runs[runEnd++] = 1;
    }

    /** A block that the metadata cache may hold. */
    void addMetadata(int block) {
        if (metadataCount == metadata.length) {
            metadata = Arrays.copyOf(metadata, Math.max(4, metadataCount * 2));
        }
        metadata[metadataCount++] = block;
        add(block);
    }

    /** What is left of the file no longer has these blocks. */
    void leave(ExtInode inode) {
        inode.setBlocks512(Math.max(0, inode.blocks512() - (long) count * volume.sectorsPerBlock));
        for (int i = 0; i < metadataCount; i++) {
            inode.changedBlocks.remove(metadata[i]);
        }
    }

    /**
     * Nothing on the disk points to the blocks any more. Only now is it right to drop what the cache has of them: as long as a
     * directory might be read after a crash, what was ordered after its blocks has to wait for them.
     */
    void free(BlockAllocator allocator) {
        for (int i = 0; i < metadataCount; i++) {
            volume.discipline.forget(metadata[i]);
        }
        for (int i = 0; i < runEnd; i += 2) {
            volume.discipline.forgetData(runs[i], runs[i + 1]);
            allocator.free(runs[i], runs[i + 1]);
        }
        allocator.addAwaiting(-count);
    }
}
