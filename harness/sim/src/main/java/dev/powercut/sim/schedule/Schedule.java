package dev.powercut.sim.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps that a run took, in order. Grows while the run goes on; afterwards nobody changes it. */
public final class Schedule {

    private int[] tasks = new int[64];
    private String[] kinds = new String[64];
    private String[] resources = new String[64];
    private int size;
    private final BitSet preempting = new BitSet();
    private final List<String> names = new ArrayList<>();
    private final @Nullable List<StackTraceElement[]> stacks;

    Schedule(boolean keepsStacks) {
        this.stacks = keepsStacks ? new ArrayList<>() : null;
    }

    void stack(StackTraceElement[] stack) {
        Objects.requireNonNull(stacks).add(stack);
    }

    /** Where the task stood that took a step, innermost frame first, without the scheduler's own; empty when stacks are not kept. */
    public List<String> stack(int step) {
        return stacks == null || step >= stacks.size() ? List.of() : Reports.frames(stacks.get(step));
    }

    void add(int task, String kind, String resource, boolean preempts) {
        if (size == tasks.length) {
            tasks = Arrays.copyOf(tasks, 2 * size);
            kinds = Arrays.copyOf(kinds, 2 * size);
            resources = Arrays.copyOf(resources, 2 * size);
        }
        tasks[size] = task;
        kinds[size] = kind;
        resources[size] = resource;
        if (preempts) {
            preempting.set(size);
        }
        size++;
    }

    void name(String task) {
        names.add(task);
    }

    public int size() {
        return size;
    }

    /** How often a task that could have gone on did not. */
    public int preemptions() {
        return preempting.cardinality();
    }

    /** Whether the task that took a step did so in place of the one before, which could have gone on. */
    public boolean isPreemption(int step) {
        return preempting.get(step);
    }

    /** Names of the tasks, by index. */
    public List<String> taskNames() {
        return List.copyOf(names);
    }

    /** A step, from 0 on. */
    public Step step(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("step " + index + " of " + size);
        }
        return new Step(tasks[index], kinds[index], resources[index]);
    }

    int task(int index) {
        return tasks[index];
    }

    /** All steps, for people: one line each, one column for each task, the step in the column of the task that took it. */
    public List<String> table() {
        int count = names.size();
        int[] widths = new int[count];
        for (int task = 0; task < count; task++) {
            widths[task] = names.get(task).length();
        }
        for (int i = 0; i < size; i++) {
            widths[tasks[i]] = Math.max(widths[tasks[i]], text(i).length());
        }
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder("  step");
        for (int task = 0; task < count; task++) {
            head.append("  ").append(padded(names.get(task), widths[task]));
        }
        lines.add(head.toString().stripTrailing());
        for (int i = 0; i < size; i++) {
            StringBuilder line = new StringBuilder(String.format("%6d", i));
            for (int task = 0; task <= tasks[i]; task++) {
                line.append("  ").append(padded(task == tasks[i] ? text(i) : "", widths[task]));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private String text(int index) {
        return resources[index].isEmpty() ? kinds[index] : kinds[index] + " " + resources[index];
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule
                && size == schedule.size
                && Arrays.equals(tasks, 0, size, schedule.tasks, 0, size)
                && Arrays.equals(kinds, 0, size, schedule.kinds, 0, size)
                && Arrays.equals(resources, 0, size, schedule.resources, 0, size);
    }

    @Override
    public int hashCode() {
        int hash = size;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + tasks[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return size + " steps of " + names.size() + " tasks, " + preemptions() + " preemptions";
    }
}
