package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.FormatRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    private static final RunConfiguration USUAL = RunConfiguration.of("ext2", 2);

    @Test
    void usualRunHasAShortName() {
        assertEquals(Path.of("reports", "runs", "ext2-seed2"), OutputFolder.of(null, USUAL, "2"));
    }

    @Test
    void runsThatDifferInFormatOrLengthWriteToFoldersOfTheirOwn() {
        RunConfiguration other = new RunConfiguration(
                "ext2",
                2,
                USUAL.workload(),
                50,
                USUAL.crash(),
                null,
                new FormatRequest(0, 4096, "inode-size=256"),
                "",
                USUAL.judge(),
                USUAL.states());
        assertEquals(
                Path.of("reports", "runs", "ext2-seed2-operations=50-block-size=4096-format=inode-size=256"),
                OutputFolder.of(null, other, "2"));
    }

    @Test
    void runsThatDifferInWhatTheDeviceDoesWriteToFoldersOfTheirOwn() {
        assertEquals(
                Path.of("reports", "runs", "ext2-seed2-recovery-depth=2-fault=write-error_20"),
                OutputFolder.of(null, USUAL.withRecoveryDepth(2).withFault("write-error:20"), "2"));
    }

    /** Another run, which has begun to write to the folder that is its argument, and ends when its input does. */
    static final class OtherRun {
        public static void main(String[] arguments) throws IOException {
            OutputFolder.prepare(Path.of(arguments[0]));
            System.out.println("writing");
            System.out.flush();
            System.in.readAllBytes();
        }
    }

    @Test
    void aFolderThatAnotherRunWritesToIsRefused(@TempDir Path folder) throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherRun.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertEquals("writing", other.inputReader().readLine());
            UsageException refused = assertThrows(UsageException.class, () -> OutputFolder.prepare(folder));
            assertTrue(String.valueOf(refused.getMessage())
                    .startsWith("another run is writing to the output folder " + folder));
        } finally {
            other.outputWriter().close();
            assertEquals(0, other.waitFor());
        }
        OutputFolder.prepare(folder);
        OutputFolder.prepare(folder);
    }
}
