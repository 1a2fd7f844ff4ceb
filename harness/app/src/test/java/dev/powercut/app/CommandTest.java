package dev.powercut.app;

import static dev.powercut.app.Outcome.powercut;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.check.target.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user meets at the command line: exit codes, messages, files. */
final class CommandTest {

    @TempDir
    private Path folder;

    @Test
    void cleanRunEndsWithVerdictAndWritesAPage() throws IOException {
        Outcome outcome = powercut("run --target ext2 --seed 3 --operations 20 --judge none --out " + folder);

        assertEquals(0, outcome.exitCode, outcome.err);
        assertTrue(outcome.lastLine().startsWith("PASS: nothing found in 1 workload, "), outcome.out);
        assertTrue(Files.isRegularFile(folder.resolve("report.html")));
        String pruning = outcome.out
                .lines()
                .filter(line -> line.startsWith("  pruning "))
                .findFirst()
                .orElseThrow()
                .substring("  pruning ".length())
                .strip();
        assertTrue(Files.readString(folder.resolve("report.html")).contains("Pruning: " + pruning), pruning);
        assertFalse(outcome.out.contains("\u001b"), "colour, though nobody looks");
    }

    @Test
    void findingGivesExitCodeOneAndALineThatReproducesIt() {
        Outcome outcome =
                powercut("run --target ext2 --seeds 1..3 --operations 60 --judge none --defect entry-before-inode"
                        + " --out " + folder);

        assertEquals(1, outcome.exitCode, outcome.err);
        assertTrue(outcome.lastLine().startsWith("FAIL: "), outcome.out);
        assertTrue(outcome.out.contains("missing: the "), outcome.out);
        String reproduce = outcome.out
                .lines()
                .filter(line -> line.contains("reproduce: harness/powercut "))
                .findFirst()
                .orElseThrow();
        String command = reproduce.substring(reproduce.indexOf("harness/powercut ") + "harness/powercut ".length());
        assertEquals(1, powercut(command + " --out " + folder).exitCode, command);
    }

    @Test
    void numberOfWorkersDoesNotChangeTheVerdict() {
        String run = "run --target ext2 --seeds 1..4 --operations 30 --judge none --out " + folder + " --workers ";

        assertEquals(powercut(run + 1).lastLine(), powercut(run + 3).lastLine());
    }

    @Test
    void budgetOfStatesIsKeptAndSaid() {
        Outcome outcome =
                powercut("run --target ext2 --seed 3 --operations 60 --judge none --states 10 --out " + folder);

        assertTrue(outcome.out.contains(" 10 distinct; 10 of the "), outcome.out);
    }

    @Test
    void sameRunGivesTheSameLastLineInTwoJvms() throws Exception {
        String here = powercut("replay --target ext2 --seed 4 --operations 40 --judge none")
                .lastLine();

        assertEquals(here, inOtherJvm("replay --target ext2 --seed 4 --operations 40 --judge none"));
    }

    /** In a JVM whose identity hashes and collector are others. */
    private String inOtherJvm(String line) throws Exception {
        List<String> command =
                OtherJvm.powercut("-XX:+UnlockExperimentalVMOptions", "-XX:hashCode=2", "-XX:+UseParallelGC");
        command.addAll(List.of(line.split(" ")));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(5, TimeUnit.MINUTES), "the other JVM does not end");
        String out = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), out);
        return Outcome.lastLine(out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --target ext3x|did you mean 'ext",
                "run --target ext2 --defect fsync-skips-inodes|did you mean 'fsync-skips-inode'?",
                "run --target ext2 --crash prefiks|did you mean 'prefix'?",
                "run --target ext2 --workload rondom|did you mean 'random'?",
                "run --target ext2 --report htlm|did you mean 'html'?",
                "run --target ext2 --seed x|is not a list of seeds",
                "run --target ext2 --seeds 5..1|counts down",
                "run --target ext2 --seed 1 --seeds 1..2|not both",
                "run --target ext2 --size 4K|too small",
                "run --target ext2 --size 8X|is not a size",
                "run --target ext2 --block-size 3K|1024, 2048 or 4096",
                "run --target ext2 --mount-options foo|no mount option 'foo'",
                "run --target ext2 --operations -1|is not from 0",
                "run --target ext2 --states 0|is not at least 1",
                "run --target ext2 --judge fsck|e2fsck",
                "run --target ext2 --workload script:/nowhere|there is no script",
                "run --seed 1|--target NAME; there is ext2",
                "run --seed x|is not a list of seeds",
                "run --bogus|unknown option '--bogus'",
                "run --target ext2 --crash-model nope|unknown option '--crash-model'",
                "run --target ext2 --operatoins 3|Possible solutions: --operations",
                "runn --target ext2|Did you mean: powercut run?",
                "zzz|the commands are run, gate, audit",
                "mkfs --type ext2 /nowhere/x.img|--size",
                "mkfs --type ext4 --size 8M x.img|did you mean 'ext2'?",
                "mkfs --type ext2 --size 8M|mkfs needs a FILE",
                "replay-log --base /nowhere --log /nowhere|there is no such file",
            })
    void wrongUsageGivesExitCodeTwoAndSaysWhatIsRight(String line, String words) {
        Outcome outcome = powercut(line);

        assertEquals(2, outcome.exitCode, outcome.err);
        assertTrue(outcome.err.contains(words), outcome.err);
        assertFalse(outcome.err.contains("\tat "), "a stack for a user's error: " + outcome.err);
    }

    @Test
    void outputFolderThatIsAFileIsRefusedBeforeTheRun() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Outcome outcome = powercut("run --target ext2 --out " + file);

        assertEquals(2, outcome.exitCode);
        assertTrue(outcome.err.contains("is a file"), outcome.err);
    }

    @Test
    void madeImageIsCleanAndCanBeDumped() {
        Path image = folder.resolve("disk.img");

        assertEquals(0, powercut("mkfs --type ext2 --size 2M --block-size 1K " + image).exitCode);
        assertEquals(0, powercut("fsck --type ext2 -n " + image).exitCode);
        assertEquals(0, powercut("fsck --type ext2 -p " + image).exitCode, "to note the check is no correction");
        assertEquals(0, powercut("fsck --type ext2 -y " + image).exitCode);
        assertTrue(powercut("dump --type ext2 " + image).out.contains("state                   clean"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext2", "ext3", "logfs"})
    void optionsOfATypeAreListedWithoutAFile(String type) {
        Outcome listed = powercut("mkfs --type " + type + " -O list");

        assertEquals(0, listed.exitCode, listed.err);
        assertTrue(listed.out.lines().count() > 1, listed.out);
    }

    @Test
    void plantedDefectsAreCountedAsTheyAreListed() {
        for (Target target : Installed.targets()) {
            List<String> lines =
                    powercut("defects --target " + target.name()).out.lines().toList();
            String count = (lines.size() - 1) + " defects"
                    + (target.furtherDefects().isEmpty()
                            ? ""
                            : ", of which the self-test seeks "
                                    + target.defects().size());

            assertEquals(target.name() + ": " + count, lines.getFirst());
            assertTrue(powercut("targets").out.contains("  can be planted: " + count + "; "), count);
        }
    }

    @Test
    void imageThatIsTooSmallLeavesNoFile() {
        Path image = folder.resolve("small.img");

        assertEquals(2, powercut("mkfs --type ext2 --size 8K " + image).exitCode);
        assertFalse(Files.exists(image));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"fsck --type ext2 -n -p x|16", "fsck --type nix x|16", "fsck --type ext2 /nowhere|8"})
    void fsckHasTheExitCodesOfE2fsck(String line, int exitCode) {
        assertEquals(exitCode, powercut(line).exitCode);
    }

    @Test
    void damageIsToldWithItsPathMendedAndToldAsJson() throws Exception {
        Path image = folder.resolve("disk.img");
        powercut("mkfs --type ext2 --size 20M --block-size 1K " + image);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(1024);
            file.write(new byte[1024]);
        }
        Outcome json = powercut("fsck --type ext2 -n --json " + image);
        assertEquals(4, json.exitCode);
        assertTrue(json.out.contains("{\"kind\":\"superblock-corrupt\",\"inode\":null,\"block\":8193,"), json.out);
        assertTrue(json.out.endsWith("\"exitCode\":4}" + System.lineSeparator()), json.out);
        assertEquals(4, powercut("fsck --type ext2 -p " + image).exitCode);
        assertEquals(8, powercut("fsck --type ext2 -n -b 77 " + image).exitCode);
        assertEquals(16, powercut("fsck --type ext2 -n -E shared=maybe " + image).exitCode);
        assertEquals(16, powercut("fsck --type ext2 -n -B 1000 -b 8193 " + image).exitCode);
        assertEquals(1, powercut("fsck --type ext2 -y -b 8193 -B 1024 " + image).exitCode);
        assertEquals(0, powercut("fsck --type ext2 -n " + image).exitCode);
    }

    @Test
    void whatIsNoImageIsToldWithoutPromises() throws Exception {
        Path image = Files.write(folder.resolve("noise.img"), new byte[65536]);
        Outcome outcome = powercut("fsck --type ext2 -y " + image);
        assertEquals(8, outcome.exitCode);
        assertTrue(outcome.out.contains("no backup superblock was found either"), outcome.out);
        assertFalse(outcome.out.contains("fsck -y"), outcome.out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "gate",
                "audit",
                "selftest",
                "replay",
                "targets",
                "defects",
                "mkfs",
                "fsck",
                "dump",
                "replay-log"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Outcome outcome = powercut(command, "--help");

        assertEquals(0, outcome.exitCode);
        assertTrue(outcome.out.contains("powercut " + command), outcome.out);
        assertTrue(outcome.out.contains("Example"), outcome.out);
    }

    @Test
    void theFindingInTheReadmeIsWhatItsCommandPrints() throws IOException {
        List<String> capture = Files.readAllLines(Path.of("..", "..", "README.md")).stream()
                .dropWhile(line -> !line.startsWith("$ harness/powercut run "))
                .takeWhile(line -> !line.startsWith("```"))
                .toList();
        String command = capture.getFirst().substring("$ harness/powercut ".length());

        Outcome outcome = powercut(command + " --out " + folder.resolve("readme"));

        assertEquals(1, outcome.exitCode, outcome.err);
        for (String line : capture.subList(1, capture.size())) {
            boolean judged = line.contains("external-judge");
            assertTrue(
                    line.isBlank() || line.strip().equals("…") || judged || outcome.out.contains(line),
                    line + " is not in\n" + outcome.out);
        }
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        PrintWriter full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        StringWriter err = new StringWriter();
        Terminal terminal = Outcome.terminal(full, new PrintWriter(err, true));

        assertEquals(3, Powercut.execute(terminal, "targets"));
        assertTrue(err.toString().contains("standard output"), err.toString());
    }
}
