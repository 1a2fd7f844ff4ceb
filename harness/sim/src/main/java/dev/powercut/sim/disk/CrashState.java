package dev.powercut.sim.disk;

/**
 * A state that power loss may leave.
 *
 * @param image what the disk holds
 * @param kept which of the pending writes it kept
 */
public record CrashState(DiskImage image, Kept kept) {

    /** Which of the pending entries reached the medium. */
    public sealed interface Kept {

        /** The first {@code wholeEntries} entries, and the first {@code sectorsOfNext} sectors of the one after them. */
        record Prefix(int wholeEntries, int sectorsOfNext) implements Kept {}
    }
}
