package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseResult.Outcome;
import dev.powercut.campaign.cases.CaseState;
import dev.powercut.campaign.concurrent.ConcurrentReplay.Replayed;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.disk.WriteLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the replay of a saved schedule came to.
 *
 * <pre>
 *   what was expected shows      all went as saved        still found
 *                                anything differs         still found, on another way
 *   it does not show             all went as saved        something else found, or no longer found
 *                                anything differs         other schedules are tried: still found on another way, or something
 *                                                         else found there or here, or else stale
 * </pre>
 *
 * A run that is not the saved one says nothing of what was saved: that nothing shows in it never counts as mended.
 */
public final class ScheduleJudge {

    /** So many schedules are tried besides the saved one, without the defect, or where the saved one means nothing any more. */
    private static final int OTHER_SCHEDULES = 40;

    private static final CaseState.Fields FIELDS = new CaseState.Fields("cut", "'image' beside it");

    private final ConcurrentCase saved;
    private final FileSystemTarget target;
    private final List<Oracle> oracles;
    private final @Nullable Path file;
    private final Runnable each;

    /**
     * @param path where the case was read from, or null
     * @param each is told of each run
     */
    public ScheduleJudge(
            ConcurrentCase saved, FileSystemTarget target, List<Oracle> oracles, @Nullable Path path, Runnable each) {
        this.saved = saved;
        this.target = target;
        this.oracles = List.copyOf(oracles);
        this.file = path == null ? null : CaseFile.of(path);
        this.each = each;
    }

    /**
     * Runs the schedule, and others where it means nothing any more.
     *
     * @throws UsageException when the target cannot set the program up any more, or the run is the saved one and cannot leave the
     *     crash state of the case
     */
    public ScheduleResult judge() {
        ConcurrentReplay replay = new ConcurrentReplay(saved, target, oracles);
        each.run();
        Replayed replayed = replay.run();
        checkCut(replayed);
        List<String> divergence = replay.divergence(replayed);
        Found shown = new Found(replayed, divergence, notes(replayed));
        boolean same = divergence.isEmpty();
        Trouble trouble = replayed.trouble();
        if (trouble != null) {
            return shown.as(Outcome.FOUND, same && replayed.exact(), trouble.sentence(), trouble);
        }
        if (!same || saved.traceHash().isEmpty()) {
            return elsewhere(shown);
        }
        List<Trouble> others = replayed.others();
        return others.isEmpty()
                ? shown.as(Outcome.NO_LONGER_FOUND, true, "the same schedule shows nothing", null)
                : shown.as(
                        Outcome.OTHER_FOUND, replayed.exact(), others.getFirst().toString(), null);
    }

    /** What the saved schedule shows, whatever that comes to. */
    private record Found(Replayed replayed, List<String> divergence, List<String> notes) {

        ScheduleResult as(Outcome outcome, boolean exact, String sentence, @Nullable Trouble trouble) {
            return new ScheduleResult(outcome, exact, sentence, divergence, notes, replayed, trouble, null);
        }
    }

    private ScheduleResult elsewhere(Found shown) {
        List<Trouble> found = new ArrayList<>();
        ConcurrentScenario last = first(saved, found);
        Trouble expected = expected(found);
        if (expected != null) {
            return new ScheduleResult(
                    Outcome.FOUND,
                    false,
                    "another schedule of the same program shows it: " + expected,
                    shown.divergence(),
                    shown.notes(),
                    shown.replayed(),
                    expected,
                    last);
        }
        List<Trouble> others =
                shown.replayed().others().isEmpty() ? found : shown.replayed().others();
        if (!others.isEmpty()) {
            return shown.as(Outcome.OTHER_FOUND, false, others.getFirst().toString(), null);
        }
        String why = shown.divergence().isEmpty()
                ? "the case does not say how its run went (its trace is empty), and neither this one"
                : "the processes go another way than the saved one, or the case was changed, and neither this way";
        return shown.as(
                Outcome.STALE, false, why + " nor " + OTHER_SCHEDULES + " other schedules show the finding", null);
    }

    private @Nullable Trouble expected(List<Trouble> troubles) {
        Trouble wanted = new Trouble(saved.kind(), saved.sentence(), List.of());
        for (Trouble trouble : troubles) {
            if (trouble.isSameSort(wanted)) {
                return trouble;
            }
        }
        return null;
    }

    /** What the case says otherwise. */
    private List<String> notes(Replayed replayed) {
        List<String> notes = new ArrayList<>();
        Trouble trouble = replayed.trouble();
        if (trouble != null && !trouble.kind().equals(saved.kind())) {
            notes.add("the case says " + saved.kind() + ", and it is " + trouble.kind());
        }
        if (trouble != null && !replayed.exact()) {
            notes.add("the power does not fail where the case says: that cannot be had, or shows nothing");
        }
        notes.addAll(replayed.choices().notes());
        return notes;
    }

    /** Where the run is the saved one, a crash state that it cannot leave is no change of the target, but a mistake in the file. */
    private void checkCut(Replayed replayed) {
        ConcurrentCase.Cut cut = saved.cut();
        WriteLog log = replayed.outcome().log();
        CrashJudge crashes = saved.judge(saved.setting(target), oracles);
        if (cut != null
                && log != null
                && crashes != null
                && replayed.traceHash().equals(saved.traceHash())) {
            new CaseState(cut.place(), cut.image(), FIELDS, file).check(log, crashes.model());
        }
    }

    /**
     * What is wrong with the program of the case when no defect is planted, under its own schedule and others; null when nothing
     * is.
     */
    public @Nullable String wrongWithoutDefect() {
        ConcurrentCase correct = saved.withoutDefect();
        each.run();
        Replayed own = new ConcurrentReplay(correct, target, oracles).run();
        if (own.trouble() != null) {
            return own.trouble().toString();
        }
        if (!own.others().isEmpty()) {
            return own.others().getFirst().toString();
        }
        List<Trouble> others = new ArrayList<>();
        first(correct, others);
        return others.isEmpty() ? null : others.getFirst().toString();
    }

    /**
     * Runs some schedules of a program, up to the first that shows what is expected.
     *
     * @param found where all that they show is put
     * @return the last that was run; null when the program cannot be set up
     */
    private @Nullable ConcurrentScenario first(ConcurrentCase shown, List<Trouble> found) {
        ConcurrentSetting setting = shown.setting(target);
        ConcurrentBench bench = ConcurrentBench.of(setting, shown.scenario().program());
        if (bench == null) {
            found.add(new Trouble("set-up", "what the case begins with cannot be set up", List.of()));
            return null;
        }
        CrashJudge judge = shown.judge(setting, oracles);
        List<ConcurrentScenario> ran = new ArrayList<>();
        new ConcurrentSearch(bench, SchedulePlan.USUAL, 1, ConcurrentBench.Recording.LOG)
                .run(OTHER_SCHEDULES, (scenario, outcome) -> {
                    each.run();
                    ran.add(scenario);
                    found.addAll(troubles(bench, judge, outcome));
                    return expected(found) == null;
                });
        return ran.getLast();
    }

    private static List<Trouble> troubles(
            ConcurrentBench bench, @Nullable CrashJudge judge, ConcurrentOutcome outcome) {
        List<Trouble> all = new ArrayList<>(outcome.troubles());
        CrashJudge.Judged judged = judge == null ? null : judge.judge(bench, outcome);
        if (judged != null) {
            all.addAll(CrashJudge.troubles(judged.verdict()));
        }
        return all;
    }
}
