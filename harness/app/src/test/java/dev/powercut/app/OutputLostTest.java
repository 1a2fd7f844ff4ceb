package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard outputs that cannot be written: a reader that has gone, as {@code head} does, and a disk that is full. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes and devices of POSIX")
class OutputLostTest {

    /** Runs its arguments with a pipe for its output that nobody reads, and never will. */
    private static final String INTO_A_CLOSED_PIPE = """
            mkfifo pipe
            exec 3<>pipe 4>pipe 3>&-
            exec "$@" >&4
            """;

    private static final String ONTO_A_FULL_DISK = """
            exec "$@" >/dev/full
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeAnImage() throws IOException {
        Path image = folder.resolve("disk.img");
        assertEquals(0, Outcome.powercut("mkfs --type ext2 --size 1M " + image).exitCode);
        Path text = Files.writeString(folder.resolve("text"), "text\n");
        assertEquals(0, Outcome.powercut("cp-in --image " + image + " " + text + " /text").exitCode);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "targets",
                "defects --target ext2",
                "ls --image disk.img -R /",
                "cat --image disk.img /text",
                "stat --image disk.img /text",
                "dump disk.img superblock",
                "run --target ext2 --defect list",
                "run --target ext2 --workload ace --length 2 --count",
                "replay --target ext2 --operations 2 --judge none --trace",
            })
    void whatOnlyShowsEndsQuietlyWhenNobodyReadsOn(String line) throws Exception {
        assertEquals("141: ", outcome(INTO_A_CLOSED_PIPE, line));
    }

    @ParameterizedTest
    @CsvSource({
        "3, run --target ext2 --operations 2 --judge none --report json --out out",
        "8, fsck --type ext2 -n disk.img",
    })
    void aVerdictThatNobodyReadsIsAnError(int code, String line) throws Exception {
        assertEquals(
                code + ": powercut: standard output could not be written; what it said is lost\n",
                outcome(INTO_A_CLOSED_PIPE, line));
    }

    @ParameterizedTest
    @CsvSource({
        "3, targets",
        "3, cat --image disk.img /text",
        "8, fsck --type ext2 -n disk.img",
    })
    void aFullDiskIsAnErrorForEveryCommand(int code, String line) throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "there is no /dev/full");

        assertEquals(
                code + ": powercut: standard output could not be written; what it said is lost\n",
                outcome(ONTO_A_FULL_DISK, line));
    }

    /** Exit code and standard error of a JVM of its own. */
    private String outcome(String script, String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-ec", script, "sh"));
        command.addAll(OtherJvm.powercut());
        command.addAll(List.of(line.split(" ")));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile())
                .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), line);
        return process.exitValue() + ": " + Files.readString(said, StandardCharsets.UTF_8);
    }
}
