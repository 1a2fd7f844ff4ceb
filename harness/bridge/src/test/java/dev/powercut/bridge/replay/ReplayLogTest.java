package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.bridge.image.ImageStore;
import dev.powercut.bridge.logwrites.LogFormatException;
import dev.powercut.bridge.logwrites.LogWritesWriter;
import dev.powercut.bridge.logwrites.RecordedMark;
import dev.powercut.campaign.UsageException;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays with commands of the user's, on a log of three writes. */
class ReplayLogTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.Recorded());

    @TempDir
    Path folder;

    private Path base = Path.of("");
    private Path log = Path.of("");

    @BeforeEach
    void recordThreeWrites() throws IOException {
        base = folder.resolve("base.img");
        log = folder.resolve("writes.log");
        DiskImage blank = DiskImage.blank(64);
        ImageStore.store(blank, base);
        WriteLog writes = new WriteLog(blank);
        writes.add(new LogEntry.Write(0, 3, sectors("A", "B"), false, CAUSE));
        writes.add(new LogEntry.Flush(1, CAUSE));
        writes.add(new LogEntry.Mark(2, new RecordedMark("half")));
        writes.add(new LogEntry.Write(3, 9, sectors("C"), false, CAUSE));
        LogWritesWriter.write(writes, log);
    }

    private static Sector[] sectors(String... texts) {
        Sector[] sectors = new Sector[texts.length];
        for (int i = 0; i < texts.length; i++) {
            byte[] bytes = new byte[512];
            System.arraycopy(texts[i].getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, texts[i].length());
            sectors[i] = Sector.copyOf(bytes, 0);
        }
        return sectors;
    }

    private ReplayResult replay(String... checks) throws IOException {
        List<ReplayCheck> parsed =
                List.of(checks).stream().map(ReplayCheck::parse).toList();
        return ReplayLog.run(
                new ReplayOptions(base, log, CrashModel.PREFIX, parsed, null, null, 0, 0), ReplayProgress.NONE);
    }

    /** Adds the image's letters to a file, as a line and at one stroke: commands run several at once. */
    private static String show(Path file) {
        return "printf '%s\\n' \"$(tr -d '\\0' < {})\" >> " + file;
    }

    @Test
    void commandSeesEveryPrefixAlsoWithinWrites() throws IOException {
        Path seen = folder.resolve("seen");
        ReplayResult result = replay(show(seen));
        assertEquals(0, result.exitCode(), result.lines().toString());
        assertEquals(
                List.of("", "A", "AB", "ABC"),
                Files.readAllLines(seen).stream().sorted().toList());
        assertTrue(result.verdict().startsWith("replay-log: nothing found"), result.verdict());
    }

    @Test
    void commandThatFailsIsAViolationWithItsWords() throws IOException {
        ReplayResult result = replay("! grep -q C {} || { echo found a C in {}; exit 7; }");
        assertEquals(1, result.exitCode());
        ReplayViolation violation = result.violations().getFirst();
        assertTrue(violation.sentence().endsWith("exits with 7"), violation.sentence());
        assertEquals(List.of("found a C in the image"), violation.lines());
        assertEquals(1, violation.occurrences());
        assertTrue(
                violation.cut().startsWith("power cut after entry 3, with the disk as entry 3 left it"),
                violation.cut());
        assertTrue(violation.cut().endsWith("last mark half"), violation.cut());
    }

    @Test
    void commandMayChangeItsCopyAndNothingElse() throws IOException {
        byte[] before = Files.readAllBytes(base);
        ReplayResult result = replay("tr -d '\\0' < {} | grep -q Z && exit 1; printf Z > {}");
        assertEquals(0, result.exitCode(), result.lines().toString());
        assertEquals(0, Arrays.compare(before, Files.readAllBytes(base)));
    }

    @Test
    void severalChecksAreAllMade() throws IOException {
        ReplayResult result = replay("test -s {}", "false {}");
        assertEquals(1, result.violations().size());
        assertEquals(4, result.violations().getFirst().occurrences());
    }

    @Test
    void checkWithoutPlaceForTheImageIsRefused() {
        UsageException refused = assertThrows(UsageException.class, () -> ReplayCheck.parse("e2fsck -fn"));
        assertTrue(String.valueOf(refused.getMessage()).contains("write {} in its place"));
    }

    @Test
    void unknownCommandIsRefused() {
        UsageException refused = assertThrows(UsageException.class, () -> replay("no-such-program-anywhere {}"));
        assertTrue(String.valueOf(refused.getMessage()).contains("cannot be run"));
    }

    @Test
    void unsoundLogAndImageTooSmallForItAreRefused() throws IOException {
        ImageStore.store(DiskImage.blank(8), base);
        LogFormatException small = assertThrows(LogFormatException.class, () -> replay("true {}"));
        assertTrue(small.getMessage().contains("8 sectors"), small.getMessage());
        Files.write(log, new byte[4096]);
        assertThrows(LogFormatException.class, () -> replay("true {}"));
    }

    @Test
    void stoppedReplayKeepsWhatItFound() throws IOException {
        ReplayResult result = ReplayLog.run(
                new ReplayOptions(
                        base,
                        log,
                        CrashModel.PREFIX,
                        List.of(ReplayCheck.parse("false {}"), ReplayCheck.parse("test -d {}")),
                        null,
                        null,
                        0,
                        0),
                (done, all) -> false);
        assertEquals(130, result.exitCode());
        assertEquals(1, result.violations().size());
        assertTrue(result.verdict().contains("interrupted"));
    }

    @Test
    void fewerStatesAreSpreadEvenly() throws IOException {
        assertEquals(List.of(0, 3), ReplayStates.sample(List.of(0, 1, 2, 3), 2));
        assertEquals(List.of(0, 2, 5), ReplayStates.sample(List.of(0, 1, 2, 3, 4, 5), 3));
        assertEquals(List.of(7), ReplayStates.sample(List.of(7, 8, 9), 1));
        assertEquals(List.of(7, 8), ReplayStates.sample(List.of(7, 8), 5));
        ReplayResult result = ReplayLog.run(
                new ReplayOptions(
                        base, log, CrashModel.PREFIX, List.of(ReplayCheck.parse("false {}")), null, null, 0, 2),
                ReplayProgress.NONE);
        assertEquals(2, result.violations().getFirst().occurrences());
    }

    @Test
    void deviceOfLargerSectorsIsNotCutWithinThem() throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        // The same log with sectors of 1024 bytes: write A and B at sector 3, as one.
        ByteBuffer large = ByteBuffer.allocate(4 * 1024).order(ByteOrder.LITTLE_ENDIAN);
        large.put(bytes, 0, 16).putLong(1).putInt(1024);
        large.putLong(1024, 3).putLong(1024 + 8, 2);
        large.put(2048, bytes, 1024, 1024);
        Files.write(log, large.array());
        Path seen = folder.resolve("seen");
        ReplayResult result = replay(show(seen));
        assertEquals(0, result.exitCode(), result.lines().toString());
        assertEquals(
                List.of("", "AB"), Files.readAllLines(seen).stream().sorted().toList());
    }
}
