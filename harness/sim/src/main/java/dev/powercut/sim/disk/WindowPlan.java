package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A window in the making. */
final class WindowPlan {

    /** A device that keeps the order has come to an alternative of a cell with a part of an entry. */
    record Step(int number, int index, int alternative) {}

    /** A step of a cell. */
    record CellStep(int cell, Step step) {}

    private final List<Pending> pending;
    private final List<Cell> cells = new ArrayList<>();
    private final List<CellStep> steps = new ArrayList<>();
    private final List<Kept.Part> certain = new ArrayList<>();
    private DiskImage base;
    private int uncountedBits;

    WindowPlan(DiskImage durable, List<Pending> pending) {
        this.base = durable;
        this.pending = pending;
    }

    /**
     * Takes a cell; one without a choice is part of the base.
     *
     * @param cellSteps in the order of issue
     */
    void add(Cell cell, List<Step> cellSteps) {
        if (cell.alternatives() > 1) {
            for (Step step : cellSteps) {
                steps.add(new CellStep(cells.size(), step));
            }
            cells.add(cell);
            return;
        }
        for (int i = 0; i < cell.sectors().length; i++) {
            base = base.with(cell.sectors()[i], cell.contents()[0][i]);
        }
        certain.addAll(List.of(cell.kept()[0]));
    }

    /** A cell of so many overlapping writes has more alternatives than it says. */
    void countAtLeast(int bits, int alternatives) {
        uncountedBits += bits - (31 - Integer.numberOfLeadingZeros(alternatives));
    }

    /** @param wholeEntries how many entries, all of which are durable, come before the first that is not */
    CrashWindow window(int wholeEntries, int firstPosition, int lastPosition) {
        steps.sort(
                Comparator.comparingInt((CellStep each) -> each.step.number).thenComparingInt(each -> each.step.index));
        List<Cell> byFirst = new ArrayList<>(cells);
        return new CrashWindow(
                base, pending, byFirst, steps, certain, uncountedBits, wholeEntries, firstPosition, lastPosition);
    }
}
