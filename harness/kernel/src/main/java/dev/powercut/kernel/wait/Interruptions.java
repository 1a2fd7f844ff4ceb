package dev.powercut.kernel.wait;

import dev.powercut.sim.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks of one machine to which signals come. */
public final class Interruptions {

    // By index of the task.
    private final List<@Nullable Interruptible> byTask = new ArrayList<>(0);

    public Interruptions() {}

    public void register(Task task, Interruptible interruptible) {
        while (byTask.size() <= task.index()) {
            byTask.add(null);
        }
        byTask.set(task.index(), interruptible);
    }

    public void forget(Task task) {
        byTask.set(task.index(), null);
    }

    /** Null for a task that takes no signals. */
    public @Nullable Interruptible of(Task task) {
        return task.index() < byTask.size() ? byTask.get(task.index()) : null;
    }
}
