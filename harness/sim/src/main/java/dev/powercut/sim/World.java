package dev.powercut.sim;

/**
 * One run of the simulation: its choices, clock, trace, runner, and the world-wide numbering of what happens on its disks
 * and wires.
 */
public final class World {

    private final Choices choices;
    private final Clock clock = new Clock();
    private final Trace trace = new Trace();
    private final Steps steps = new Steps();
    private final Runner runner;
    private long sequence;

    /** Makes the runner of a world from what all share. */
    public interface RunnerFactory {
        Runner create(Clock clock, Trace trace);
    }

    private World(Choices choices, RunnerFactory factory) {
        this.choices = choices;
        this.runner = factory.create(clock, trace);
    }

    /** A world with a single task. */
    public static World withOneTask(Choices choices) {
        return new World(choices, (clock, trace) -> new SoloRunner(clock, new Task(0, 0, "main")));
    }

    /** A world whose tasks a runner of the caller's choice runs. */
    public static World with(Choices choices, RunnerFactory factory) {
        return new World(choices, factory);
    }

    public Choices choices() {
        return choices;
    }

    public Clock clock() {
        return clock;
    }

    public Trace trace() {
        return trace;
    }

    /** The steps that code in this world has left. */
    public Steps steps() {
        return steps;
    }

    public Runner runner() {
        return runner;
    }

    /** The next number in the world-wide order of log entries, from 0. */
    public long nextSequence() {
        return sequence++;
    }

    /** How many numbers {@link #nextSequence} has given out. */
    public long sequence() {
        return sequence;
    }
}
