package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Runner;
import org.jspecify.annotations.Nullable;

/**
 * How much of what could be read or written through a pipe or a device is: all, unless short transfers are chosen. Regular files
 * are not affected: their reads are short at the end only.
 */
public final class Transfers {

    /** All, one byte, half, all but one. */
    private static final int[] WEIGHTS = {9, 1, 1, 1};

    private final Runner runner;
    private @Nullable OperationChoices choices;

    Transfers(Runner runner) {
        this.runner = runner;
    }

    /** From now on transfers are short when these choices say so; without this call they never are. */
    public void choose(Choices from) {
        choices = new OperationChoices(runner, from, "transfer");
    }

    /** From 1 to {@code possible}; choice 0 is all. */
    public int part(String kind, int possible) {
        if (choices == null || possible <= 1) {
            return possible;
        }
        return switch (choices.next().weighted(kind, WEIGHTS)) {
            case 0 -> possible;
            case 1 -> 1;
            case 2 -> (possible + 1) / 2;
            default -> possible - 1;
        };
    }
}
