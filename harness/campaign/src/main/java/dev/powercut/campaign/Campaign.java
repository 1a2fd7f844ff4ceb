package dev.powercut.campaign;

import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** One configuration over many seeds, by several workers. What comes of it does not depend on how many workers there are. */
public final class Campaign {

    private final RunConfiguration configuration;
    private final FileSystemTarget target;
    private final List<Oracle> oracles;
    private final int workers;

    /**
     * @param configuration what to do with each seed; its own seed does not count, and its budget of states is each run's
     * @param workers how many runs at a time, at least 1
     */
    public Campaign(RunConfiguration configuration, FileSystemTarget target, List<Oracle> oracles, int workers) {
        this.configuration = configuration;
        this.target = target;
        this.oracles = List.copyOf(oracles);
        this.workers = workers;
    }

    /**
     * Sees that the configuration can be run, without running it.
     *
     * @throws UsageException when it names something that there is not, or asks for what cannot be done
     */
    public void validate() {
        new Run(configuration, target, oracles).validate();
    }

    /**
     * Runs all seeds.
     *
     * @return the outcomes in the order of the seeds; fewer when the monitor stopped it
     * @throws UsageException when the configuration cannot be run
     */
    public List<RunOutcome> run(List<Long> seeds, RunMonitor monitor) {
        List<RunOutcome> outcomes = new ArrayList<>();
        Workers.map(seeds, workers, seed -> runOne(seed, monitor)).forEach(outcomes::addAll);
        return outcomes;
    }

    /**
     * Runs one seed after the other until so many distinct states have been examined, or so many runs have found something that
     * more would not tell more. What other workers have begun by then is stopped and does not count, so that the same runs count
     * however many workers there are.
     *
     * @param states budget, at least 1; the run that reaches it counts in full
     * @param failedRuns how many runs with findings are enough
     * @return the outcomes in the order of the seeds
     * @throws UsageException when the configuration cannot be run
     */
    public List<RunOutcome> runUntil(long firstSeed, long states, int failedRuns, RunMonitor monitor) {
        List<RunOutcome> counted = new ArrayList<>();
        Surplus surplus = new Surplus(monitor);
        Deque<Future<List<RunOutcome>>> running = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            long nextSeed = firstSeed;
            long examined = 0;
            int failed = 0;
            while (examined < states && failed < failedRuns && !monitor.isStopped()) {
                // A few are begun ahead of their turn, so that no worker waits for another.
                while (running.size() < 2 * workers) {
                    long seed = nextSeed++;
                    running.add(pool.submit(() -> runOne(seed, surplus)));
                }
                for (RunOutcome outcome : Workers.result(running.remove(), pool)) {
                    counted.add(outcome);
                    examined += outcome.exploration().distinctStates();
                    failed += outcome.failed() ? 1 : 0;
                    monitor.ended(outcome);
                }
            }
            surplus.stop();
        }
        return counted;
    }

    /** Passes on what runs do, until nobody wants the rest. */
    private static final class Surplus implements RunMonitor {

        private final RunMonitor monitor;
        private final AtomicBoolean unwanted = new AtomicBoolean();

        Surplus(RunMonitor monitor) {
            this.monitor = monitor;
        }

        void stop() {
            unwanted.set(true);
        }

        @Override
        public void progressed(RunConfiguration run, int done, int total) {
            monitor.progressed(run, done, total);
        }

        @Override
        public HangWatch hangs() {
            return monitor.hangs();
        }

        @Override
        public boolean isStopped() {
            return unwanted.get() || monitor.isStopped();
        }
    }

    /** The outcome, or none when it was stopped before it began. */
    private List<RunOutcome> runOne(long seed, RunMonitor monitor) {
        if (monitor.isStopped()) {
            return List.of();
        }
        RunOutcome outcome = new Run(configuration.withSeed(seed), target, oracles).execute(monitor);
        monitor.ended(outcome);
        return List.of(outcome);
    }
}
