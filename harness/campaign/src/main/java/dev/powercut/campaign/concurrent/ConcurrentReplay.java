package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.ChoiceUse;
import dev.powercut.campaign.cases.SmallestCut;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.explore.Finding;
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
     * @param cut where the power fails, when that is what it takes
     * @param exact whether it fails where it was saved to fail; true where it does not have to
     * @param choices which of the case's own choices were made
     */
    public record Replayed(
            ConcurrentOutcome outcome,
            @Nullable Trouble trouble,
            List<Trouble> others,
            @Nullable SmallestCut cut,
            boolean exact,
            Made choices) {

        /** The choices of the kernel and of the schedule that the case names. */
        public record Made(ChoiceUse kernel, ChoiceUse schedule) {

            /** Those without effect, in words. */
            List<String> notes() {
                List<String> words = new ArrayList<>(kernel.withoutEffect());
                words.addAll(schedule.withoutEffect());
                return ChoiceUse.notes(words);
            }
        }

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
        ConcurrentSetting setting = saved.setting(target);
        ConcurrentBench made = ConcurrentBench.of(setting, saved.scenario().program());
        if (made == null) {
            throw new UsageException("the target cannot set up what the case begins with");
        }
        this.bench = made;
        this.judge = saved.judge(setting, oracles);
    }

    /** Runs it. */
    public Replayed run() {
        return run(Recording.LOG);
    }

    /** Runs it, and keeps where each process stood at each step. */
    public Replayed runWithStacks() {
        return run(Recording.LOG_AND_STACKS);
    }

    private ConcurrentOutcome outcome(Recording recording, Replayed.Made choices) {
        ConcurrentScenario scenario = saved.scenario();
        return bench.run(
                scenario.choices(choices.kernel()), scenario.schedule().strategy(choices.schedule()), recording);
    }

    private Replayed run(Recording recording) {
        Replayed.Made choices = made();
        ConcurrentOutcome outcome = outcome(recording, choices);
        List<Trouble> all = new ArrayList<>(outcome.troubles());
        CrashJudge.Judged judged = judge == null ? null : judge.judge(bench, outcome);
        SmallestCut cut = null;
        if (judge != null && judged != null) {
            List<Trouble> afterCut = CrashJudge.troubles(judged.verdict());
            all.addAll(afterCut);
            cut = cut(judge, judged, afterCut);
        }
        Trouble expected = expected();
        Trouble found = null;
        List<Trouble> others = new ArrayList<>();
        for (Trouble trouble : all) {
            if (found == null && trouble.isSameSort(expected)) {
                found = trouble;
            } else {
                others.add(trouble);
            }
        }
        ConcurrentCase.Cut before = saved.cut();
        if (cut != null && found != null) {
            found = CrashJudge.trouble(cut.finding());
        }
        boolean exact = before == null || cut != null && cut.place().equals(before.place());
        return new Replayed(outcome, found, others, cut, exact, choices);
    }

    private Trouble expected() {
        return new Trouble(saved.kind(), saved.sentence(), List.of());
    }

    /** Where it was saved to fail, or where else the finding shows; null when no power cut shows it. */
    private @Nullable SmallestCut cut(CrashJudge crashes, CrashJudge.Judged judged, List<Trouble> afterCut) {
        ConcurrentCase.Cut before = saved.cut();
        for (int i = 0; i < afterCut.size(); i++) {
            if (afterCut.get(i).isSameSort(expected())) {
                Finding finding = judged.verdict().findings().get(i);
                SmallestCut same = before == null
                        ? null
                        : SmallestCut.at(
                                crashes.explorer(),
                                before.place(),
                                before.image(),
                                judged.recording(),
                                judged.verdict(),
                                finding);
                return same != null
                        ? same
                        : SmallestCut.of(
                                crashes.explorer(), crashes.model(), judged.recording(), judged.verdict(), finding);
            }
        }
        return null;
    }

    /** In what a run differs from what the case says, without judging it: a line each. */
    public List<String> contradictions() {
        Replayed.Made choices = made();
        List<String> lines = divergence(outcome(Recording.LOG, choices));
        List<String> all = new ArrayList<>(lines.isEmpty() ? List.of() : lines.subList(0, 1));
        all.addAll(choices.notes());
        return all;
    }

    private Replayed.Made made() {
        ConcurrentScenario scenario = saved.scenario();
        return new Replayed.Made(
                new ChoiceUse(scenario.overrides()),
                new ChoiceUse(scenario.schedule().overrides()));
    }

    /**
     * Where a run goes another way than the saved one did: the first step that differs, a line each; empty when none does, or the case
     * does not say how it went.
     */
    public List<String> divergence(Replayed replayed) {
        return divergence(replayed.outcome());
    }

    private List<String> divergence(ConcurrentOutcome outcome) {
        if (saved.steps().isEmpty() && saved.traceHash().isEmpty()) {
            return List.of();
        }
        List<String> steps = differentStep(outcome);
        String hash = hex(outcome.traceHash());
        return steps.isEmpty()
                        && !saved.traceHash().isEmpty()
                        && !saved.traceHash().equals(hash)
                ? List.of("the run takes the saved steps, and yet is not the saved one: the trace was "
                        + saved.traceHash() + " and is " + hash)
                : steps;
    }

    private List<String> differentStep(ConcurrentOutcome outcome) {
        Schedule now = outcome.schedule();
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
        Schedule stacks = outcome(Recording.LOG_AND_STACKS, made()).schedule();
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

    /** What recovery says of what the power cut leaves, a line each. */
    public List<String> recoveryLines(SmallestCut cut) {
        return judge == null ? List.of() : judge.explorer().recoveryLines(cut.verdict(), cut.finding());
    }

    static String hex(long hash) {
        return String.format("%016x", hash);
    }
}
