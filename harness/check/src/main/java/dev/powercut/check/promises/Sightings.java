package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.tree.Node;
import org.jspecify.annotations.Nullable;

/** What stands in each entry cell of the directories that were reached, in the tree that is being judged. */
final class Sightings {

    static final int NO_VERSION = -1;

    private final Promises promises;
    private final @Nullable Node[] nodes;

    /** By cell: lowest legal version, or {@link #NO_VERSION} when what was seen is not legal. */
    private final int[] lows;

    private final int[] highs;

    /** By cell: the run in which it was seen. */
    private final int[] runs;

    private int run;

    Sightings(Promises promises) {
        this.promises = promises;
        this.nodes = new @Nullable Node[promises.entryCellCount];
        this.lows = new int[promises.entryCellCount];
        this.highs = new int[promises.entryCellCount];
        this.runs = new int[promises.entryCellCount];
    }

    void startRun() {
        run++;
    }

    /** Something legal was seen; which of the versions from {@code low} to {@code high} it is, {@link #fits} tells. */
    void see(EntryCell cell, @Nullable Node node, int low, int high) {
        nodes[cell.index] = node;
        lows[cell.index] = low;
        highs[cell.index] = high;
        runs[cell.index] = run;
    }

    /** A directory turns out not to be the one that it was taken for: what was seen below it does not count. */
    void forget(TrackedFile directory) {
        for (EntryCell cell : directory.entries) {
            if (runs[cell.index] == run) {
                runs[cell.index] = run - 1;
                for (int version = 0; version < cell.count(); version++) {
                    if (cell.file(version) >= 0
                            && promises.files.get(cell.file(version)).isDirectory()) {
                        forget(promises.files.get(cell.file(version)));
                    }
                }
            }
        }
    }

    boolean isSeen(EntryCell cell) {
        return runs[cell.index] == run;
    }

    /** What was seen in a cell, null for nothing. */
    @Nullable
    Node node(EntryCell cell) {
        return nodes[cell.index];
    }

    /** Only of a cell that is seen. */
    int low(EntryCell cell) {
        return lows[cell.index];
    }

    int high(EntryCell cell) {
        return highs[cell.index];
    }

    /** Whether what was seen in a cell is what a version says. */
    boolean fits(EntryCell cell, int version) {
        return fits(nodes[cell.index], cell.file(version));
    }

    /** Whether a node, or nothing, is what a version says. */
    boolean fits(@Nullable Node node, int file) {
        if (file == Effect.ABSENT) {
            return node == null;
        }
        if (file == EntryCell.ANY) {
            return true;
        }
        TrackedFile known = promises.files.get(file);
        return node == null ? known.optional : known.mayBe(node);
    }

    /** The first legal version with a stamp from {@code stamp} on that explains what was seen, or {@link #NO_VERSION}. */
    int firstFrom(EntryCell cell, int stamp) {
        for (int version = lows[cell.index]; version <= highs[cell.index]; version++) {
            if (cell.stampOf(version) >= stamp && fits(cell, version)) {
                return version;
            }
        }
        return NO_VERSION;
    }
}
