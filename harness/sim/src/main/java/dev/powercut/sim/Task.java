package dev.powercut.sim;

/** One thread of simulated execution on a machine, and the operation that it is busy with. */
public final class Task {

    private final int machine;
    private final int index;
    private final String name;
    private OperationId operation;

    public Task(int machine, int index, String name) {
        this.machine = machine;
        this.index = index;
        this.name = name;
        this.operation = new OperationId(machine, index, OperationId.BACKGROUND);
    }

    public String name() {
        return name;
    }

    public int index() {
        return index;
    }

    /** The operation in progress: the cause of what the task dirties and writes. */
    public OperationId operation() {
        return operation;
    }

    /** Enters the operation with a number; {@link OperationId#BACKGROUND} leaves it. */
    public void enter(int sequence) {
        operation = new OperationId(machine, index, sequence);
    }

    @Override
    public String toString() {
        return "task " + name;
    }
}
