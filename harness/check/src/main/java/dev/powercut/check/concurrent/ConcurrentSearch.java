package dev.powercut.check.concurrent;

import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.List;

/** Runs one program under many schedules, as a plan has it. */
public final class ConcurrentSearch {

    /** What the schedules of one program draw from, below the root of its choices. */
    private static final String SCHEDULES = "schedules";

    private final ConcurrentBench bench;
    private final SchedulePlan plan;
    private final long seed;
    private final Recording recording;

    /** Told of each run. */
    @FunctionalInterface
    public interface Sink {

        /** One run has ended. Returns whether to go on. */
        boolean ran(ConcurrentScenario scenario, ConcurrentOutcome outcome);
    }

    /** @param seed of the kernel's own choices, and of the schedules */
    public ConcurrentSearch(ConcurrentBench bench, SchedulePlan plan, long seed, Recording recording) {
        this.bench = bench;
        this.plan = plan;
        this.seed = seed;
        this.recording = recording;
    }

    /**
     * Runs.
     *
     * @param schedules how many schedules at most
     * @return how many it ran, and whether these are all that the plan allows
     */
    public DepthFirst.Result run(long schedules, Sink sink) {
        if (plan.kind() == SchedulePlan.Kind.DEPTH_FIRST) {
            return new DepthFirst(new DepthFirst.Bounds(plan.parameter(), schedules), SchedulerOptions.usual())
                    .explore(strategy -> tell(strategy, sink));
        }
        Choices drawn = Choices.seeded(seed).split(SCHEDULES);
        int steps = 1;
        long ran = 0;
        while (ran < schedules) {
            // The first goes as everybody would expect; it also tells how many steps there are.
            Strategy strategy =
                    ran == 0 ? Strategy.firstCome() : plan.strategy(drawn.split("schedule", ran), ran, steps);
            ConcurrentOutcome outcome = run(strategy);
            ran++;
            steps = Math.max(1, outcome.schedule().size());
            boolean goesOn = sink.ran(scenario(outcome), outcome);
            if (!goesOn || plan.kind() == SchedulePlan.Kind.FIRST_COME) {
                return new DepthFirst.Result(ran, goesOn);
            }
        }
        return new DepthFirst.Result(ran, false);
    }

    private boolean tell(Strategy strategy, Sink sink) {
        ConcurrentOutcome outcome = run(strategy);
        return sink.ran(scenario(outcome), outcome);
    }

    private ConcurrentOutcome run(Strategy strategy) {
        return bench.run(Choices.seeded(seed), strategy, recording);
    }

    private ConcurrentScenario scenario(ConcurrentOutcome outcome) {
        return new ConcurrentScenario(bench.program(), new ChoiceBase.Seed(seed), List.of(), outcome.saved());
    }
}
