package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.schedule.Divergence;
import dev.powercut.sim.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a saved schedule again. */
public final class ConcurrentReplay {

    private final ConcurrentCase saved;
    private final ConcurrentBench bench;
    private final @Nullable CrashJudge judge;

    /**
     * What came of it.
     *
     * @param trouble what was expected, as it shows now; null when it does not
     * @param others what is wrong besides
     */
    public record Replayed(
            ConcurrentOutcome outcome, @Nullable Trouble trouble, List<Trouble> others) {

        public Replayed {
            others = List.copyOf(others);
        }

        /** Sixteen hexadecimal digits. */
        public String traceHash() {
            return hex(outcome.traceHash());
        }
    }

    /** @throws UsageException when the target cannot set the program up any more */
    public ConcurrentReplay(ConcurrentCase saved, FileSystemTarget target, List<Oracle> oracles) {
        this.saved = saved;
        ConcurrentSetting setting =
                ConcurrentConfiguration.setting(target, saved.defect(), saved.format(), saved.mountOptions());
        ConcurrentBench made = ConcurrentBench.of(setting, saved.scenario().program());
        if (made == null) {
            throw new UsageException("the target cannot set up what the case begins with");
        }
        this.bench = made;
        this.judge = saved.crash().equals(ConcurrentConfiguration.NO_CRASH)
                ? null
                : new CrashJudge(setting, oracles, CrashModels.of(saved.crash()), Integer.MAX_VALUE);
    }

    /** Runs it. */
    public Replayed run() {
        return run(Recording.LOG);
    }

    /** Runs it, and keeps where each process stood at each step. */
    public Replayed runWithStacks() {
        return run(Recording.LOG_AND_STACKS);
    }

    private Replayed run(Recording recording) {
        ConcurrentScenario scenario = saved.scenario();
        ConcurrentOutcome outcome =
                bench.run(scenario.choices(null), scenario.schedule().strategy(), recording);
        List<Trouble> all = new ArrayList<>(outcome.troubles());
        if (judge != null) {
            Verdict verdict = judge.judge(bench, outcome);
            all.addAll(verdict == null ? List.of() : CrashJudge.troubles(verdict));
        }
        Trouble expected = new Trouble(saved.kind(), saved.sentence(), List.of());
        Trouble found = null;
        List<Trouble> others = new ArrayList<>();
        for (Trouble trouble : all) {
            if (found == null && trouble.isSameSort(expected)) {
                found = trouble;
            } else {
                others.add(trouble);
            }
        }
        return new Replayed(outcome, found, others);
    }

    /** Where a run goes another way than the saved one did: the first step that differs, a line each; empty when none does. */
    public List<String> divergence(Replayed replayed) {
        Schedule now = replayed.outcome().schedule();
        int step = 0;
        while (step < now.size()
                && step < saved.steps().size()
                && now.step(step).toString().equals(saved.steps().get(step))) {
            step++;
        }
        if (step == now.size() && step == saved.steps().size()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("the run differs from the saved one from step " + step + " on");
        lines.add("  saved: " + (step < saved.steps().size() ? saved.steps().get(step) : "has ended"));
        lines.add("  now:   " + (step < now.size() ? now.step(step) : "has ended"));
        Schedule stacks = runWithStacks().outcome().schedule();
        for (String frame : stacks.stack(step)) {
            lines.add("      at " + frame);
        }
        return lines;
    }

    /** Where two runs of the same case go different ways; empty when they do not. */
    public static List<String> divergence(Replayed one, Replayed other) {
        Divergence found =
                Divergence.between(one.outcome().schedule(), other.outcome().schedule());
        return found == null ? List.of() : found.lines();
    }

    /** Makes a finding small and a case of it. */
    public static ConcurrentCase small(
            FileSystemTarget target, ConcurrentConfiguration configuration, ConcurrentFinding finding, int budget) {
        ConcurrentSetting setting = configuration.setting(target);
        ConcurrentScenario scenario = finding.scenario();
        ConcurrentBench bench = ConcurrentBench.of(setting, scenario.program());
        if (bench == null) {
            throw new IllegalStateException("what could be set up before cannot be now");
        }
        boolean live = bench.run(scenario.choices(null), scenario.schedule()).trouble(finding.trouble()) != null;
        Trouble trouble = finding.trouble();
        if (live && budget > 0) {
            scenario = new ConcurrentMinimiser(setting, bench, trouble, budget).minimise(scenario);
            bench = ConcurrentBench.of(setting, scenario.program());
            if (bench == null) {
                throw new IllegalStateException("what could be set up before cannot be now");
            }
        }
        ConcurrentOutcome outcome =
                bench.run(scenario.choices(null), scenario.schedule().strategy(), Recording.NOTHING);
        Trouble shown = outcome.trouble(trouble);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < outcome.schedule().size(); i++) {
            steps.add(outcome.schedule().step(i).toString());
        }
        return new ConcurrentCase(
                target.name(),
                configuration.defect(),
                live ? ConcurrentConfiguration.NO_CRASH : configuration.crash(),
                configuration.format(),
                configuration.mountOptions(),
                scenario,
                shown == null ? trouble.kind() : shown.kind(),
                shown == null ? trouble.sentence() : shown.sentence(),
                steps,
                hex(outcome.traceHash()));
    }

    private static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
