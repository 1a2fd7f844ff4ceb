package dev.powercut.sim;

import java.util.ArrayDeque;

/**
 * A queue of messages between tasks, with a bound: senders wait while it is full, receivers while it is empty. Messages arrive
 * in the order in which they were sent.
 */
public final class Mailbox<M> {

    private final Runner runner;
    private final WaitQueue receivers;
    private final WaitQueue senders;
    private final int capacity;
    private final ArrayDeque<M> messages = new ArrayDeque<>();

    /** @param capacity how many messages it holds, at least 1 */
    public Mailbox(Runner runner, String name, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a mailbox for " + capacity + " messages");
        }
        this.runner = runner;
        this.receivers = new WaitQueue("message in " + name);
        this.senders = new WaitQueue("room in " + name);
        this.capacity = capacity;
    }

    public void send(M message) {
        runner.point("send", receivers.name());
        while (messages.size() == capacity) {
            runner.block(senders);
        }
        messages.add(message);
        runner.wake(receivers);
    }

    public M receive() {
        runner.point("receive", receivers.name());
        while (messages.isEmpty()) {
            runner.block(receivers);
        }
        M message = messages.remove();
        runner.wake(senders);
        return message;
    }

    public int size() {
        return messages.size();
    }
}
