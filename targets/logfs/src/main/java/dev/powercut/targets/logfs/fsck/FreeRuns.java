package dev.powercut.targets.logfs.fsck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Runs of blocks within a segment that nothing uses, in the order in which a repair fills them: what follows the log's end, free segments,
 * free tails of segments, holes.
 */
final class FreeRuns {

    /** A run is at least a summary and a block. */
    private static final int LEAST = 2;

    private enum Shape {
        LOG_END,
        SEGMENT,
        TAIL,
        HOLE
    }

    record Run(int first, int blocks, int rank) {
        boolean isHole() {
            return rank == Shape.HOLE.ordinal();
        }
    }

    private final List<Run> runs = new ArrayList<>();

    /** @param used sorted; all that must stay as it is */
    FreeRuns(Volume volume, Claims used, int logEnd) {
        int rank = 0;
        int reach = 0;
        for (int segment = 0; segment < volume.geometry.segmentCount(); segment++) {
            int begin = volume.geometry.segmentStart(segment);
            int end = begin + volume.geometry.segmentBlocks();
            int at = Math.max(begin, reach);
            while (rank < used.count() && used.start(rank) < end) {
                add(begin, end, at, used.start(rank), logEnd);
                at = Math.max(at, used.end(rank));
                rank++;
            }
            reach = at;
            add(begin, end, at, end, logEnd);
        }
        runs.sort(Comparator.comparing(Run::rank).thenComparing(Run::first));
    }

    private void add(int begin, int end, int from, int to, int logEnd) {
        if (from < logEnd && logEnd < to && to == end) {
            add(begin, end, from, logEnd, logEnd);
            add(begin, end, logEnd, to, logEnd);
        } else if (to - from >= LEAST) {
            Shape shape =
                    to < end ? Shape.HOLE : from == logEnd ? Shape.LOG_END : from == begin ? Shape.SEGMENT : Shape.TAIL;
            runs.add(new Run(from, to - from, shape.ordinal()));
        }
    }

    List<Run> list() {
        return runs;
    }
}
