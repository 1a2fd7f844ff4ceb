package dev.powercut.campaign;

import java.util.List;

/**
 * Who ran when, where several tasks did.
 *
 * @param tasks their names: a turn names one by its index
 * @param turns in the order in which they were taken
 * @param notes what is wrong with it, a line each: who waits for whom, which locks make a circle …
 */
public record Interleaving(List<String> tasks, List<Turn> turns, List<String> notes) {

    public Interleaving {
        tasks = List.copyOf(tasks);
        turns = List.copyOf(turns);
        notes = List.copyOf(notes);
    }

    /**
     * Steps that one task took without another between.
     *
     * @param firstStep counted from 0 over all tasks
     * @param steps what it did at each, such as {@code lock inode 2}
     * @param preempted whether it could have gone on
     */
    public record Turn(int task, int firstStep, List<String> steps, boolean preempted) {
        public Turn {
            steps = List.copyOf(steps);
        }

        public int lastStep() {
            return firstStep + steps.size() - 1;
        }
    }
}
