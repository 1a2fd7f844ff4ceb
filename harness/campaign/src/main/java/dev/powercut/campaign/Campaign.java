package dev.powercut.campaign;

import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(workers, Math.max(1, seeds.size())))) {
            List<Future<List<RunOutcome>>> running = new ArrayList<>();
            for (long seed : seeds) {
                running.add(pool.submit(() -> runOne(seed, monitor)));
            }
            for (Future<List<RunOutcome>> one : running) {
                outcomes.addAll(result(one, pool));
            }
        }
        return outcomes;
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

    private static List<RunOutcome> result(Future<List<RunOutcome>> future, ExecutorService pool) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a run", e);
        } catch (ExecutionException e) {
            pool.shutdownNow();
            switch (e.getCause()) {
                case RuntimeException failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
