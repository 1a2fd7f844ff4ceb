package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.CpuWatch;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.cases.Case;
import dev.powercut.campaign.cases.CaseFile;
import dev.powercut.campaign.cases.CaseReplay;
import dev.powercut.campaign.cases.CaseResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut explain}: a case or finding on one screen. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Replays a case, and says which write was missing, which promise broke, and what prevents it.",
        footer = {"", "Example: powercut explain corpus/${example.target}/NAME"})
final class ExplainCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Parameters(paramLabel = "CASE", description = "A case file, or a folder with one, such as a finding of a report.")
    private Path path = Path.of("");

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        PrintWriter out = terminal.out();
        if (CaseFile.isSchedule(path)) {
            try (Interruption interruption = new Interruption().watching(terminal)) {
                return new ConcurrentSession(terminal).replay(path, 1, false, interruption);
            }
        }
        Case saved = CaseFile.readInstalled(path);
        CaseResult result;
        SmallFinding story;
        try (CpuWatch watch = Interruption.watch(terminal)) {
            CaseReplay replay = CaseReplay.of(saved, watch).readFrom(path);
            result = replay.run();
            story = replay.explain(result);
        }
        out.println(terminal.strong(path.toString()));
        Lines.notes(result.notes()).forEach(out::println);
        out.println();
        if (story == null) {
            out.println("  " + result.sentence());
        } else {
            out.println(terminal.bad("  " + story.shape()));
            Lines.wrap(result.sentence(), 96).forEach(line -> out.println("  " + line));
            out.println();
            new StoryScreen(terminal).show(story, "  ");
        }
        out.println();
        out.println("  reproduce: harness/powercut replay " + CommandLines.quoted(path.toString()));
        out.println(result.words());
        out.flush();
        return CaseSession.exitCode(result.outcome());
    }
}
