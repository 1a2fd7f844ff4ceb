package dev.powercut.app;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.selftest.Effort;
import dev.powercut.campaign.selftest.SelfTest;
import dev.powercut.campaign.selftest.SelfTestOutcome;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut selftest}: every planted defect is found, and nothing else is. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        description = "Seeks every planted defect, and sees that nothing is found where none is planted.",
        footer = {"", "Example: powercut selftest --quick"})
final class SelfTestCommand implements Callable<Integer>, UserErrors.WritesReports {

    private static final int MOST_SEARCHES = 10_000;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(names = "--quick", description = "One search for each defect, for every build.")
    private boolean quick;

    @Option(names = "--effort", paramLabel = "N", description = "N searches for each defect (default 20).")
    private @Nullable Integer searches;

    @Option(names = "--targets", paramLabel = "A,B", split = ",", description = "These targets only.")
    private List<String> targets = List.of();

    @Mixin
    private BatchOptions batch = new BatchOptions();

    private @Nullable Path folder;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        Effort effort = effort();
        List<ReportFormat> formats = batch.formats();
        SelfTest test = new SelfTest(chosen(), Installed.oracles(), batch.workers());
        Path out = batch.folder("selftest");
        folder = out;
        try (Interruption interruption = new Interruption()) {
            OutputFolder.prepare(out);
            SelfTestOutcome outcome;
            try (SelfTestProgress progress =
                    new SelfTestProgress(terminal, interruption.watching(terminal, formats, out), test.pieces())) {
                outcome = test.run(effort, command(), progress);
            }
            ReportFiles.writeAndShow(
                    outcome.report(), formats, out, files -> new SelfTestScreen(terminal).show(outcome, files));
            if (interruption.isStopped()) {
                return ExitCodes.INTERRUPTED;
            }
            return outcome.isPassed() ? ExitCodes.NOTHING_FOUND : ExitCodes.FINDINGS;
        }
    }

    private Effort effort() {
        if (quick && searches != null) {
            throw new UsageException("give --quick or --effort, not both");
        }
        if (searches != null && (searches < 1 || searches > MOST_SEARCHES)) {
            throw new UsageException("--effort " + searches + " is not from 1 to " + MOST_SEARCHES);
        }
        return quick ? Effort.QUICK : searches == null ? Effort.FULL : Effort.FULL.withSearches(searches);
    }

    private List<FileSystemTarget> chosen() {
        List<FileSystemTarget> chosen = new ArrayList<>();
        if (targets.isEmpty()) {
            for (Target target : Installed.targets()) {
                if (target instanceof FileSystemTarget fileSystem) {
                    chosen.add(fileSystem);
                }
            }
        }
        targets.forEach(name -> chosen.add(Installed.fileSystem(name)));
        return chosen;
    }

    private String command() {
        return "harness/powercut selftest" + (quick ? " --quick" : "")
                + (searches == null ? "" : " --effort " + searches)
                + (targets.isEmpty() ? "" : " --targets " + String.join(",", targets));
    }

    @Override
    public @Nullable Path reportFolder() {
        return folder;
    }

    /** Counts what is done. */
    private static final class SelfTestProgress implements SelfTest.Monitor, AutoCloseable {

        private final Interruption interruption;
        private final PieceBar bar;

        SelfTestProgress(Terminal terminal, Interruption interruption, int pieces) {
            this.interruption = interruption;
            this.bar = new PieceBar(terminal, "defects", pieces);
        }

        @Override
        public void pieceDone() {
            bar.step();
        }

        @Override
        public HangWatch hangs() {
            return interruption.hangs();
        }

        @Override
        public boolean isStopped() {
            return interruption.isStopped();
        }

        @Override
        public void close() {
            bar.close();
        }
    }
}
