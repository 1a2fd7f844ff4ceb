package dev.powercut.targets.logfs.fs;

import java.util.Arrays;

/**
 * Runs of dead blocks in used segments, which the log may be threaded through: known from one checkpoint to the next, since nothing
 * that the newest checkpoint leads to may be overwritten.
 */
final class Holes {

    /** A summary and two blocks: in less there is more summary than anything else. */
    private static final int LEAST_BLOCKS = 3;

    private final Volume volume;
    private final LiveBlocks live;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int count;
    private int next;
    private long blocks;

    Holes(Volume volume, InodeStore inodes) {
        this.volume = volume;
        this.live = new LiveBlocks(volume, inodes);
    }

    /** Another checkpoint has been written: what was a hole may be a free segment now. */
    void forget() {
        count = 0;
        next = 0;
        blocks = 0;
    }

    /** Whether blocks have been looked at; the first time takes a checkpoint behind which nothing is dirty. */
    boolean isKnown() {
        return live.isKnown();
    }

    /**
     * Marks the segments that have holes now, for the table of the checkpoint that is about to be written, which may itself go through holes that
     * are known. Only through holes of segments that a durable checkpoint calls threaded may the log go: of what is lost there nothing else
     * would tell, and whoever checks the image would take the dead blocks that it has torn for damage.
     */
    void announce() {
        live.find();
        for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
            if (!volume.usage.isFree(segment) && segment != volume.log.segment() && hasHole(segment)) {
                volume.usage.setThreaded(segment, true);
            }
        }
    }

    private boolean hasHole(int segment) {
        int first = volume.geometry.segmentStart(segment);
        int dead = 0;
        for (int i = 0; i < volume.geometry.segmentBlocks() && dead < LEAST_BLOCKS; i++) {
            dead = live.isLive(first + i) ? 0 : dead + 1;
        }
        return dead == LEAST_BLOCKS;
    }

    /** Finds the holes of the segments that were announced, right after that checkpoint. */
    void find() {
        forget();
        live.find();
        for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
            if (!volume.usage.isFree(segment) && volume.usage.isThreaded(segment) && segment != volume.log.segment()) {
                findIn(segment);
            }
        }
    }

    private void findIn(int segment) {
        int first = volume.geometry.segmentStart(segment);
        int end = first + volume.geometry.segmentBlocks();
        int start = first;
        for (int block = first; block <= end; block++) {
            if (block == end || live.isLive(block)) {
                if (block - start >= LEAST_BLOCKS) {
                    add(start, block);
                }
                start = block + 1;
            }
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count++] = end;
        blocks += end - start - 1;
    }

    /** Blocks that find room in holes, summaries left out. */
    long blocks() {
        return blocks;
    }

    /** Takes the next hole: its first block, 0 when there is none. */
    int take() {
        if (next == count) {
            return 0;
        }
        int start = starts[next];
        blocks -= ends[next] - start - 1;
        next++;
        return start;
    }

    /** The end of the hole that was taken last. */
    int end() {
        return ends[next - 1];
    }
}
