package dev.powercut.check.promises;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where operations persist in order, one number k of operations explains all names that were found: each is what it was after
 * the first k.
 */
final class OrderRule {

    private final Promises promises;
    private final Cut cut;
    private final Findings findings;
    private final Sightings sightings;

    /** How many more cells agree with k operations than with k - 1. */
    private int[] steps = new int[16];

    /** The cell that demands most operations, and the one that allows least, with how many. */
    private @Nullable EntryCell newest;

    private @Nullable EntryCell oldest;
    private int most;
    private int least;

    OrderRule(Promises promises, Cut cut, Findings findings, Sightings sightings) {
        this.promises = promises;
        this.cut = cut;
        this.findings = findings;
        this.sightings = sightings;
    }

    void judge() {
        int begun = cut.begun();
        if (steps.length < begun + 2) {
            steps = new int[2 * begun + 2];
        }
        Arrays.fill(steps, 0, begun + 2, 0);
        newest = null;
        oldest = null;
        most = 0;
        least = begun;
        int cells = 0;
        for (TrackedFile file : promises.files) {
            for (EntryCell cell : file.entries) {
                if (sightings.isSeen(cell)) {
                    count(cell, begun);
                    cells++;
                }
            }
        }
        int agreeing = 0;
        for (int k = 0; k <= begun; k++) {
            agreeing += steps[k];
            if (agreeing == cells) {
                return;
            }
        }
        outOfOrder();
    }

    /** Version v is what stands there after k operations, for k above its own operation and up to the next version's. */
    private void count(EntryCell cell, int begun) {
        int high = sightings.high(cell);
        int cellMost = begun;
        int cellLeast = 0;
        for (int version = sightings.low(cell); version <= high; version++) {
            if (sightings.fits(cell, version)) {
                int from = EntryCell.operationOf(cell.stampOf(version)) + 1;
                int to = version == high ? begun : EntryCell.operationOf(cell.stampOf(version + 1));
                if (from <= to) {
                    steps[from]++;
                    steps[to + 1]--;
                    cellMost = Math.min(cellMost, from);
                    cellLeast = Math.max(cellLeast, to);
                }
            }
        }
        if (newest == null || cellMost > most) {
            newest = cell;
            most = cellMost;
        }
        if (oldest == null || cellLeast < least) {
            oldest = cell;
            least = cellLeast;
        }
    }

    private void outOfOrder() {
        if (newest == null || oldest == null) {
            return;
        }
        findings.add(
                Violation.Kind.OUT_OF_ORDER,
                findings.path(newest),
                List.of("the names of one moment"),
                "what " + promises.timeline.text(most - 1) + " left, while " + findings.path(oldest)
                        + " is as it was before " + promises.timeline.text(Math.min(least, cut.begun() - 1)),
                "operations persist in order",
                most - 1,
                least);
    }
}
