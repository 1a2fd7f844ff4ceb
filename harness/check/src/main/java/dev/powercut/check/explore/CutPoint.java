package dev.powercut.check.explore;

import dev.powercut.sim.disk.Kept;

/**
 * A crash state of a log: what the disk kept, and at which positions of the log the power may have failed to leave just this. A
 * position is the number of entries before the cut; every entry, marks included, counts.
 *
 * @param kept what reached the medium, by the numbers of the log's entries
 * @param firstPosition the first position that may leave this state
 * @param lastPosition the last such position; every one between is possible too
 */
public record CutPoint(Kept kept, int firstPosition, int lastPosition) {

    /** What a device that keeps the order leaves: a number of whole entries, and some sectors of the one after them. */
    static CutPoint ofPrefix(int wholeEntries, int sectorsOfNext, int firstPosition, int lastPosition) {
        return new CutPoint(new Kept.Prefix(wholeEntries, sectorsOfNext), firstPosition, lastPosition);
    }
}
