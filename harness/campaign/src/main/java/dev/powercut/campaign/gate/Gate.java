package dev.powercut.campaign.gate;

import dev.powercut.campaign.Campaign;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.ace.AceCampaign;
import dev.powercut.campaign.ace.AceOutcome;
import dev.powercut.campaign.cases.Corpus;
import dev.powercut.campaign.concurrent.ConcurrentCorpus;
import dev.powercut.campaign.gate.GatePlan.PlannedExploration;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Replays the corpus, then does what a plan says. */
public final class Gate {

    /** A target that is broken all over fails every run: so many tell enough. */
    private static final int FAILED_RUNS_ENOUGH = 20;

    private final GatePlan plan;
    private final Function<String, FileSystemTarget> targets;
    private final List<Oracle> oracles;
    private final int workers;

    /** @param targets gives a target by its name */
    public Gate(GatePlan plan, Function<String, FileSystemTarget> targets, List<Oracle> oracles, int workers) {
        this.plan = plan;
        this.targets = targets;
        this.oracles = List.copyOf(oracles);
        this.workers = workers;
    }

    /**
     * Does it.
     *
     * @param command the command line that repeats all of it
     * @param reduction makes small what was found
     */
    public GateOutcome run(String command, RunMonitor monitor, Reduction reduction) {
        GateSummary summary = new GateSummary(plan, command);
        if (plan.cases() != null) {
            summary.add(SavedCases.table(
                    Corpus.verify(cases(plan.cases()), workers, monitor.hangs(), monitor::isStopped),
                    ConcurrentCorpus.verify(schedules(plan.cases()), workers, monitor.hangs(), monitor::isStopped)));
        }
        for (PlannedExploration planned : plan.explorations()) {
            if (!monitor.isStopped()) {
                explore(planned, summary, monitor);
            }
        }
        return summary.outcome(monitor.isStopped(), reduction);
    }

    /** The saved cases of the targets that the plan is about. */
    private List<Corpus.Entry> cases(Path folder) {
        return new Corpus(folder)
                .entries().stream()
                        .filter(entry -> isPlanned(entry.saved().target()))
                        .toList();
    }

    private List<ConcurrentCorpus.Entry> schedules(Path folder) {
        return ConcurrentCorpus.entries(new Corpus(folder)).stream()
                .filter(entry -> isPlanned(entry.saved().target()))
                .toList();
    }

    private boolean isPlanned(String target) {
        return plan.explorations().stream()
                .anyMatch(exploration -> exploration.run().target().equals(target));
    }

    private void explore(PlannedExploration planned, GateSummary summary, RunMonitor monitor) {
        RunConfiguration run = planned.run();
        FileSystemTarget target = targets.apply(run.target());
        if (planned.range() != null) {
            AceOutcome outcome = new AceCampaign(run, target, oracles, planned.range(), workers)
                    .run(planned.states(), FAILED_RUNS_ENOUGH, monitor);
            if (!outcome.totals().isEmpty()) {
                summary.add(planned, planned.range(), target, outcome);
            }
            return;
        }
        List<RunOutcome> outcomes = new Campaign(run, target, oracles, workers)
                .runUntil(run.seed(), planned.states(), FAILED_RUNS_ENOUGH, monitor);
        if (!outcomes.isEmpty()) {
            summary.add(planned, target, outcomes);
        }
    }
}
