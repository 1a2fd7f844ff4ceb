package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Workers;
import dev.powercut.campaign.cases.CaseSetup;
import dev.powercut.campaign.cases.Corpus;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The saved schedules of a corpus. */
public final class ConcurrentCorpus {

    private ConcurrentCorpus() {}

    /** @param name target and name, such as {@code ext2/rename-deadlock} */
    public record Entry(String name, Path folder, ConcurrentCase saved) {}

    /**
     * What became of a case.
     *
     * @param withoutDefect what is wrong with the program when no defect is planted; null when nothing is, or the case does not say
     */
    public record Checked(
            Entry entry, ScheduleResult result, @Nullable String withoutDefect) {

        public boolean isAsExpected() {
            return result.outcome().isAsExpected() && withoutDefect == null;
        }

        /** For example {@code still found, on another way than the saved one}. */
        public String words() {
            return result.words() + (withoutDefect == null ? "" : "; without the defect: something found");
        }

        /** What is wrong, or how it came out when nothing is. */
        public String sentence() {
            return withoutDefect == null || !result.outcome().isAsExpected() ? result.sentence() : withoutDefect;
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
        ScheduleJudge judge = new ScheduleJudge(
                saved, Installed.fileSystem(saved.target()), Installed.oracles(), entry.folder(), watch::step);
        return new Checked(entry, judge.judge(), saved.passesWithoutDefect() ? judge.wrongWithoutDefect() : null);
    }
}
