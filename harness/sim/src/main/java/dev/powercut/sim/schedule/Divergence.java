package dev.powercut.sim.schedule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first step at which two runs differ that should be one and the same.
 *
 * @param step its number, from 0 on
 * @param first what the one run did; null when it had ended
 * @param firstStack where the task stood then, when the schedule keeps stacks
 * @param second what the other run did; null when it had ended
 * @param secondStack likewise
 */
public record Divergence(
        int step,
        @Nullable Step first,
        List<String> firstStack,
        @Nullable Step second,
        List<String> secondStack) {

    public Divergence {
        firstStack = List.copyOf(firstStack);
        secondStack = List.copyOf(secondStack);
    }

    /** Where two schedules differ; null when they are the same. */
    public static @Nullable Divergence between(Schedule one, Schedule other) {
        int shorter = Math.min(one.size(), other.size());
        int step = 0;
        while (step < shorter && one.step(step).equals(other.step(step))) {
            step++;
        }
        if (step == one.size() && step == other.size()) {
            return null;
        }
        return new Divergence(step, at(one, step), one.stack(step), at(other, step), other.stack(step));
    }

    private static @Nullable Step at(Schedule schedule, int step) {
        return step < schedule.size() ? schedule.step(step) : null;
    }

    /** For people, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("the runs differ from step " + step + " on");
        side(lines, "first", first, firstStack);
        side(lines, "second", second, secondStack);
        return lines;
    }

    private static void side(List<String> lines, String which, @Nullable Step step, List<String> stack) {
        lines.add("  the " + which + " run: " + (step == null ? "has ended" : step.toString()));
        for (String frame : stack) {
            lines.add("      at " + frame);
        }
    }
}
