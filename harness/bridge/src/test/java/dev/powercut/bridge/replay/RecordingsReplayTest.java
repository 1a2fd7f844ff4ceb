package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.powercut.bridge.Recordings;
import dev.powercut.bridge.image.ImageStore;
import dev.powercut.bridge.logwrites.LogWritesReader;
import dev.powercut.bridge.logwrites.LogWritesWriter;
import dev.powercut.campaign.Installed;
import dev.powercut.check.tree.FileContents;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The recordings of the Linux kernel's ext2 and ext3, replayed with ours: its fsck, its mount, its reading. */
class RecordingsReplayTest {

    private static final int JUDGED = 12;

    @SuppressWarnings("unused") // named by @FieldSource
    private static final Iterable<String> NAMES = Recordings.ALL;

    @TempDir
    Path folder;

    private static ReplayOptions options(String name) {
        return new ReplayOptions(Recordings.base(name), Recordings.log(name));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyPrefixIsRepairedReadAndKeepsWhatTheMarksSay(String name) throws IOException {
        ReplayResult result = ReplayLog.run(options(name), ReplayProgress.NONE);
        assertEquals(List.of(), result.violations(), String.join("\n", result.lines()));
        assertEquals(0, result.exitCode());
        String found = "fsck      " + Recordings.type(name) + ": ";
        assertTrue(String.join("\n", result.summary()).contains(found), result.summary()::toString);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void e2fsckFindsCleanWhatWeRepairAndRepairsToTheSamePromises(String name) throws IOException {
        requireTool("e2fsck");
        ReplayOptions options = new ReplayOptions(
                Recordings.base(name),
                Recordings.log(name),
                CrashModel.PREFIX,
                List.of(new ReplayCheck.Fsck()),
                Recordings.type(name),
                "e2fsck",
                0,
                JUDGED);
        ReplayResult result = ReplayLog.run(options, ReplayProgress.NONE);
        assertEquals(List.of(), result.violations(), String.join("\n", result.lines()));
        assertTrue(String.join("\n", result.summary()).contains(JUDGED + " crash images repaired with -fy"));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void debugfsReadsTheSameFilesFromWhatWeRepair(String name) throws Exception {
        requireTool("debugfs");
        ReplayStates states = ReplayStates.of(options(name));
        RecoveryMachine machine = new RecoveryMachine(Installed.fileSystem(Recordings.type(name)));
        for (int image : ReplayStates.sample(states.chosen(), 4)) {
            DiskImage recovered = machine.repair(states.image(image)).recovered();
            assertEquals(contents(machine.read(recovered)), contentsByDebugfs(recovered), name + " " + image);
        }
    }

    private static Map<String, String> contents(Node.Directory root) {
        Map<String, String> contents = new TreeMap<>();
        TreeFiles.regular(root)
                .forEach((path, file) -> contents.put(path, file.contents().sha256()));
        return contents;
    }

    private Map<String, String> contentsByDebugfs(DiskImage image) throws Exception {
        Path scratch = Files.createTempDirectory(folder, "dump");
        Path disk = scratch.resolve("disk.img");
        ImageStore.store(image, disk);
        Path dump = Files.createDirectory(scratch.resolve("files"));
        ExternalCommand.run(List.of("debugfs", "-R", "rdump / " + dump, disk.toString()), scratch);
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dump)) {
            for (Path file : files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                String path = dump.relativize(file).toString();
                if (!path.startsWith("lost+found")) {
                    contents.put(path, FileContents.of(Files.readAllBytes(file)).sha256());
                }
            }
        }
        return contents;
    }

    @Test
    void gitItselfFindsNothingWrongWithTheSyncedRepository() throws Exception {
        requireTool("git");
        ReplayStates states = ReplayStates.of(options("b-ext2-sync"));
        RecoveryMachine machine = new RecoveryMachine(Installed.fileSystem("ext2"));
        DiskImage recovered =
                machine.repair(states.image(states.chosen().getLast())).recovered();
        for (Map.Entry<String, Node.RegularFile> file :
                TreeFiles.regular(machine.read(recovered)).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, TreeFiles.bytes(file.getValue()));
        }
        ExternalCommand.Outcome outcome = ExternalCommand.run(
                List.of("git", "--git-dir=" + folder.resolve("repo/.git"), "fsck", "--full", "--strict"), folder);
        assertEquals(0, outcome.exitCode(), outcome.lines().toString());
    }

    /** Each entry is the last write to its place, and holds data of a file that is promised later. */
    @ParameterizedTest
    @CsvSource({"a-ext2-1k, 660, marks", "b-ext2-sync, 481, git", "c-ext2-1k, 701, sqlite", "d-ext2-sync, 667, tree"})
    void dataThatNeverReachedTheDiskAreMissed(String name, int entry, String judge) throws IOException {
        if (judge.equals("sqlite")) {
            requireTool("sqlite3");
        }
        Path broken = folder.resolve("broken.log");
        LogWritesWriter.write(without(name, entry), broken);
        ReplayResult result = ReplayLog.run(new ReplayOptions(Recordings.base(name), broken), ReplayProgress.NONE);
        assertEquals(1, result.exitCode(), String.join("\n", result.lines()));
        assertTrue(
                result.violations().stream()
                        .anyMatch(violation -> violation.check().equals(judge)),
                String.join("\n", result.lines()));
    }

    private static WriteLog without(String name, int entry) {
        DiskImage base = ImageStore.load(Recordings.base(name));
        WriteLog whole = LogWritesReader.read(Recordings.log(name), base);
        WriteLog less = new WriteLog(base);
        for (int i = 0; i < whole.size(); i++) {
            if (i != entry) {
                less.add(whole.get(i));
            }
        }
        return less;
    }

    private static void requireTool(String name) throws IOException {
        Path scratch = ExternalCommand.scratchFolder();
        try {
            ExternalCommand.Outcome found =
                    ExternalCommand.run(List.of("/bin/sh", "-c", "command -v " + name), scratch);
            if (found.exitCode() != 0) {
                String message = name + " is not installed";
                if ("true".equals(System.getenv("CI"))) {
                    fail(message);
                }
                assumeTrue(false, message);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            ExternalCommand.delete(scratch);
        }
    }
}
