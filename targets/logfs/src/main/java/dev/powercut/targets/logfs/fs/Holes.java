package dev.powercut.targets.logfs.fs;

import dev.powercut.targets.logfs.format.Geometry;
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

    /** Finds the holes, right after a checkpoint. */
    void find() {
        forget();
        live.find();
        Geometry g = volume.geometry;
        for (int segment = 0; segment < g.segmentCount(); segment++) {
            if (!volume.usage.isFree(segment) && segment != volume.log.segment()) {
                findIn(g.segmentStart(segment), g.segmentStart(segment) + g.segmentBlocks());
            }
        }
    }

    private void findIn(int first, int end) {
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

    /** Notes, for a table that is about to be written, that the log may go through the next holes before that is done. */
    void announce(int holes) {
        for (int i = next; i < Math.min(count, next + holes); i++) {
            volume.usage.setThreaded(volume.geometry.segmentOf(starts[i]), true);
        }
    }

    /** Takes the next hole: its first block, 0 when there is none. */
    int take() {
        if (next == count) {
            return 0;
        }
        int start = starts[next];
        blocks -= ends[next] - start - 1;
        volume.usage.setThreaded(volume.geometry.segmentOf(start), true);
        next++;
        return start;
    }

    /** The end of the hole that was taken last. */
    int end() {
        return ends[next - 1];
    }
}
