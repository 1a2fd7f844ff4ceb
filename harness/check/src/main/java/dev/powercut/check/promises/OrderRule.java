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

    /** Of one cell, see {@link #findWay}. */
    private EntryCell[] way = new EntryCell[8];

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
        int depth = findWay(cell);
        agreeing(cell, depth, 0, begun);
        int high = sightings.high(cell);
        int cellMost = begun;
        int cellLeast = 0;
        for (int version = sightings.low(cell); version <= high; version++) {
            if (sightings.fits(cell, version)) {
                cellMost = Math.min(cellMost, from(cell, version));
                cellLeast = Math.max(cellLeast, to(cell, version, begun));
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

    /** The entries that lead from the root to a cell's directory, last first; returns how many there are. */
    private int findWay(EntryCell cell) {
        int depth = 0;
        EntryCell through = findings.way(cell.directory);
        while (through != null) {
            if (depth == way.length) {
                way = Arrays.copyOf(way, 2 * depth);
            }
            way[depth++] = through;
            through = findings.way(through.directory);
        }
        return depth;
    }

    /**
     * Counts the numbers of operations with which a cell agrees. An inode number may have been used again, so that what was found on
     * the way may have been another directory after k operations: then that one's cell counts; of what is farther below nothing is
     * known, and it agrees.
     *
     * @param depth how many entries of the way are still to be gone
     */
    private void agreeing(EntryCell cell, int depth, int first, int last) {
        EntryCell here = depth == 0 ? cell : way[depth - 1];
        TrackedFile next = depth == 0 ? null : depth == 1 ? cell.directory : way[depth - 2].directory;
        int high = sightings.high(here);
        for (int version = sightings.low(here); version <= high; version++) {
            int from = Math.max(first, from(here, version));
            int to = Math.min(last, to(here, version, last));
            if (from > to || !sightings.fits(here, version)) {
                continue;
            }
            if (next == null) {
                add(from, to);
            } else if (here.file(version) == next.id) {
                agreeing(cell, depth - 1, from, to);
            } else if (depth == 1 && here.file(version) >= 0) {
                agreeingIn(promises.files.get(here.file(version)), cell, from, to);
            } else {
                add(from, to);
            }
        }
    }

    /** Where a cell's directory was another one: that one must explain what was found under the name. */
    private void agreeingIn(TrackedFile directory, EntryCell cell, int first, int last) {
        for (EntryCell same : directory.entries) {
            if (same.name.equals(cell.name)) {
                for (int version = 0; version < same.count(); version++) {
                    int from = Math.max(first, from(same, version));
                    int to = version + 1 == same.count()
                            ? last
                            : Math.min(last, EntryCell.operationOf(same.stampOf(version + 1)));
                    if (from <= to && sightings.fits(sightings.node(cell), same.file(version))) {
                        add(from, to);
                    }
                }
                return;
            }
        }
        if (sightings.node(cell) == null) {
            add(first, last);
        }
    }

    private void add(int from, int to) {
        steps[from]++;
        steps[to + 1]--;
    }

    private static int from(EntryCell cell, int version) {
        return EntryCell.operationOf(cell.stampOf(version)) + 1;
    }

    private int to(EntryCell cell, int version, int last) {
        return version == sightings.high(cell) ? last : EntryCell.operationOf(cell.stampOf(version + 1));
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
