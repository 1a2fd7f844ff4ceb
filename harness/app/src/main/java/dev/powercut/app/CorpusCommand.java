package dev.powercut.app;

import dev.powercut.campaign.CpuWatch;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import dev.powercut.campaign.cases.Corpus;
import dev.powercut.campaign.concurrent.ConcurrentCase;
import dev.powercut.campaign.concurrent.ConcurrentCaseFile;
import dev.powercut.campaign.concurrent.ConcurrentCorpus;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut corpus}: saved cases. */
@Command(
        name = "corpus",
        mixinStandardHelpOptions = true,
        description = "Keeps cases as regressions for ever.",
        subcommands = {CorpusCommand.Add.class, CorpusCommand.Listing.class, CorpusCommand.Verify.class},
        footer = {"", "Example: powercut corpus verify"})
final class CorpusCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Override
    public Integer call() {
        throw new UsageException("say what to do: add, list or verify");
    }

    private Terminal terminal() {
        return Objects.requireNonNull(powercut).terminal();
    }

    private static Corpus corpus(@Nullable Path folder) {
        return new Corpus(folder == null ? Home.corpus() : folder);
    }

    /** {@code powercut corpus add}. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Saves a finding or case in the corpus, when it comes out as it says.",
            footer = {"", "Example: powercut corpus add reports/runs/RUN/finding-1 --name NAME"})
    static final class Add implements Callable<Integer> {

        @ParentCommand
        private @Nullable CorpusCommand parent;

        @Parameters(paramLabel = "CASE", description = "A case file, or a folder with one.")
        private Path path = Path.of("");

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name in the corpus.")
        private String name = "";

        @Option(names = "--corpus", paramLabel = "DIR", description = "Another corpus than Powercut's own.")
        private @Nullable Path folder;

        @Override
        public Integer call() {
            if (!name.matches("[a-z0-9][a-z0-9-]*")) {
                throw new UsageException("--name " + name + ": use small letters, digits and hyphens");
            }
            Terminal terminal = Objects.requireNonNull(parent).terminal();
            try (CpuWatch watch = Interruption.watch(terminal)) {
                terminal.out().println(CaseFile.isSchedule(path) ? addSchedule(watch) : addCase(watch));
            }
            return ExitCodes.NOTHING_FOUND;
        }

        private Path addSchedule(CpuWatch watch) {
            ConcurrentCase schedule = ConcurrentCaseFile.readInstalled(path);
            return SavedSchedules.add(path, schedule, place(schedule.target()), watch);
        }

        private Path addCase(CpuWatch watch) {
            Case saved = CaseFile.readInstalled(path);
            Path place = place(saved.target());
            CaseReplay replay = CaseReplay.of(saved, watch).readFrom(path);
            CaseResult result = replay.run();
            if (!result.isToTheLetter()) {
                throw notToTheLetter(path, result.words(), result.notes());
            }
            boolean passes = saved.setting().defect() != null
                    && replay.withoutDefect().outcome().isAsExpected();
            Case kept = saved.expecting(saved.expected(), passes);
            SmallFinding story = replay.explain(result);
            if (story == null) {
                throw new UsageException(path + " shows nothing to be kept");
            }
            return SavedCases.write(place, saved.target() + ": " + name, kept, story);
        }

        /** A case is kept as it is, so all that it says must be so. */
        static UsageException notToTheLetter(Path path, String words, List<String> notes) {
            return new UsageException(path + " does not come out as it says ("
                    + String.join(
                            "; ",
                            Stream.concat(Stream.of(words), notes.stream()).toList())
                    + "); make a new case of it with 'powercut minimize " + path + "'");
        }

        private Path place(String target) {
            Path place = corpus(folder).folderOf(target, name);
            if (Files.exists(place)) {
                throw new UsageException("there is a case " + place + " already; give another --name");
            }
            return place;
        }
    }

    /** {@code powercut corpus list}. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the cases of the corpus.",
            footer = {"", "Example: powercut corpus list"})
    static final class Listing implements Callable<Integer>, UserErrors.Shows {

        @ParentCommand
        private @Nullable CorpusCommand parent;

        @Option(names = "--corpus", paramLabel = "DIR", description = "Another corpus than Powercut's own.")
        private @Nullable Path folder;

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(parent).terminal().out();
            for (Corpus.Entry entry : corpus(folder).entries()) {
                out.println(Lines.padded(entry.name(), 44) + "  " + expectation(entry.saved()));
            }
            for (ConcurrentCorpus.Entry entry : ConcurrentCorpus.entries(corpus(folder))) {
                out.println(Lines.padded(entry.name(), 44) + "  "
                        + VerdictLine.counted(
                                entry.saved().scenario().program().steps().size(), "operation")
                        + " of several processes, " + entry.saved().kind());
            }
            out.flush();
            return ExitCodes.NOTHING_FOUND;
        }

        private static String expectation(Case saved) {
            return VerdictLine.counted(saved.scenario().steps().size(), "operation") + ", "
                    + switch (saved.expected()) {
                        case Case.Expected.Pass() -> "passes";
                        case Case.Expected.Found found -> found.fingerprint();
                    };
        }
    }

    /** {@code powercut corpus verify}. */
    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Replays every case of the corpus; all must come out as they say.",
                "Exit codes: 0 all do, 1 one does not, 2 a case is stale or cannot be read."
            },
            footer = {"", "Example: powercut corpus verify --workers 2"})
    static final class Verify implements Callable<Integer> {

        @ParentCommand
        private @Nullable CorpusCommand parent;

        @Option(names = "--corpus", paramLabel = "DIR", description = "Another corpus than Powercut's own.")
        private @Nullable Path folder;

        @Option(
                names = "--workers",
                paramLabel = "N",
                description = "How many cases at a time (default: one for each processor).")
        private int workers = Runtime.getRuntime().availableProcessors();

        @Override
        public Integer call() {
            Terminal terminal = Objects.requireNonNull(parent).terminal();
            if (workers < 1) {
                throw new UsageException("--workers " + workers + " is not at least 1");
            }
            List<Corpus.Entry> entries = corpus(folder).entries();
            List<ConcurrentCorpus.Entry> schedules = ConcurrentCorpus.entries(corpus(folder));
            try (Interruption interruption = new Interruption().watching(terminal)) {
                List<Corpus.Checked> all =
                        Corpus.verify(entries, workers, interruption.hangs(), interruption::isStopped);
                all.forEach(checked -> show(terminal, checked));
                List<ConcurrentCorpus.Checked> atOnce =
                        ConcurrentCorpus.verify(schedules, workers, interruption.hangs(), interruption::isStopped);
                atOnce.forEach(checked -> SavedSchedules.show(terminal, checked));
                List<CaseResult.Outcome> wrongOnes = wrong(all, atOnce);
                int wrong = wrongOnes.size();
                String verdict = VerdictLine.counted(all.size() + atOnce.size(), "case") + ", "
                        + (wrong == 0 ? "all as expected" : wrong + " not as expected");
                terminal.out()
                        .println(wrong == 0 ? terminal.good("PASS: " + verdict) : terminal.bad("FAIL: " + verdict));
                terminal.out().flush();
                return interruption.isStopped() ? ExitCodes.INTERRUPTED : exitCode(wrongOnes);
            }
        }

        /** The outcomes of those that do not come out as they say. */
        private static List<CaseResult.Outcome> wrong(List<Corpus.Checked> all, List<ConcurrentCorpus.Checked> atOnce) {
            List<CaseResult.Outcome> wrong = new ArrayList<>();
            for (Corpus.Checked one : all) {
                if (!one.isAsExpected()) {
                    wrong.add(one.result().outcome());
                }
            }
            for (ConcurrentCorpus.Checked one : atOnce) {
                if (!one.isAsExpected()) {
                    wrong.add(one.result().outcome());
                }
            }
            return wrong;
        }

        private static int exitCode(List<CaseResult.Outcome> wrong) {
            if (wrong.isEmpty()) {
                return ExitCodes.NOTHING_FOUND;
            }
            boolean onlyStale = wrong.stream().allMatch(outcome -> outcome == CaseResult.Outcome.STALE);
            return onlyStale ? ExitCodes.USAGE : ExitCodes.FINDINGS;
        }

        private static void show(Terminal terminal, Corpus.Checked checked) {
            CaseResult result = checked.result();
            CaseResult correct = checked.withoutDefect();
            String line = Lines.padded(checked.entry().name(), 44) + "  "
                    + result.words()
                    + (correct == null
                            ? ""
                            : "; without the defect: " + correct.outcome().words());
            terminal.out().println("  " + (checked.isAsExpected() ? terminal.tick() : terminal.cross()) + " " + line);
            if (!checked.isAsExpected()) {
                CaseResult wrong = correct == null || !result.outcome().isAsExpected() ? result : correct;
                Lines.wrap(wrong.sentence(), 92).forEach(text -> terminal.out().println("      " + text));
            }
            Lines.notes(result.notes()).forEach(note -> terminal.out().println("    " + note));
        }
    }
}
