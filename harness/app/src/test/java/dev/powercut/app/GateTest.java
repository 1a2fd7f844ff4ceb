package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CI meets: one verdict, whatever the machine. */
final class GateTest {

    private static final String PLAN = """
        {
          "format": "powercut-plan", "version": 1,
          "explorations": [
            {"name": "one", "target": "ext2", "states": 600, "operations": 20},
            {"name": "two", "target": "ext2", "states": 300, "operations": 20, "blockSize": "4K",
             "statesPerRun": 40}
          ]
        }
        """;

    @TempDir
    private Path folder;

    private Outcome gate(String plan, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("plan.json"), plan);
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "gate",
                                "--config",
                                file.toString(),
                                "--out",
                                folder.resolve("out").toString()),
                        Stream.of(more))
                .toList();
        return powercut(arguments.toArray(String[]::new));
    }

    @Test
    void verdictAndFilesDoNotDependOnTheNumberOfWorkers() throws IOException {
        Path out = folder.resolve("out");
        String verdict = "";
        List<byte[]> files = List.of();
        for (int workers = 1; workers <= 3; workers++) {
            Outcome outcome = gate(PLAN, "--workers", Integer.toString(workers));
            assertEquals(0, outcome.exitCode, outcome.err);
            List<byte[]> written = read(out);
            assertEquals(4, written.size());
            if (workers > 1) {
                assertEquals(verdict, outcome.lastLine());
                for (int i = 0; i < files.size(); i++) {
                    assertArrayEquals(files.get(i), written.get(i), "with " + workers + " workers");
                }
            }
            verdict = outcome.lastLine();
            files = written;
        }
        assertTrue(verdict.startsWith("PASS: nothing found in "), verdict);
    }

    private static List<byte[]> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(file -> {
                        try {
                            return Files.readAllBytes(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    /** With a defect, whose one finding a plan may know. */
    private static String broken(String known) {
        return """
            {
              "format": "powercut-plan", "version": 1,
              "explorations": [
                {"name": "one", "target": "ext2", "states": 300, "operations": 8, "defect": "entry-before-inode"}
              ],
              "known": [ %s ]
            }
            """.formatted(known);
    }

    private static String known(String fingerprint) {
        return "{\"target\": \"ext2\", \"fingerprint\": \"" + fingerprint + "\", \"why\": \"ticket 12\"}";
    }

    /** The fingerprint is the same on the screen, in all reports, in the saved case, and on its replay. */
    @Test
    void knownFindingsAreShownAndDoNotFailTheGate() throws IOException {
        Outcome failing = gate(broken(""));
        assertEquals(1, failing.exitCode, failing.err);
        Path out = folder.resolve("out");
        List<String> fingerprints = failing.out
                .lines()
                .filter(line -> line.startsWith("  fingerprint: "))
                .map(line -> line.substring("  fingerprint: ".length()))
                .toList();
        assertFalse(fingerprints.isEmpty(), failing.out);
        for (int i = 0; i < fingerprints.size(); i++) {
            String fingerprint = fingerprints.get(i);
            for (String report : List.of("report.json", "report.sarif", "report.html", "junit.xml")) {
                assertTrue(Files.readString(out.resolve(report)).contains(fingerprint), report + fingerprint);
            }
            Path saved = out.resolve("finding-ext2-" + (i + 1));
            assertTrue(Files.readString(saved.resolve("case.json")).contains(fingerprint), fingerprint);
            assertTrue(powercut("replay " + saved).out.contains(fingerprint), fingerprint);
            Outcome again = powercut("minimize " + saved + " --out " + folder.resolve("again"));
            assertTrue(again.out.contains(fingerprint), again.out);
        }

        String all =
                String.join(", ", fingerprints.stream().map(GateTest::known).toList());
        Outcome passing = gate(broken(all));
        assertEquals(0, passing.exitCode, passing.out);
        assertTrue(passing.lastLine().startsWith("PASS: " + fingerprints.size() + " known finding"), passing.out);
        assertFalse(passing.out.contains("✗"), "nothing looks failed: " + passing.out);
        assertTrue(failing.out.contains("✗"), failing.out);
        assertTrue(passing.out.contains("– one"), passing.out);
        Outcome other = gate(broken(known("promises-kept/lost-entry/creat")));
        assertEquals(1, other.exitCode, other.out);
        assertTrue(
                other.out.contains("0 of 1 known finding seen; mended, or not met within the budget:"
                        + " ext2 promises-kept/lost-entry/creat (ticket 12)"),
                other.out);
    }

    @Test
    void budgetIsOfStatesAndSharedAsPlanned() throws IOException {
        Outcome outcome = gate(PLAN, "--states", "90");
        assertTrue(outcome.out.contains("90 distinct states"), outcome.out);
        assertTrue(outcome.out.contains("40 states of 1 workload: ext2, prefix, random, 20 operations"), outcome.out);
    }

    @Test
    void enumerationAndDepthOfRecoveryCutsAreOfThePlan() throws IOException {
        String plan = """
            {
              "format": "powercut-plan", "version": 1,
              "explorations": [
                {"name": "few", "target": "ext2", "states": 300, "workload": "ace", "length": 2, "shard": "2/16"},
                {"name": "whole", "target": "ext2", "states": 1000000, "workload": "ace", "shard": "1/8"},
                {"name": "deep", "target": "ext2", "states": 100, "operations": 6, "recoveryDepth": 2}
              ]
            }
            """;
        Path out = folder.resolve("out");
        List<byte[]> files = List.of();
        for (int workers = 1; workers <= 2; workers++) {
            Outcome outcome = gate(plan, "--workers", Integer.toString(workers));
            assertEquals(0, outcome.exitCode, outcome.err);
            assertTrue(outcome.out.contains("every workload of 2 core operations, part 2/16"), outcome.out);
            assertTrue(outcome.out.contains("recovery cut 2 times"), outcome.out);
            List<byte[]> written = read(out);
            for (int i = 0; i < files.size(); i++) {
                assertArrayEquals(files.get(i), written.get(i), "with " + workers + " workers");
            }
            files = written;
        }
        String json = Files.readString(out.resolve("report.json"));
        assertTrue(json.contains("--workload ace --length 2 --shard 2/16"), json);
        assertTrue(json.contains("--recovery-depth 2"), json);
    }

    @Test
    void screenIsOneScreen() throws IOException {
        assertTrue(gate(PLAN, "--states", "9").out.lines().count() <= 24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"target\": \"ext2\", \"states\": 300|\"target\": \"ext22\", \"states\": 300|:5: unknown target"
                        + " 'ext22'; did you mean 'ext2'?",
                "\"operations\": 20, \"blockSize\"|\"opertions\": 20, \"blockSize\"|:5: unknown key 'opertions'; did"
                        + " you mean 'operations'?",
                "\"4K\"|\"3K\"|:5: the disk cannot be formatted",
                "\"4K\"|\"4Q\"|:5: '4Q' is not a size",
                "\"name\": \"two\"|\"name\": \"one\"|:5: there are two explorations 'one'",
                "\"statesPerRun\": 40|\"statesPerRun\": 0|:6: 'statesPerRun' is 0, which is not from 1",
                "\"statesPerRun\": 40|\"crash\": \"prefxi\"|:6: unknown crash model 'prefxi'; did you mean 'prefix'?",
                "\"statesPerRun\": 40|\"mountOptions\": \"nix\"|:6: the disk cannot be mounted",
                "\"statesPerRun\": 40|\"recoveryDepth\": 9|:6: 'recoveryDepth' is 9, which is not from 0 to 8",
                "\"statesPerRun\": 40|\"shard\": \"1/2\"|:6: unknown key 'shard'",
                "\"operations\": 20, \"blockSize\": \"4K\"|\"workload\": \"ace\", \"shard\": \"3/2\"|:5: --shard 3/2: the parts"
                        + " are 1/2 to 2/2",
                "\"version\": 1|\"version\": 9|:2: version 9 is of a later Powercut",
            })
    void brokenPlanGivesExitCodeTwoWithFileLineAndReason(String right, String wrong, String message)
            throws IOException {
        Outcome outcome = gate(PLAN.replace(right, wrong));
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("plan.json" + message), outcome.err);
    }

    @Test
    void targetWithoutPlanIsSaid() throws IOException {
        Outcome outcome = gate(PLAN, "--targets", "ext");
        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("unknown target 'ext'"), outcome.err);
    }

    @Test
    void defaultPlanIsFoundFromAnyFolderAndCanBeRun() {
        Outcome outcome = powercut(
                "gate", "--states", "10", "--out", folder.resolve("default").toString());
        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.out.contains("corpus/gate.json"), outcome.out);
    }

    @Test
    void savedCasesAreReplayedAndOneThatComesOutOtherwiseFails() throws IOException {
        Path saved = Home.corpus().resolve("ext2/entry-before-inode/case.json");
        Path copy = Files.createDirectories(folder.resolve("cases/ext2/mine")).resolve("case.json");
        String plan = PLAN.replace("\"explorations\"", "\"cases\": \"cases\", \"explorations\"");

        Files.copy(saved, copy);
        Outcome right = gate(plan, "--states", "2");
        assertEquals(0, right.exitCode, right.err);
        assertTrue(right.out.contains("Saved cases: 1 of 1 as expected"), right.out);

        Files.writeString(copy, Files.readString(saved).replace("\"entry-before-inode\"", "\"size-before-data\""));
        Outcome wrong = gate(plan, "--states", "2");
        assertEquals(1, wrong.exitCode, wrong.err);
        assertTrue(wrong.out.contains("Saved cases: 0 of 1 as expected"), wrong.out);
        assertTrue(wrong.lastLine().startsWith("FAIL: saved cases: 1 of 1 wrong in "), wrong.lastLine());
    }
}
