package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream of the kernel's choices, split by the operation that a task is busy with, or was last: leaving an operation out
 * leaves out its choices and shifts no other's. Paths are {@code task[0]/op[17]/write-back[2]}; what happens before a task's
 * first operation stands below {@code task[0]/start}.
 */
final class OperationChoices {

    private static final class Position {
        private int operation = OperationId.BACKGROUND;
        private long draws;
    }

    private final Runner runner;
    private final Choices choices;
    private final String family;
    private final List<Position> positionOfTask = new ArrayList<>();

    /** @param family what the choices are about, the last part of their paths */
    OperationChoices(Runner runner, Choices choices, String family) {
        this.runner = runner;
        this.choices = choices;
        this.family = family;
    }

    /** The next stream of the current task's operation. */
    Choices next() {
        Task task = runner.current();
        while (positionOfTask.size() <= task.index()) {
            positionOfTask.add(new Position());
        }
        Position position = positionOfTask.get(task.index());
        int operation = task.operation().sequence();
        if (operation != OperationId.BACKGROUND && operation != position.operation) {
            position.operation = operation;
            position.draws = 0;
        }
        Choices ofTask = choices.split("task", task.index());
        Choices ofOperation = position.operation == OperationId.BACKGROUND
                ? ofTask.split("start")
                : ofTask.split("op", position.operation);
        return ofOperation.split(family, position.draws++);
    }
}
