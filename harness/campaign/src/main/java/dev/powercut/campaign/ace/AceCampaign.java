package dev.powercut.campaign.ace;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.Totals;
import dev.powercut.campaign.Workers;
import dev.powercut.check.ace.AceSpace;
import dev.powercut.check.ace.AceWorkload;
import dev.powercut.check.explore.PreparedDisk;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.DiskImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs a part of an enumeration by several workers. Disks are formatted and set up once for all workloads that need the same; one
 * workload in {@value #REPEATED_ONE_IN} is recorded twice and shown to the external judge.
 */
public final class AceCampaign {

    private static final int REPEATED_ONE_IN = 64;

    /** Set-ups that are alike share a disk, of which there are a few dozen for two operations; longer sequences have many more. */
    private static final int DISKS_KEPT = 4_096;

    private final RunConfiguration configuration;
    private final FileSystemTarget target;
    private final List<Oracle> oracles;
    private final AceRange range;
    private final int workers;

    /** @param configuration what to do with each workload; its own workload does not count */
    public AceCampaign(
            RunConfiguration configuration,
            FileSystemTarget target,
            List<Oracle> oracles,
            AceRange range,
            int workers) {
        this.configuration =
                configuration.withWorkload(RunConfiguration.ACE + ":" + range.length() + ":" + range.from());
        this.target = target;
        this.oracles = List.copyOf(oracles);
        this.range = range;
        this.workers = workers;
    }

    /**
     * Sees that the configuration can be run, without running it.
     *
     * @throws dev.powercut.campaign.UsageException when it cannot
     */
    public void validate() {
        new Run(configuration, target, oracles).validate();
    }

    /** Runs all workloads of the part, or those up to where the monitor stops it. */
    public AceOutcome run(RunMonitor monitor) {
        return run(Long.MAX_VALUE, Long.MAX_VALUE, monitor);
    }

    /**
     * Runs workloads until a budget is spent. What comes of it does not depend on how many workers there are.
     *
     * @param states how many distinct states to examine, about: the block of workloads that reaches it is done in full
     * @param failedRuns how many workloads with findings are enough
     */
    public AceOutcome run(long states, long failedRuns, RunMonitor monitor) {
        Blocks blocks = new Blocks(range, states, failedRuns);
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(pool.submit(() -> new Worker(monitor).work(blocks)));
            }
            for (Future<?> worker : running) {
                Workers.result(worker, pool);
            }
        }
        AceOutcome outcome = blocks.outcome();
        String judge = target.externalJudge();
        if (judge != null && configuration.judge() == RunConfiguration.Judging.SAMPLE) {
            outcome.totals().noteOfJudge("a sample after one workload in " + REPEATED_ONE_IN);
        }
        return outcome;
    }

    /** One thread with what it uses again from workload to workload. */
    private final class Worker {
        private final RunMonitor monitor;
        /** Each workload is too short to follow its progress. */
        private final RunMonitor quiet = new RunMonitor() {
            @Override
            public HangWatch hangs() {
                return monitor.hangs();
            }
        };

        private final AceSpace space = new AceSpace(range.length());
        private final Run run = new Run(configuration, target, oracles);
        private final DiskImage formatted = run.format();
        private final Map<List<Step>, Optional<PreparedDisk>> disks = new HashMap<>();

        /** Blocks come in ascending order, so what this worker has told in full stands before all that it only counts. */
        private final Set<String> told = new HashSet<>();

        Worker(RunMonitor monitor) {
            this.monitor = monitor;
        }

        void work(Blocks blocks) {
            Blocks.Block block = blocks.take();
            while (block != null) {
                Totals totals = new Totals();
                for (long index = block.from(); index < block.end(); index++) {
                    if (monitor.isStopped()) {
                        return;
                    }
                    totals.add(outcome(space.workload(index)));
                }
                long done = blocks.give(block, totals) - range.from();
                monitor.progressed(configuration, (int) Math.min(done, Integer.MAX_VALUE), (int)
                        Math.min(range.size(), Integer.MAX_VALUE));
                block = blocks.take();
            }
        }

        private RunOutcome outcome(AceWorkload workload) {
            if (disks.size() == DISKS_KEPT) {
                disks.clear();
            }
            Optional<PreparedDisk> disk = disks.computeIfAbsent(
                    workload.setUp(), setUp -> Optional.ofNullable(run.prepare(formatted, setUp)));
            boolean repeated = workload.index() % REPEATED_ONE_IN == 0;
            RunOutcome outcome = run.execute(workload, disk.orElse(null), repeated, told::contains, quiet);
            monitor.ended(outcome);
            for (FindingReport finding : outcome.findings()) {
                told.add(finding.fingerprint());
            }
            return outcome;
        }
    }
}
