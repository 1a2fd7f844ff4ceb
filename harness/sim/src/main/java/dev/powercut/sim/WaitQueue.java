package dev.powercut.sim;

import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tasks that wait for one thing, longest first. Only a {@link Runner} changes it. */
public final class WaitQueue {

    private static final Supplier<@Nullable Task> NOBODY = () -> null;

    private final String name;
    private final Supplier<@Nullable Task> holder;
    private final ArrayDeque<Task> waiting = new ArrayDeque<>(2);

    /** @param name what is waited for, as a deadlock report shows it */
    public WaitQueue(String name) {
        this(name, NOBODY);
    }

    /** @param holder the task that has what is waited for, when one has; for deadlock reports */
    public WaitQueue(String name, Supplier<@Nullable Task> holder) {
        this.name = name;
        this.holder = holder;
    }

    public String name() {
        return name;
    }

    /** Who has what is waited for, or null. */
    public @Nullable Task holder() {
        return holder.get();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** For runners: a task begins to wait. */
    public void add(Task task) {
        waiting.add(task);
    }

    /** For runners: the task that has waited longest stops waiting; null when there is none. */
    public @Nullable Task poll() {
        return waiting.poll();
    }

    /** For runners: a task waits no longer. */
    public void remove(Task task) {
        waiting.remove(task);
    }
}
