package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.campaign.RunConfiguration;
import dev.powercut.check.target.FormatRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
