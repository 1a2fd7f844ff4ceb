package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Checkpoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs of blocks within a segment that nothing uses, in the order in which a repair fills them: what follows the log's end, free segments,
 * holes of segments that count as threaded; then, which must be announced before, free tails of others, and holes of others.
 */
final class FreeRuns {

    /** A run is at least a summary and a block. */
    private static final int LEAST = 2;

    private enum Shape {
        LOG_END,
        SEGMENT,
        THREADED,
        TAIL,
        HOLE
    }

    record Run(int first, int blocks, int rank) {
        /** Whether it may be of a partial write of which other blocks are live. */
        boolean isAmongLive() {
            return rank >= Shape.THREADED.ordinal();
        }

        /** Whether so, and no checkpoint says that what is dead there may be torn. */
        boolean isUnannounced() {
            return rank > Shape.THREADED.ordinal();
        }
    }

    private final Volume volume;
    private final Checkpoint from;
    private final int logEnd;
    private final List<Run> runs = new ArrayList<>();

    /**
     * @param from the checkpoint that counts
     * @param used sorted; all that must stay as it is
     */
    FreeRuns(Volume volume, Checkpoint from, Claims used, int logEnd) {
        this.volume = volume;
        this.from = from;
        this.logEnd = logEnd;
        int rank = 0;
        int reach = 0;
        for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
            int begin = volume.geometry.segmentStart(segment);
            int end = begin + volume.geometry.segmentBlocks();
            int at = Math.max(begin, reach);
            while (rank < used.count() && used.start(rank) < end) {
                add(begin, end, at, used.start(rank));
                at = Math.max(at, used.end(rank));
                rank++;
            }
            reach = at;
            add(begin, end, at, end);
        }
        runs.sort(Comparator.comparing(Run::rank).thenComparing(Run::first));
    }

    private void add(int begin, int end, int from, int to) {
        if (from < logEnd && logEnd < to && to == end) {
            add(begin, end, from, logEnd);
            add(begin, end, logEnd, to);
        } else if (to - from >= LEAST) {
            runs.add(new Run(from, to - from, shape(begin, end, from, to).ordinal()));
        }
    }

    private Shape shape(int begin, int end, int first, int behind) {
        if (behind == end && (first == logEnd || first == begin)) {
            return first == logEnd ? Shape.LOG_END : Shape.SEGMENT;
        }
        boolean threaded = volume.isThreaded(from, volume.geometry.segmentOf(begin));
        return threaded ? Shape.THREADED : behind == end ? Shape.TAIL : Shape.HOLE;
    }

    List<Run> list() {
        return runs;
    }

    /** As many runs, from the first on, as so many payload blocks need; all when that is not enough. */
    List<Run> enoughFor(long blocks) {
        int count = 1;
        while (count < runs.size() && LogWriter.capacity(volume, runs.subList(0, count)) < blocks) {
            count++;
        }
        return runs.subList(0, Math.min(count, runs.size()));
    }
}
