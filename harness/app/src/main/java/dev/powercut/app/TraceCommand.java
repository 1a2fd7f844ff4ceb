package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.concurrent.CaseLayers;
import dev.powercut.campaign.concurrent.ConcurrentCase;
import dev.powercut.campaign.concurrent.ConcurrentCaseFile;
import dev.powercut.campaign.concurrent.ConcurrentReplay;
import dev.powercut.check.target.FileSystemTarget;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut trace}: the way of each call through the layers, down to the disk. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the way of each call of a case through the layers (system call, VFS, page cache, filesystem,",
            "block layer, disk) as an indented timeline: one line for each layer that is entered anew, and for each",
            "request to the disk its virtual time."
        },
        footer = {"", "Example: powercut trace reports/runs/RUN/finding-1"})
final class TraceCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Parameters(arity = "1", paramLabel = "CASE", description = "A case or finding: its file, or the folder with it.")
    private Path path = Path.of("");

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        List<String> lines;
        List<String> contradictions;
        if (CaseFile.isSchedule(path)) {
            ConcurrentCase saved = ConcurrentCaseFile.readInstalled(path);
            lines = CaseLayers.of(saved);
            FileSystemTarget target = Installed.fileSystem(saved.target());
            contradictions = new ConcurrentReplay(saved, target, Installed.oracles()).contradictions();
        } else {
            Case saved = CaseFile.readInstalled(path);
            lines = CaseLayers.of(saved);
            contradictions = CaseReplay.of(saved).contradictions();
        }
        // Not among the lines of the trace, which may be for another program.
        contradictions.forEach(line -> terminal.err().println("powercut trace: " + line));
        terminal.err().flush();
        PrintWriter out = terminal.out();
        lines.forEach(out::println);
        out.flush();
        return ExitCodes.NOTHING_FOUND;
    }
}
