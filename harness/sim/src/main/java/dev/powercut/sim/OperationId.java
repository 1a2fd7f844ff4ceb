package dev.powercut.sim;

/**
 * Names one operation (a system call of a workload, or a piece of background work) in a world.
 *
 * @param machine index of the machine in the world, from 0
 * @param task index of the task on its machine, from 0
 * @param sequence number of the operation within its task, from 0; {@link #BACKGROUND} for work that no operation asked for
 */
public record OperationId(int machine, int task, int sequence) implements Comparable<OperationId> {

    /** The sequence number of work that no operation asked for: formatting, mounting, recovery. */
    public static final int BACKGROUND = -1;

    public static OperationId background(int machine) {
        return new OperationId(machine, 0, BACKGROUND);
    }

    public boolean isBackground() {
        return sequence == BACKGROUND;
    }

    @Override
    public int compareTo(OperationId other) {
        int byMachine = Integer.compare(machine, other.machine);
        int byTask = byMachine != 0 ? byMachine : Integer.compare(task, other.task);
        return byTask != 0 ? byTask : Integer.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return isBackground() ? machine + ":background" : machine + ":" + task + ":" + sequence;
    }
}
