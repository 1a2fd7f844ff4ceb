package dev.powercut.app;

import dev.powercut.campaign.CpuWatch;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.ReportFiles;
import dev.powercut.campaign.ReportFormat;
import dev.powercut.campaign.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C while a run goes on: tells it to stop, and holds the end of the JVM back until what was found so far has been written.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "powercut-interrupt");

    private @Nullable CpuWatch watch;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * From now on a target that hangs ends the JVM, with a report of that and exit code {@link ExitCodes#FINDINGS}: its thread
     * cannot be stopped, and nobody must wait for it.
     */
    Interruption watching(Terminal terminal, List<ReportFormat> formats, Path folder) {
        watch = new CpuWatch(CpuWatch.usualLimitNanos(), hang -> end(hang, terminal, formats, folder));
        return this;
    }

    /** The same where nothing is written to a folder. */
    Interruption watching(Terminal terminal) {
        watch = watch(terminal);
        return this;
    }

    /** The same where Ctrl-C may end the JVM at once. */
    static CpuWatch watch(Terminal terminal) {
        return new CpuWatch(CpuWatch.usualLimitNanos(), hang -> end(hang, terminal, List.of(), Path.of(".")));
    }

    HangWatch hangs() {
        CpuWatch set = watch;
        return set == null ? HangWatch.NONE : set;
    }

    private static void end(CpuWatch.Hang hang, Terminal terminal, List<ReportFormat> formats, Path folder) {
        try {
            RunReport report =
                    HangReport.of(hang, Installed.fileSystem(hang.run().target()));
            FindingReport finding = report.findings().getFirst();
            PrintWriter out = terminal.out();
            out.println(terminal.bad(finding.sentence()));
            finding.recoveryLines().forEach(line -> out.println("  " + line));
            ReportFiles.write(report, formats, folder).forEach(file -> out.println("  report        " + file));
            out.println("  reproduce     " + finding.reproduce());
            out.println(report.verdict());
            out.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCodes.FINDINGS);
        }
    }

    boolean isStopped() {
        return stopped.get();
    }

    private void stop() {
        stopped.set(true);
        try {
            if (!written.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("powercut: what was found so far could not be written in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything has been written: the JVM may end. */
    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        written.countDown();
        if (!stopped.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The end has begun just now: the hook runs, and finds that all is written.
                stopped.set(true);
            }
        }
    }
}
