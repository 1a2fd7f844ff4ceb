package dev.powercut.sim.schedule;

import dev.powercut.sim.Mixing;
import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A task as the scheduler sees it: what it runs on, and the step that it would take next. */
final class Strand {

    final Task task;
    final Carrier.Fiber fiber;

    /** The step that it is about to take. */
    String kind = "start";

    String resource = "";

    /** What it waits for; null when it can run, runs, or sleeps. */
    @Nullable
    WaitQueue waitsFor;

    /** The step count at which it became ready, or began to wait for the same thing again and again. */
    long since;

    /** Strands take the same few steps again and again, so that their hashes are worth keeping. */
    private String hashedKind = "";

    private String hashedResource = "";
    private long kindHash = Mixing.hash("");
    private long resourceHash = kindHash;

    boolean started;
    boolean ended;
    boolean reportedStarving;

    /** @param run given the strand itself when it first runs */
    Strand(Task task, Carrier.Baton baton, Body run) {
        this.task = task;
        this.fiber = baton.newFiber(() -> run.run(this));
    }

    long kindHash() {
        if (!kind.equals(hashedKind)) {
            hashedKind = kind;
            kindHash = Mixing.hash(kind);
        }
        return kindHash;
    }

    long resourceHash() {
        if (!resource.equals(hashedResource)) {
            hashedResource = resource;
            resourceHash = Mixing.hash(resource);
        }
        return resourceHash;
    }

    /** All that a strand does. */
    interface Body {
        void run(Strand self);
    }
}
