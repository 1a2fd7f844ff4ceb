package dev.powercut.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "SIGINT is POSIX")
class InterruptTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int SIGINT = 2;

    private static final Duration EXPLORING = Duration.ofSeconds(8);

    @TempDir
    private Path folder;

    @Test
    void controlCWritesWhatWasFoundSoFarAndExitsWith130() throws IOException {
        Path reports = folder.resolve("reports");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(heedingInterrupts());
        command.addAll(OtherJvm.powercut());
        command.addAll(List.of(
                "run", "--target", "ext2", "--seeds", "1..100000", "--judge", "none", "--out", reports.toString()));
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            // Processor time, not the clock: by then it explores, however busy the machine is.
            await().atMost(PATIENCE).until(() -> processorTime(run).compareTo(EXPLORING) > 0);
            assertEquals(0, waitFor(new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start()));
            assertEquals(130, waitFor(run), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            run.destroyForcibly();
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(said.contains("report.html"), said);
        assertFalse(said.contains("; every prefix of the log"), "it was stopped on the way: " + said);
        assertFalse(said.contains("1..100000"), "to repeat what was not run is of no use: " + said);
        assertTrue(Files.size(reports.resolve("report.html")) > 0, said);
    }

    /**
     * What to begin a command line with, so that it heeds SIGINT. A process inherits that it is ignored, as by a background job of a
     * shell without job control, and then so does Java.
     */
    private static List<String> heedingInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return List.of();
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                long ignored = Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16);
                return (ignored >>> SIGINT - 1 & 1) != 0 ? List.of("env", "--default-signal=INT") : List.of();
            }
        }
        return List.of();
    }

    private static Duration processorTime(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    private static int waitFor(Process process) {
        await().atMost(PATIENCE).until(() -> !process.isAlive());
        return process.exitValue();
    }
}
