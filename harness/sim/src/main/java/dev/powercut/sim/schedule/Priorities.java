package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;
import java.util.Arrays;

/** A random priority for each task, drawn when first asked for. Tasks draw from streams of their own: a new task shifts no other's. */
final class Priorities {

    private static final int UNSET = -1;
    private static final int BOUND = 1 << 30;

    private final Choices choices;
    private final int lowest;
    private int[] priorities = new int[0];
    private Choices[] streams = new Choices[0];

    /** @param lowest what the lowest random one is: those below are for the caller to set */
    Priorities(Choices choices, int lowest) {
        this.choices = choices;
        this.lowest = lowest;
    }

    /** The task's priority; where two are equal, the first candidate wins. */
    int of(int task) {
        if (task >= priorities.length) {
            grow(task + 1);
        }
        if (priorities[task] == UNSET) {
            priorities[task] = lowest + streams[task].choose("schedule.priority", BOUND);
        }
        return priorities[task];
    }

    void set(int task, int priority) {
        priorities[task] = priority;
    }

    /** The next time that it is asked for, the task draws another. */
    void forget(int task) {
        if (task < priorities.length) {
            priorities[task] = UNSET;
        }
    }

    /** The candidate with the highest priority. */
    int highest(Candidates candidates) {
        int best = 0;
        int bestPriority = of(candidates.task(0).index());
        for (int i = 1; i < candidates.count(); i++) {
            int priority = of(candidates.task(i).index());
            if (priority > bestPriority) {
                best = i;
                bestPriority = priority;
            }
        }
        return best;
    }

    private void grow(int needed) {
        int from = priorities.length;
        int length = Math.max(needed, Math.max(8, 2 * from));
        priorities = Arrays.copyOf(priorities, length);
        streams = Arrays.copyOf(streams, length);
        for (int task = from; task < length; task++) {
            priorities[task] = UNSET;
            streams[task] = choices.split("task", task);
        }
    }
}
