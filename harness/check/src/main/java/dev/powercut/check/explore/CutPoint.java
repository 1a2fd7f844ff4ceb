package dev.powercut.check.explore;

/**
 * A crash state of a log under a model that loses a tail: what the disk kept, and at which positions of the log the power may
 * have failed to leave just this. A position is the number of entries before the cut; every entry, marks included, counts.
 *
 * @param wholeEntries how many entries of the log had their whole effect
 * @param sectorsOfNext how many sectors of the entry after those had reached the medium too
 * @param firstPosition the first position that may leave this state
 * @param lastPosition the last such position; every one between is possible too
 */
public record CutPoint(int wholeEntries, int sectorsOfNext, int firstPosition, int lastPosition) {}
