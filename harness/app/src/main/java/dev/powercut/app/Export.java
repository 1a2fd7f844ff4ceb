package dev.powercut.app;

import dev.powercut.bridge.image.ImageException;
import dev.powercut.bridge.image.ImageStore;
import dev.powercut.bridge.logwrites.CrashStateLog;
import dev.powercut.bridge.logwrites.LogWritesWriter;
import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.judge.ExternalJudge;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.WriteLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the crash states of findings as a base image and a dm-log-writes log that ends in them, for the tools of others. */
final class Export {

    private static final int LINES_SHOWN = 6;

    private final Path folder;
    private final PrintWriter out;
    private final boolean judges;
    private int number;

    /** @param judges whether to ask the target's external judge of those states that are a front of the log, too */
    Export(Path folder, PrintWriter out, boolean judges) {
        this.judges = judges;
        this.folder = folder;
        this.out = out;
    }

    /** Exports what the outcomes found, in their order. */
    void write(List<RunOutcome> outcomes) {
        try {
            for (RunOutcome outcome : outcomes) {
                write(outcome);
            }
        } catch (IOException e) {
            throw lost(FileErrors.reason(e), e);
        } catch (ImageException e) {
            throw lost(String.valueOf(e.getMessage()), e);
        }
        if (number == 0) {
            out.println("export: no finding has a crash state to export");
        }
        out.flush();
    }

    private OutputException lost(String reason, Exception e) {
        return new OutputException(
                "cannot export to " + folder + ": " + reason + "; findings exported before: " + Math.max(0, number - 1),
                List.of(),
                e);
    }

    /** What a checker of somebody else has to say of the state as the power cut left it. */
    private void judge(String target, DiskImage crash) throws IOException {
        String name = Installed.fileSystem(target).externalJudge();
        ExternalJudge judge = name == null ? null : ExternalJudge.find(name);
        if (judge == null) {
            return;
        }
        for (ExternalJudge.Opinion opinion : judge.judge(List.of(crash), () -> false)) {
            out.println(
                    "  " + judge.name() + " -fn: " + (opinion.isClean() ? "clean" : "exit code " + opinion.exitCode()));
            opinion.lines().stream().limit(LINES_SHOWN).forEach(line -> out.println("    " + line));
        }
    }

    private void write(RunOutcome outcome) throws IOException {
        WriteLog log = null;
        for (FindingReport finding : outcome.findings()) {
            if (finding.legality() != null) {
                log = log == null ? Run.of(outcome.configuration()).log() : log;
                Path own = Files.createDirectories(folder.resolve("finding-" + ++number));
                Path base = own.resolve("base.img");
                Path file = own.resolve("log");
                ImageStore.store(log.base(), base);
                Kept kept = Kept.parse(finding.legality().state());
                LogWritesWriter.write(CrashStateLog.of(log, kept), file);
                out.println("export: harness/powercut replay-log --base " + base + " --log " + file);
                if (judges && kept instanceof Kept.Prefix) {
                    judge(outcome.configuration().target(), log.image(kept));
                }
            }
        }
    }
}
