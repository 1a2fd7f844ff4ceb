package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which barriers are needed. */
final class AuditTest {

    private static final String AUDIT = "audit --target ext2 --states 300 --crash prefix --report json --config ";

    private static final String PLAN = """
        {"format": "powercut-plan", "version": 1,
         "explorations": [{"name": "short", "target": "ext2", "operations": 30, "states": 1}]}
        """;

    @TempDir
    private Path folder;

    private Outcome powercut(String line) throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.json"), PLAN);
        return Outcome.powercut(line.replace("--config ", "--config " + plan) + " --out " + folder);
    }

    @Test
    void neededBarrierIsProvedByAFindingThatCanBeRepeated() throws Exception {
        Outcome outcome = powercut(AUDIT + " --barrier ext2.fsync.flush,ext2.allocate.inodes-ran-out");

        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("✓ ext2.fsync.flush  "), outcome.out);
        assertTrue(outcome.out.contains("AUDIT: 1 of 2 barriers needed, 1 not shown to be needed"), outcome.out);
        String report = Files.readString(folder.resolve("report.json"));
        int from = report.indexOf("\"harness/powercut run") + "\"harness/powercut ".length();
        String line = report.substring(from, report.indexOf('"', from));
        assertTrue(line.contains("--defect without:ext2.fsync.flush"), line);
        assertEquals(1, powercut(line).exitCode, line);
    }

    @Test
    void numberOfWorkersDoesNotChangeTheAudit() throws Exception {
        String audit = AUDIT + " --barrier ext2.sync.flush,ext2.link.count-before-entry --workers ";
        powercut(audit + 1);
        String one = Files.readString(folder.resolve("report.json"));
        powercut(audit + 3);
        assertEquals(one, Files.readString(folder.resolve("report.json")));
    }

    @Test
    void unknownBarrierIsSaidWithTheNearest() throws Exception {
        Outcome outcome = powercut(AUDIT + " --barrier ext2.fsync.flash");
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("did you mean 'ext2.fsync.flush'?"), outcome.err);
    }
}
