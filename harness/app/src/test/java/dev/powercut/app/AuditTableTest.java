package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.audit.AuditTable;
import dev.powercut.check.target.Barrier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code corpus/audit/TARGET.txt} says of barriers is so: every one is there, and what proves one needed is found again. */
final class AuditTableTest {

    /** Each so-manieth proof is run again; all of them with {@code -Dpowercut.audit.all=true}. */
    private static final int EVERY = Boolean.getBoolean("powercut.audit.all") ? 1 : 12;

    @TempDir
    private Path folder;

    private static Path table(String target) {
        return Home.corpus().resolve("audit").resolve(target + ".txt");
    }

    /** For each barrier the lines under it. */
    private static Map<String, List<String>> rows(String target) throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        List<String> under = new ArrayList<>();
        for (String line : Files.readAllLines(table(target))) {
            for (String verdict : List.of(AuditTable.NEEDED, AuditTable.NOT_SHOWN)) {
                if (line.startsWith(verdict)) {
                    under = new ArrayList<>();
                    rows.put(line.substring(verdict.length(), line.indexOf(':')), under);
                }
            }
            under.add(line);
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "logfs"})
    void everyBarrierIsInTheTableWithWhatTheTargetSaysOfIt(String target) throws Exception {
        Map<String, List<String>> rows = rows(target);

        List<Barrier> barriers = Installed.fileSystem(target).barriers();
        assertEquals(barriers.stream().map(Barrier::name).toList(), List.copyOf(rows.keySet()));
        for (Barrier barrier : barriers) {
            List<String> under = rows.getOrDefault(barrier.name(), List.of());
            assertTrue(under.getFirst().endsWith(": " + barrier.why()), () -> under.getFirst());
            if (under.getFirst().startsWith(AuditTable.NOT_SHOWN)) {
                assertEquals(AuditTable.BECAUSE + barrier.explanation(), under.get(1), barrier.name());
                assertFalse(barrier.explanation().isEmpty(), barrier.name() + " is neither needed nor explained");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "logfs"})
    void whatProvesABarrierNeededIsFoundAgain(String target) throws Exception {
        List<List<String>> needed = rows(target).values().stream()
                .filter(under -> under.getFirst().startsWith(AuditTable.NEEDED))
                .toList();
        assertFalse(needed.isEmpty(), target);
        for (int i = 0; i < needed.size(); i += EVERY) {
            List<String> under = needed.get(i);
            String found = under.get(1).substring(AuditTable.FOUND.length());
            String line = under.get(2)
                    .strip()
                    .replaceFirst("^harness/powercut ", "")
                    .replace("script:corpus/", "script:" + Home.corpus() + "/");
            Outcome run = Outcome.powercut(line + " --minimize 0 --report json --out " + folder);

            assertEquals(1, run.exitCode, () -> line + "\n" + run.out + run.err);
            assertTrue(run.out.contains(found), () -> line + "\n" + run.out);
        }
    }

    @Test
    void tableHasNoCountsThatChangeWithEachRun() throws Exception {
        for (String line : Files.readAllLines(table("ext2"))) {
            assertFalse(line.contains(" states"), line);
        }
    }
}
