package dev.powercut.sim;

import java.util.ArrayDeque;

/** Tasks that wait for one thing, longest first. Only a {@link Runner} changes it. */
public final class WaitQueue {

    private final String name;
    final ArrayDeque<Task> waiting = new ArrayDeque<>();

    /** @param name what is waited for, as a deadlock report shows it */
    public WaitQueue(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }
}
