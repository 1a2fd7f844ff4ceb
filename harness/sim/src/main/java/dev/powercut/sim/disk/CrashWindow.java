package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of positions of a log in which nothing becomes durable, and all states that a power cut within it may leave, of a
 * device that writes in any order. A position is the number of entries before the cut.
 *
 * <p>The pending sectors fall into cells that go each their own way; a state is one alternative of each cell. It is legal from the
 * position at which the last entry that it has was in flight up to the window's last.
 * States are counted so that the first one has kept nothing, and those with later entries come later.
 */
public final class CrashWindow {

    private final DiskImage base;
    private final List<Pending> pending;
    private final Cell[] cells;
    private final List<WindowPlan.CellStep> steps;
    private final List<Kept.Part> certain;
    private final int wholeEntries;
    private final int firstPosition;
    private final int lastPosition;
    private final long stateCount;
    private final double bits;

    CrashWindow(
            DiskImage base,
            List<Pending> pending,
            List<Cell> cells,
            List<WindowPlan.CellStep> steps,
            List<Kept.Part> certain,
            int uncountedBits,
            int wholeEntries,
            int firstPosition,
            int lastPosition) {
        this.base = base;
        this.pending = List.copyOf(pending);
        this.cells = cells.toArray(new Cell[0]);
        this.steps = List.copyOf(steps);
        this.certain = List.copyOf(certain);
        this.wholeEntries = wholeEntries;
        this.firstPosition = firstPosition;
        this.lastPosition = lastPosition;
        long count = 1;
        double log2 = uncountedBits;
        for (Cell cell : this.cells) {
            log2 += Math.log(cell.alternatives()) / Math.log(2);
            count = count > Long.MAX_VALUE / cell.alternatives() ? Long.MAX_VALUE : count * cell.alternatives();
        }
        this.bits = log2;
        this.stateCount = uncountedBits > 0 ? Long.MAX_VALUE : count;
    }

    public int firstPosition() {
        return firstPosition;
    }

    public int lastPosition() {
        return lastPosition;
    }

    /** How many different images a cut may leave; {@link Long#MAX_VALUE} for that many or more. */
    public long stateCount() {
        return stateCount;
    }

    /** The binary logarithm of the number of states. */
    public double bits() {
        return bits;
    }

    /** How many choices make a state: the length of the arrays of alternatives. */
    public int cellCount() {
        return cells.length;
    }

    /** Told of states. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * One state.
         *
         * @param alternatives for each cell the alternative; valid during the call
         * @param firstPosition the first position at which it is legal; the last is the window's
         */
        void state(DiskImage image, int[] alternatives, int firstPosition);
    }

    /** Visits all states, in their order; one image update and a bit for each. */
    public void forEach(Visitor visitor) {
        int[] alternatives = new int[cells.length];
        DiskImage image = image(alternatives);
        boolean more = true;
        while (more) {
            visitor.state(image, alternatives, firstPosition(alternatives));
            more = false;
            for (int i = 0; i < cells.length && !more; i++) {
                int from = alternatives[i];
                more = from + 1 < cells[i].alternatives();
                alternatives[i] = more ? from + 1 : 0;
                image = cells[i].change(image, from, alternatives[i]);
            }
        }
    }

    /** Visits what a device that keeps the order may leave: nothing, then one sector or write more at a time. */
    public void forEachPrefix(Visitor visitor) {
        int[] alternatives = new int[cells.length];
        DiskImage image = image(alternatives);
        visitor.state(image, alternatives, firstPosition(alternatives));
        for (WindowPlan.CellStep step : steps) {
            int from = alternatives[step.cell()];
            alternatives[step.cell()] = step.step().alternative();
            image = cells[step.cell()].change(image, from, step.step().alternative());
            visitor.state(image, alternatives, firstPosition(alternatives));
        }
    }

    /**
     * Visits states drawn at random, in four ways alike often: what was written up to some point but one to three things; nothing
     * but one to three; a prefix without a random part of its end; any. Some may come twice.
     */
    public void sample(int count, Choices choices, Visitor visitor) {
        int[] alternatives = new int[cells.length];
        int[] before = new int[cells.length];
        DiskImage image = image(alternatives);
        for (int i = 0; i < count; i++) {
            System.arraycopy(alternatives, 0, before, 0, before.length);
            draw(alternatives, choices.split("state", i));
            for (int cell = 0; cell < before.length; cell++) {
                image = cells[cell].change(image, before[cell], alternatives[cell]);
            }
            visitor.state(image, alternatives, firstPosition(alternatives));
        }
    }

    private void draw(int[] alternatives, Choices choices) {
        java.util.Arrays.fill(alternatives, 0);
        switch (choices.choose("crash-state.shape", 4)) {
            case 0 -> {
                prefix(alternatives, choices.choose("crash-state.end", steps.size() + 1));
                change(alternatives, choices.between("crash-state.lost", 1, 3), choices);
            }
            case 1 -> change(alternatives, choices.between("crash-state.kept", 1, 3), choices);
            case 2 -> {
                int end = choices.choose("crash-state.end", steps.size() + 1);
                prefix(alternatives, end);
                int from = end - choices.choose("crash-state.window", Math.min(end, 32) + 1);
                for (int i = from; i < end; i++) {
                    anew(alternatives, steps.get(i).cell(), choices);
                }
            }
            default -> {
                for (int cell = 0; cell < cells.length; cell++) {
                    anew(alternatives, cell, choices);
                }
            }
        }
    }

    private void prefix(int[] alternatives, int stepCount) {
        for (int i = 0; i < stepCount; i++) {
            WindowPlan.CellStep step = steps.get(i);
            alternatives[step.cell()] = step.step().alternative();
        }
    }

    private void change(int[] alternatives, int count, Choices choices) {
        for (int i = 0; i < count && cells.length > 0; i++) {
            anew(alternatives, choices.choose("crash-state.cell", cells.length), choices);
        }
    }

    private void anew(int[] alternatives, int cell, Choices choices) {
        alternatives[cell] = choices.choose("crash-state.alternative", cells[cell].alternatives());
    }

    /** The state with a number from 0 to {@link #stateCount} - 1, in the order of {@link #forEach}. */
    public int[] state(long number) {
        int[] alternatives = new int[cells.length];
        long rest = number;
        for (int i = 0; i < cells.length; i++) {
            alternatives[i] = (int) (rest % cells[i].alternatives());
            rest /= cells[i].alternatives();
        }
        return alternatives;
    }

    /** The number of a state. */
    long number(int[] alternatives) {
        long number = 0;
        for (int i = cells.length - 1; i >= 0; i--) {
            number = number * cells[i].alternatives() + alternatives[i];
        }
        return number;
    }

    /** The state that has lost nothing. */
    int[] all() {
        int[] alternatives = new int[cells.length];
        prefix(alternatives, steps.size());
        return alternatives;
    }

    /** Any state. */
    int[] draw(Choices choices) {
        int[] alternatives = all();
        if (cells.length > 0 && choices.chance("power-cut.loses", 7, 8)) {
            draw(alternatives, choices);
        }
        return alternatives;
    }

    public DiskImage image(int[] alternatives) {
        DiskImage image = base;
        for (int i = 0; i < cells.length; i++) {
            Cell cell = cells[i];
            Sector[] contents = cell.contents()[alternatives[i]];
            for (int j = 0; j < contents.length; j++) {
                image = image.with(cell.sectors()[j], contents[j]);
            }
        }
        return image;
    }

    /** The first position at which a state is legal: the last entry that it has may have been in flight. */
    public int firstPosition(int[] alternatives) {
        int last = -1;
        for (int i = 0; i < alternatives.length; i++) {
            last = Math.max(last, cells[i].last()[alternatives[i]]);
        }
        return last < 0
                ? firstPosition
                : Math.max(firstPosition, pending.get(last).index());
    }

    /** What a state has kept. */
    public Kept kept(int[] alternatives) {
        List<Kept.Part> parts = new ArrayList<>(certain);
        for (int i = 0; i < cells.length; i++) {
            parts.addAll(List.of(cells[i].kept()[alternatives[i]]));
        }
        parts.sort(Comparator.comparingInt(Kept.Part::entry).thenComparingInt(Kept.Part::firstSector));
        List<Kept.Part> joined = new ArrayList<>();
        Kept.@Nullable Part open = null;
        for (Kept.Part part : parts) {
            if (open != null
                    && open.entry() == part.entry()
                    && open.endSector() == part.firstSector()
                    && open.newBytes() == part.newBytes()) {
                open = new Kept.Part(open.entry(), open.firstSector(), part.endSector(), open.newBytes());
                joined.set(joined.size() - 1, open);
            } else if (!part.equals(open)) {
                joined.add(part);
                open = part;
            }
        }
        joined.replaceAll(this::wholeWhereItIs);
        return new Kept.Selection(wholeEntries, joined);
    }

    private Kept.Part wholeWhereItIs(Kept.Part part) {
        for (Pending each : pending) {
            if (each.index() == part.entry()
                    && part.firstSector() == 0
                    && part.endSector() == WriteLog.sectorCount(each.entry())
                    && !part.isDamaged()) {
                return Kept.Part.whole(part.entry());
            }
        }
        return part;
    }

    @Override
    public String toString() {
        return "positions " + firstPosition + " to " + lastPosition;
    }
}
