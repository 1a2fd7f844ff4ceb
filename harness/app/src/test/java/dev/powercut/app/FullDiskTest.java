package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that find no room: exit code 3, the verdict all the same, and what was saved. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "fills a tmpfs")
class FullDiskTest {

    private static final int DISK_BYTES = 64 << 10;

    private static final String RUN =
            "run --target ext2 --seed 1 --operations 40 --judge none --defect entry-before-inode";

    @TempDir
    private Path folder;

    private Path disk = Path.of("");
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = ended("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk.toString());
        assumeTrue(mounted, "this user may not mount a tmpfs");
    }

    /** The lock of an output folder is open until the JVM ends, so it goes when that does. */
    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertTrue(ended("umount", "-l", disk.toString()), "the tmpfs is still there");
        }
    }

    private static boolean ended(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    /** Leaves so much room. */
    private void fill(int roomBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("fill"))) {
            out.write(new byte[DISK_BYTES - roomBytes]);
        }
    }

    private static Outcome assertFull(String line) {
        Outcome outcome = Outcome.powercut(line);
        assertEquals(3, outcome.exitCode, line + "\n" + outcome.out + outcome.err);
        assertEquals(1, outcome.err.lines().count(), "no stack: " + outcome.err);
        assertTrue(outcome.err.contains("No space left on device"), outcome.err);
        return outcome;
    }

    @Test
    void reportThatFindsNoRoomIsToldWithTheVerdictAndWhatWasSaved() throws IOException {
        fill(24 << 10);

        Outcome run = assertFull(RUN + " --out " + disk.resolve("out"));

        assertTrue(Outcome.lastLine(run.out).startsWith("FAIL: 1 finding"), run.out);
        Path saved = disk.resolve("out/finding-1");
        assertTrue(run.err.contains("saved: " + saved), run.err);
        assertEquals(1, Outcome.powercut("replay " + saved).exitCode, "what was saved is whole");
    }

    @Test
    void caseThatFindsNoRoomDoesNotHideTheVerdict() throws IOException {
        fill(0);

        Outcome run = assertFull(RUN + " --report json --out " + disk.resolve("out"));

        assertTrue(Outcome.lastLine(run.out).startsWith("FAIL: 1 finding"), run.out);
        assertTrue(run.err.contains("saved: nothing"), run.err);
        assertFalse(Files.exists(disk.resolve("out/finding-1/note.md")), "half a case");
    }

    @Test
    void gateSavesTheReportsThatStillFind() throws IOException {
        fill(24 << 10);
        Path plan = Files.writeString(folder.resolve("plan.json"), """
            {"format": "powercut-plan", "version": 1,
             "explorations": [{"name": "small", "target": "ext2", "states": 50, "operations": 10}]}
            """);

        Outcome gate = assertFull("gate --config " + plan + " --out " + disk.resolve("out"));

        assertTrue(Outcome.lastLine(gate.out).startsWith("PASS: "), gate.out);
        assertTrue(gate.err.contains("html"), gate.err);
        for (String file : List.of("junit.xml", "report.sarif")) {
            assertTrue(gate.err.contains(disk.resolve("out").resolve(file).toString()), gate.err);
            assertTrue(Files.exists(disk.resolve("out").resolve(file)), file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUN + " --report json --out OUT --export DISK/export",
                "litmus --target ext2 --seeds 1 --states 50 --crash prefix --out DISK/out",
                "run --target ext2 --workload ace --length 1 --judge none --out DISK/out",
                "corpus add CASE --name one --corpus DISK",
                "minimize CASE --candidates 1 --out DISK/small",
                "mkfs --type ext2 --size 1M DISK/image",
            })
    void whateverIsWrittenSaysThatThereIsNoRoom(String line) throws IOException {
        fill(0);
        String saved = Home.corpus().resolve("ext2/entry-before-inode").toString();

        Outcome outcome = assertFull(line.replace("DISK", disk.toString())
                .replace("CASE", saved)
                .replace("OUT", folder.resolve("out").toString()));

        if (line.startsWith("run")) {
            assertTrue(Outcome.lastLine(outcome.out).matches("(PASS|FAIL): .*"), outcome.out);
        }
    }
}
