package dev.powercut.targets.ext.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * What recovery did.
 *
 * @param wasDue whether the image needed any
 * @param transactions complete transactions in the log
 * @param blocks blocks of the volume that they gave their contents
 * @param revoked blocks that were not replayed because they were revoked
 * @param end why no more transactions were found
 * @param dropped whether a transaction that was begun is not replayed
 * @param lost whether that is not what a cut leaves: it was damaged, and may have been promised to somebody
 * @param endSequence sequence of the transaction that was not found
 * @param released orphans that were released
 * @param truncated orphans that were cut to their size
 * @param orphansSound false when the list of orphans ended in nonsense
 * @param sectorsWritten what it wrote
 */
public record RecoveryReport(
        boolean wasDue,
        int transactions,
        int blocks,
        int revoked,
        LogEnd end,
        boolean dropped,
        boolean lost,
        int endSequence,
        int released,
        int truncated,
        boolean orphansSound,
        int sectorsWritten) {

    /** Nothing was to be done. */
    static final RecoveryReport NOTHING =
            new RecoveryReport(false, 0, 0, 0, LogEnd.EMPTY, false, false, 0, 0, 0, true, 0);

    /** For people, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!wasDue) {
            return lines;
        }
        lines.add("journal: " + transactions + " transactions replayed, " + blocks + " blocks"
                + (revoked > 0 ? ", " + revoked + " more were revoked" : ""));
        if (dropped) {
            lines.add("journal: dropped transaction " + Integer.toUnsignedString(endSequence)
                    + (lost ? ", and what may follow it: " : ": ")
                    + (end.isDamage() ? end.text() : "it was not complete"));
        }
        if (released + truncated > 0) {
            lines.add("orphans: " + released + " released, " + truncated + " cut to their size");
        }
        if (!orphansSound) {
            lines.add("orphans: the list led to an inode that is none, and was dropped");
        }
        return lines;
    }
}
