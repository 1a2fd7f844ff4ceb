package dev.powercut.bridge.logwrites;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWritesRoundTripTest {

    private static final int DEVICE_SECTORS = 300;

    @Provide
    Arbitrary<LogEntry> entries() {
        Arbitrary<Cause> cause =
                Arbitraries.of("data", "metadata").map(kind -> new Cause(new BlockKind(kind), new Trigger.Recorded()));
        Arbitrary<Integer> sector = Arbitraries.integers().between(0, DEVICE_SECTORS - 200);
        Arbitrary<Integer> count = Arbitraries.integers().between(1, 200);
        Arbitrary<LogEntry> write = Combinators.combine(
                        sector, count, Arbitraries.bytes(), Arbitraries.of(false, true), cause)
                .as((first, length, seed, fua, why) -> new LogEntry.Write(0, first, sectors(length, seed), fua, why));
        Arbitrary<LogEntry> discard = Combinators.combine(sector, count, cause)
                .as((first, length, why) -> new LogEntry.Discard(0, first, length, why));
        Arbitrary<LogEntry> flush = cause.map(why -> new LogEntry.Flush(0, why));
        Arbitrary<LogEntry> mark = Arbitraries.strings()
                .withChars("aé/:\n ")
                .withChars('\uDC80', '\uDCFF')
                .withChars('一', '丿')
                .ofMaxLength(1200)
                .map(text -> new LogEntry.Mark(0, new RecordedMark(text)));
        return Arbitraries.oneOf(write, flush, discard, mark);
    }

    private static Sector[] sectors(int count, byte seed) {
        byte[] bytes = new byte[count * 512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i / 512 % 3 == 0 ? 0 : seed * i);
        }
        Sector[] sectors = new Sector[count];
        for (int i = 0; i < count; i++) {
            sectors[i] = Sector.copyOf(bytes, i * 512);
        }
        return sectors;
    }

    private static LogEntry numbered(LogEntry entry, long sequence) {
        return switch (entry) {
            case LogEntry.Write(long old, long sector, Sector[] contents, boolean fua, Cause cause) ->
                new LogEntry.Write(sequence, sector, contents, fua, cause);
            case LogEntry.Flush(long old, Cause cause) -> new LogEntry.Flush(sequence, cause);
            case LogEntry.Discard(long old, long sector, long count, Cause cause) ->
                new LogEntry.Discard(sequence, sector, count, cause);
            case LogEntry.Mark(long old, LogEntry.Event event) -> new LogEntry.Mark(sequence, event);
        };
    }

    @Property(seed = "1")
    void anyLogIsReadAsItWasWritten(@ForAll List<@From("entries") LogEntry> entries) throws IOException {
        WriteLog log = new WriteLog(DiskImage.blank(DEVICE_SECTORS));
        for (int i = 0; i < entries.size(); i++) {
            log.add(numbered(entries.get(i), i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogWritesWriter.write(log, out);
        assertEquals(0, out.size() % 512);
        try (LogWritesReader reader =
                LogWritesReader.open(new ByteArrayInputStream(out.toByteArray()), "log", DEVICE_SECTORS)) {
            for (LogEntry expected : log.entries()) {
                assertSame(expected, reader.next());
            }
            assertNull(reader.next());
        }
    }

    private static void assertSame(LogEntry expected, @Nullable LogEntry actual) {
        assertNotNull(actual);
        switch (expected) {
            case LogEntry.Write write -> {
                LogEntry.Write other = (LogEntry.Write) actual;
                assertEquals(write.sequence(), other.sequence());
                assertEquals(write.sector(), other.sector());
                assertArrayEquals(write.contents(), other.contents());
                assertEquals(write.fua(), other.fua());
                assertEquals(write.cause(), other.cause());
            }
            case LogEntry.Flush flush -> assertEquals(flush.sequence(), ((LogEntry.Flush) actual).sequence());
            case LogEntry.Discard discard -> assertEquals(discard, actual);
            case LogEntry.Mark mark -> assertEquals(mark, actual);
        }
    }

    @Test
    void packedAndPlainFilesHoldTheSameLog(@TempDir Path folder) throws IOException {
        DiskImage base = DiskImage.blank(DEVICE_SECTORS);
        WriteLog log = new WriteLog(base);
        Cause cause = new Cause(new BlockKind("inode-table"), new Trigger.WriteBack());
        log.add(new LogEntry.Write(3, 17, sectors(5, (byte) 9), true, cause));
        log.add(new LogEntry.Flush(9, cause));
        for (String name : List.of("plain.log", "packed.log.gz")) {
            LogWritesWriter.write(log, folder.resolve(name));
            WriteLog back = LogWritesReader.read(folder.resolve(name), base);
            assertEquals(2, back.size());
            LogEntry.Write write = (LogEntry.Write) back.get(0);
            assertEquals("metadata", write.cause().kind().name());
            assertEquals(WriteLog.apply(base, log.get(0)), WriteLog.apply(base, write));
        }
    }

    @Test
    void writesAndDiscardsOfNothingAreLeftOut() throws IOException {
        WriteLog log = new WriteLog(DiskImage.blank(8));
        Cause cause = new Cause(new BlockKind("data"), new Trigger.WriteBack());
        log.add(new LogEntry.Write(0, 1, new Sector[0], false, cause));
        log.add(new LogEntry.Discard(1, 1, 0, cause));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogWritesWriter.write(log, out);
        assertArrayEquals(new LogBytes(0, 512).toByteArray(), out.toByteArray());
    }

    @Test
    void textThatNoMarkCanHoldIsRefused() {
        for (String text : List.of("a\0b", "ends with ETB\u0017")) {
            WriteLog log = new WriteLog(DiskImage.blank(8));
            log.add(new LogEntry.Mark(0, new RecordedMark(text)));
            assertThrows(IllegalArgumentException.class, () -> LogWritesWriter.write(log, new ByteArrayOutputStream()));
        }
    }

    @Test
    void longMarkIsWrittenInPiecesThatOthersCanRead() throws IOException {
        WriteLog log = new WriteLog(DiskImage.blank(8));
        char[] text = new char[1000];
        Arrays.fill(text, 'm');
        log.add(new LogEntry.Mark(0, new RecordedMark(new String(text))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogWritesWriter.write(log, out);
        byte[] bytes = out.toByteArray();
        assertEquals(512 * 4, bytes.length);
        for (int header = 512; header < bytes.length; header += 512) {
            assertEquals(8, bytes[header + 16]);
            assertEquals(0, bytes[header + 511]);
        }
    }
}
