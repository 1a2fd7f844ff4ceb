package dev.powercut.app;

import dev.powercut.bridge.image.ImageException;
import dev.powercut.bridge.image.ImageStore;
import dev.powercut.bridge.logwrites.CrashStateLog;
import dev.powercut.bridge.logwrites.LogWritesWriter;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.UsageException;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.WriteLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the crash states of findings as a base image and a dm-log-writes log that ends in them, for the tools of others. */
final class Export {

    private final Path folder;
    private final PrintWriter out;
    private int number;

    Export(Path folder, PrintWriter out) {
        this.folder = folder;
        this.out = out;
    }

    /** Exports what the outcomes found, in their order. */
    void write(List<RunOutcome> outcomes) {
        try {
            for (RunOutcome outcome : outcomes) {
                write(outcome);
            }
        } catch (IOException | ImageException e) {
            throw new UsageException("cannot export to " + folder + ": " + e.getMessage(), e);
        }
        if (number == 0) {
            out.println("export: no finding has a crash state to export");
        }
        out.flush();
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
                LogWritesWriter.write(
                        CrashStateLog.of(log, Kept.parse(finding.legality().state())), file);
                out.println("export: harness/powercut replay-log --base " + base + " --log " + file);
            }
        }
    }
}
