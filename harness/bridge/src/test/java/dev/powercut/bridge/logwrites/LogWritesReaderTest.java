package dev.powercut.bridge.logwrites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWritesReaderTest {

    private static final int FLUSH = 1;
    private static final int FUA = 2;
    private static final int DISCARD = 4;
    private static final int METADATA = 16;

    private static List<LogEntry> read(LogBytes log, long deviceSectorCount) {
        List<LogEntry> entries = new ArrayList<>();
        try (LogWritesReader reader = log.open(deviceSectorCount)) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.add(entry);
            }
            assertNull(reader.next());
        }
        return entries;
    }

    private static LogFormatException refusal(LogBytes log) {
        return assertThrows(LogFormatException.class, () -> read(log, 1000));
    }

    private static void assertRefused(LogBytes log, long offsetBytes, String problem) {
        LogFormatException refused = refusal(log);
        assertTrue(refused.getMessage().contains(problem), refused.getMessage());
        assertTrue(refused.getMessage().startsWith("test.log: at byte " + offsetBytes + ": "), refused.getMessage());
        assertEquals(offsetBytes, refused.offsetBytes());
        assertFalse(refused.mend().isBlank());
    }

    @Test
    void writeWithFlushFlagComesAfterItsFlush() {
        List<LogEntry> entries = read(new LogBytes(1, 512).write(5, 2, FLUSH | FUA, 7), 1000);
        assertEquals(2, entries.size());
        assertInstanceOf(LogEntry.Flush.class, entries.get(0));
        LogEntry.Write write = assertInstanceOf(LogEntry.Write.class, entries.get(1));
        assertEquals(5, write.sector());
        assertEquals(2, write.contents().length);
        assertEquals(7, write.contents()[1].at(511));
        assertTrue(write.fua());
        assertEquals(0, entries.get(0).sequence());
        assertEquals(1, entries.get(1).sequence());
    }

    @Test
    void metadataFlagIsTheKindOfTheBlock() {
        List<LogEntry> entries =
                read(new LogBytes(2, 512).write(1, 1, METADATA, 1).write(2, 1, 0, 1), 1000);
        LogEntry.Write metadata = (LogEntry.Write) entries.get(0);
        assertEquals("metadata", metadata.cause().kind().name());
        assertEquals(new Trigger.Recorded(), metadata.cause().trigger());
        assertFalse(metadata.fua());
        assertEquals("data", ((LogEntry.Write) entries.get(1)).cause().kind().name());
    }

    @Test
    void discardHasNoPayloadAndReadsAsZeroes() {
        LogBytes log =
                new LogBytes(3, 512).write(0, 8, 0, 9).header(2, 4, DISCARD, 0).mark("after");
        DiskImage image = DiskImage.blank(1000);
        for (LogEntry entry : read(log, 1000)) {
            image = WriteLog.apply(image, entry);
        }
        byte[] expected = new byte[1000 * 512];
        Arrays.fill(expected, 0, 2 * 512, (byte) 9);
        Arrays.fill(expected, 6 * 512, 8 * 512, (byte) 9);
        assertEquals(DiskImage.of(expected), image);
    }

    @Test
    void addressesAreInUnitsOfTheLogsSectorSize() {
        LogBytes log =
                new LogBytes(3, 4096).write(3, 1, 0, 6).header(2, 5, DISCARD, 0).mark("marked");
        List<LogEntry> entries = read(log, 1000);
        LogEntry.Write write = (LogEntry.Write) entries.get(0);
        assertEquals(24, write.sector());
        assertEquals(8, write.contents().length);
        LogEntry.Discard discard = (LogEntry.Discard) entries.get(1);
        assertEquals(16, discard.sector());
        assertEquals(40, discard.count());
        assertEquals("marked", ((LogEntry.Mark) entries.get(2)).event().text());
        try (LogWritesReader reader = log.open(1000)) {
            assertEquals(8, reader.sectorsPerLogSector());
        }
    }

    @Test
    void markOfBytesThatAreNoUtf8IsKept() {
        LogBytes log = new LogBytes(1, 512).header(0, 0, 8, 3, (byte) 'a', (byte) 0xFF, (byte) 'b');
        assertEquals(
                "a\uDCFFb", ((LogEntry.Mark) read(log, 1000).getFirst()).event().text());
    }

    @Test
    void readerSaysWhichEntryItIsAt() {
        LogBytes log =
                new LogBytes(3, 512).write(1, 2, 0, 1).write(1, 1, FLUSH, 1).mark("x");
        try (LogWritesReader reader = log.open(1000)) {
            assertEquals(3, reader.entryCount());
            reader.next();
            assertEquals(0, reader.entryNumber());
            assertEquals(512, reader.entryOffsetBytes());
            reader.next();
            reader.next();
            assertEquals(1, reader.entryNumber());
            assertEquals(2048, reader.entryOffsetBytes());
        }
    }

    @Test
    void zeroesAfterTheLastEntryAreTheRestOfTheLogDevice() {
        assertEquals(
                1,
                read(new LogBytes(1, 512).mark("x").bytes(new byte[200_000]), 1000)
                        .size());
    }

    @Test
    void emptyLogHasNoEntries() {
        assertEquals(List.of(), read(new LogBytes(0, 512), 1000));
    }

    @Test
    void superblockThatIsShortForeignOrAbsurdIsRefused() {
        assertEquals(
                17,
                assertThrows(
                                LogFormatException.class,
                                () -> LogWritesReader.open(new ByteArrayInputStream(new byte[17]), "test.log", 1000))
                        .offsetBytes());
        assertRefused(new LogBytes(0x1234, 1, 0, 512), 0, "no dm-log-writes log");
        assertRefused(new LogBytes(LogWritesFormat.MAGIC, 2, 0, 512), 8, "version is 2");
        assertRefused(new LogBytes(LogWritesFormat.MAGIC, 1, -1, 512), 16, "18446744073709551615 entries");
        for (int size : new int[] {0, 1, 511, 513, 1536, 1 << 17, -512}) {
            assertRefused(new LogBytes(0, 512).claiming(size), 24, "sector size");
        }
        byte[] large = Arrays.copyOf(new LogBytes(0, 4096).toByteArray(), 4000);
        assertEquals(
                4000,
                assertThrows(
                                LogFormatException.class,
                                () -> LogWritesReader.open(new ByteArrayInputStream(large), "test.log", 1000))
                        .offsetBytes());
    }

    @Test
    void logWithFewerOrMoreEntriesThanCountedIsRefused() {
        assertRefused(new LogBytes(3, 512).mark("a").mark("b"), 1536, "counts 3");
        assertTrue(refusal(new LogBytes(3, 512).mark("a").mark("b")).mend().contains("write 2"));
        assertRefused(new LogBytes(1, 512).mark("a").mark("b"), 1024, "the log goes on");
        assertTrue(refusal(new LogBytes(1, 512).mark("a").mark("b")).mend().contains("truncate -s 1024"));
        assertRefused(new LogBytes(Long.MAX_VALUE, 512).mark("a"), 1024, "ends after 1 entries");
    }

    @Test
    void tornHeaderAndPayloadAreRefusedAtTheirEnd() {
        assertRefused(new LogBytes(2, 512).mark("a").bytes(new byte[100]), 1124, "entry 1 is torn");
        assertRefused(
                new LogBytes(1, 512).header(0, 4, 0, 0).bytes(new byte[1000]),
                2024,
                "ends after 1000 of the 2048 bytes");
    }

    @Test
    void entriesBeyondTheDeviceAreRefused() {
        for (long flags : new long[] {0, DISCARD}) {
            assertRefused(new LogBytes(1, 512).header(999, 2, flags, 0), 512, "1000 sectors");
            assertRefused(new LogBytes(1, 512).header(1000, 1, flags, 0), 512, "1000 sectors");
            assertRefused(new LogBytes(1, 512).header(-1, 1, flags, 0), 512, "1000 sectors");
            assertRefused(new LogBytes(1, 512).header(1, Long.MAX_VALUE, flags, 0), 512, "1000 sectors");
            assertRefused(new LogBytes(1, 512).header(1, -1, flags, 0), 512, "1000 sectors");
            assertRefused(new LogBytes(1, 512).header(1L << 61, 1, flags, 0), 512, "1000 sectors");
        }
        assertRefused(new LogBytes(1, 4096).header(124, 2, 0, 0), 4096, "125 sectors of 4096 bytes");
        LogFormatException beyond = refusal(new LogBytes(1, 512).header(1000, 1, 0, 0));
        assertTrue(beyond.mend().contains("base image"), beyond.mend());
    }

    @Test
    void countThatTheLogCannotMakeGoodCostsNoMemory() {
        LogBytes log = new LogBytes(1, 512).header(0, 1L << 22, 0, 0).bytes(new byte[5000]);
        LogFormatException torn = assertThrows(LogFormatException.class, () -> read(log, 1L << 40));
        assertTrue(torn.getMessage().contains("is torn"), torn.getMessage());
        LogBytes larger = new LogBytes(1, 512).header(0, 1L << 23, 0, 0);
        LogFormatException absurd = assertThrows(LogFormatException.class, () -> read(larger, 1L << 40));
        assertTrue(absurd.getMessage().contains("more than one request can"), absurd.getMessage());
    }

    @Test
    void headersThatMakeNoSenseAreRefused() {
        assertRefused(new LogBytes(1, 512).header(0, 0, 32, 0), 512 + 16, "unknown flags 20");
        assertRefused(new LogBytes(1, 512).header(0, 0, 0, 0), 512 + 8, "has no sectors");
        assertRefused(new LogBytes(1, 512).header(0, 0, FUA, 0), 512 + 8, "has no sectors");
        assertRefused(new LogBytes(1, 512).header(0, 1, 0, 5), 512 + 24, "is no mark");
        assertRefused(new LogBytes(1, 512).header(0, 1, 0, 0, (byte) 1), 512 + 24, "is no mark");
        assertRefused(new LogBytes(1, 512).header(0, 0, 8 | FLUSH, 0), 512 + 16, "flags 9");
        assertRefused(new LogBytes(1, 512).header(3, 0, 8, 0), 512, "names sectors");
        assertRefused(new LogBytes(1, 512).header(0, 0, 8, 9, (byte) 'x'), 512 + 24, "1 bytes, but says 9");
    }

    @Test
    void markWithoutNulAtItsEndIsRefused() {
        byte[] text = new byte[480];
        Arrays.fill(text, (byte) 'x');
        assertRefused(new LogBytes(1, 512).header(0, 0, 8, 480, text), 512 + 32, "no NUL");
    }

    @Test
    void continuedMarkNeedsItsContinuation() {
        byte[] text = {'a', 0x17};
        assertRefused(new LogBytes(1, 512).header(0, 0, 8, 2, text), 512 + 32, "goes on");
        assertRefused(
                new LogBytes(2, 512).header(0, 0, 8, 2, text).header(0, 0, FLUSH, 0), 1024 + 16, "should be a mark");
        List<LogEntry> joined =
                read(new LogBytes(2, 512).header(0, 0, 8, 2, text).mark("b"), 1000);
        assertEquals("ab", ((LogEntry.Mark) joined.getFirst()).event().text());
    }

    @Test
    void logLargerThanMemoryAllowsIsRefusedOnlyWhenHeldInMemory() {
        LogBytes log = new LogBytes(2, 512).write(0, 5, 0, 1).write(0, 5, 0, 2);
        try (LogWritesReader reader = log.open(1000)) {
            assertEquals(2, reader.readAll(DiskImage.blank(1000), 10).size());
        }
        try (LogWritesReader reader = log.open(1000)) {
            LogFormatException refused =
                    assertThrows(LogFormatException.class, () -> reader.readAll(DiskImage.blank(1000), 9));
            assertTrue(refused.mend().contains("-Xmx"), refused.mend());
        }
    }

    @Test
    void filesThatAreMissingFoldersOrDamagedGzipAreRefused(@TempDir Path folder) throws IOException {
        assertTrue(refusal(folder.resolve("missing")).contains("there is no such file"));
        assertTrue(refusal(folder).contains("is a directory"));
        Path raw = Files.write(folder.resolve("raw.gz"), new LogBytes(0, 512).toByteArray());
        assertTrue(refusal(raw).contains("no gzip header"), refusal(raw));
        Path packed = folder.resolve("packed.gz");
        byte[] noise = new byte[100_000];
        new SplittableRandom(1).nextBytes(noise);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(new LogBytes(1, 512).write(0, 1, 0, 1).bytes(noise).toByteArray());
        }
        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
        assertTrue(refusal(packed).contains("gzip data ends too early"), refusal(packed));
        whole[whole.length - 5] ^= 1;
        Files.write(packed, whole);
        assertTrue(refusal(packed).contains("goes on") || refusal(packed).contains("damaged"), refusal(packed));
    }

    private static String refusal(Path log) {
        return assertThrows(LogFormatException.class, () -> LogWritesReader.read(log, DiskImage.blank(1000)))
                .getMessage();
    }
}
