package dev.powercut.check.promises;

import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import java.util.List;

/** The versions and promises of a whole run. Immutable; many judges may share it. */
public final class Promises {

    final Timeline timeline;
    final Guarantees guarantees;

    /** By id; id 0 is the root directory. */
    final List<TrackedFile> files;

    /** Empty when renames are not declared atomic. */
    final List<RenameRecord> renames;

    final int entryCellCount;

    /** Promises about everything, by operation. */
    final PromiseList syncs;

    /** The file whose contents an operation wrote, by operation, -1 for none. */
    final int[] writtenFiles;

    Promises(
            Timeline timeline,
            Guarantees guarantees,
            List<TrackedFile> files,
            List<RenameRecord> renames,
            int entryCellCount,
            PromiseList syncs,
            int[] writtenFiles) {
        this.timeline = timeline;
        this.guarantees = guarantees;
        this.files = List.copyOf(files);
        this.renames = List.copyOf(renames);
        this.entryCellCount = entryCellCount;
        this.syncs = syncs;
        this.writtenFiles = writtenFiles;
    }

    /** What a workload's history promises on a filesystem with these guarantees. */
    public static Promises of(History history, Guarantees guarantees) {
        return new HistoryPromises(history, guarantees).build();
    }

    /** Whether a {@link Violation.Kind#STALE_DATA} is declared to be possible. */
    public boolean allowStaleData() {
        return guarantees.unsyncedDataMayBeStale();
    }

    /**
     * The epoch of a position of the log: positions of one epoch have the same legal versions, so that a tree needs to be
     * judged once for each epoch only.
     *
     * @param position number of log entries before the cut
     */
    public int epoch(int position) {
        return timeline.epoch(position);
    }

    /** A judge with scratch memory of its own, for one thread. */
    public PromiseJudge newJudge() {
        return new PromiseJudge(this);
    }
}
