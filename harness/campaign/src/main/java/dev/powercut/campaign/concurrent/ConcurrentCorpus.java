package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.cases.CaseResult.Outcome;
import dev.powercut.campaign.cases.CaseSetup;
import dev.powercut.campaign.cases.Corpus;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.SchedulePlan;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The saved schedules of a corpus. */
public final class ConcurrentCorpus {

    /** So many schedules are tried besides the saved one, without the defect, or where the saved one means nothing any more. */
    private static final int OTHER_SCHEDULES = 40;

    private ConcurrentCorpus() {}

    /** @param name target and name, such as {@code ext2/rename-deadlock} */
    public record Entry(String name, Path folder, ConcurrentCase saved) {}

    /**
     * What became of a case.
     *
     * @param exact whether all went as it was saved
     * @param withoutDefect what is wrong with the program when no defect is planted; null when nothing is, or the case does not say
     */
    public record Checked(
            Entry entry,
            Outcome outcome,
            boolean exact,
            String sentence,
            @Nullable String withoutDefect) {

        public boolean isAsExpected() {
            return outcome.isAsExpected() && withoutDefect == null;
        }

        /** For example {@code still found, on another way than the saved one}. */
        public String words() {
            return outcome.words()
                    + (exact ? "" : ", on another way than the saved one")
                    + (withoutDefect == null ? "" : "; without the defect: something found");
        }
    }

    /** All of them, by name. */
    public static List<Entry> entries(Corpus corpus) {
        return corpus.schedules().stream()
                .map(folder -> new Entry(corpus.name(folder), folder, ConcurrentCaseFile.read(folder)))
                .toList();
    }

    /** Replays cases, as {@link Corpus#verify} does. */
    public static List<Checked> verify(List<Entry> entries, int workers, HangWatch watch, BooleanSupplier stopped) {
        return Workers.mapUntil(
                stopped,
                entries,
                workers,
                entry -> watch.around(HangReport.ofCase(entry.saved().target()), () -> verify(entry, watch)));
    }

    private static Checked verify(Entry entry, HangWatch watch) {
        CaseSetup.check(entry.folder());
        ConcurrentCase saved = entry.saved();
        FileSystemTarget target = Installed.fileSystem(saved.target());
        List<Oracle> oracles = Installed.oracles();
        ConcurrentReplay replay = new ConcurrentReplay(saved, target, oracles);
        ConcurrentReplay.Replayed replayed = replay.run();
        boolean same = replay.divergence(replayed).isEmpty();
        String without = saved.passesWithoutDefect() ? wrongWithoutDefect(saved, target, oracles, watch::step) : null;
        Trouble trouble = replayed.trouble();
        if (trouble != null) {
            return new Checked(entry, Outcome.FOUND, same && replayed.exact(), trouble.sentence(), without);
        }
        if (!replayed.others().isEmpty()) {
            Trouble other = replayed.others().getFirst();
            return new Checked(entry, Outcome.OTHER_FOUND, same, other.toString(), without);
        }
        Trouble elsewhere = same ? null : first(saved, target, oracles, watch::step);
        if (elsewhere != null) {
            boolean expected = elsewhere.isSameSort(new Trouble(saved.kind(), saved.sentence(), List.of()));
            Outcome outcome = expected ? Outcome.FOUND : Outcome.OTHER_FOUND;
            return new Checked(entry, outcome, false, elsewhere.toString(), without);
        }
        return same
                ? new Checked(entry, Outcome.NO_LONGER_FOUND, true, "the same schedule shows nothing", without)
                : new Checked(
                        entry,
                        Outcome.STALE,
                        false,
                        "the processes go another way than the saved one, and " + OTHER_SCHEDULES
                                + " other schedules show nothing either",
                        without);
    }

    /**
     * What is wrong with the program of a case when no defect is planted, under its own schedule and others; null when nothing is.
     *
     * @param each is told of each run
     */
    public static @Nullable String wrongWithoutDefect(
            ConcurrentCase saved, FileSystemTarget target, List<Oracle> oracles, Runnable each) {
        ConcurrentCase correct = saved.withoutDefect();
        each.run();
        ConcurrentReplay.Replayed own = new ConcurrentReplay(correct, target, oracles).run();
        if (own.trouble() != null) {
            return own.trouble().toString();
        }
        if (!own.others().isEmpty()) {
            return own.others().getFirst().toString();
        }
        Trouble other = first(correct, target, oracles, each);
        return other == null ? null : other.toString();
    }

    /** The first thing that some schedules of a program show. */
    private static @Nullable Trouble first(
            ConcurrentCase saved, FileSystemTarget target, List<Oracle> oracles, Runnable each) {
        ConcurrentSetting setting = saved.setting(target);
        ConcurrentBench bench = ConcurrentBench.of(setting, saved.scenario().program());
        if (bench == null) {
            return new Trouble("set-up", "what the case begins with cannot be set up", List.of());
        }
        CrashJudge judge = saved.judge(setting, oracles);
        List<Trouble> found = new ArrayList<>();
        new ConcurrentSearch(bench, SchedulePlan.USUAL, 1, ConcurrentBench.Recording.LOG)
                .run(OTHER_SCHEDULES, (scenario, outcome) -> {
                    each.run();
                    found.addAll(troubles(bench, judge, outcome));
                    return found.isEmpty();
                });
        return found.isEmpty() ? null : found.getFirst();
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
