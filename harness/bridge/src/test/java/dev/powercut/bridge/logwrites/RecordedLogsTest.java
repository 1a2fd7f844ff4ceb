package dev.powercut.bridge.logwrites;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.bridge.Recordings;
import dev.powercut.bridge.image.ImageStore;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RecordedLogsTest {

    @SuppressWarnings("unused") // named by @FieldSource
    private static final Iterable<String> NAMES = Recordings.EXT2;

    @ParameterizedTest
    @FieldSource("NAMES")
    void baseAndWholeLogGiveTheFinalImage(String name) throws NoSuchAlgorithmException {
        DiskImage image = ImageStore.load(Recordings.base(name));
        assertEquals(Recordings.fact(name, "img0_sha256"), sha256(image));
        try (LogWritesReader reader = LogWritesReader.open(Recordings.log(name), image.sectorCount())) {
            for (LogEntry entry = reader.next(); entry != null; entry = reader.next()) {
                image = WriteLog.apply(image, entry);
            }
        }
        assertEquals(Recordings.fact(name, "final_sha256"), sha256(image));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void logHasAsManyEntriesOfEachSortAsItsReadmeSays(String name) {
        DiskImage base = ImageStore.load(Recordings.base(name));
        long writes = 0;
        long flushes = 0;
        long discards = 0;
        long marks = 0;
        long bytes = 0;
        for (LogEntry entry : LogWritesReader.read(Recordings.log(name), base).entries()) {
            switch (entry) {
                case LogEntry.Write write -> {
                    writes++;
                    bytes += write.contents().length * 512L;
                }
                case LogEntry.Flush flush -> flushes++;
                case LogEntry.Discard discard -> discards++;
                case LogEntry.Mark mark -> marks++;
            }
        }
        assertEquals(
                Recordings.fact(name, "stats"),
                "entries=" + (writes + flushes + discards + marks) + " writes=" + writes + " flushes=" + flushes
                        + " discards=" + discards + " marks=" + marks + " bytes=" + bytes);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void recordedLogIsWrittenBackByteForByte(String name) throws IOException {
        DiskImage base = ImageStore.load(Recordings.base(name));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LogWritesWriter.write(LogWritesReader.read(Recordings.log(name), base), written);
        try (InputStream original = new GZIPInputStream(Files.newInputStream(Recordings.log(name)))) {
            byte[] expected = original.readAllBytes();
            assertEquals(
                    HexFormat.of().formatHex(expected, 0, 64), HexFormat.of().formatHex(written.toByteArray(), 0, 64));
            assertEquals(0, Arrays.compare(expected, written.toByteArray()));
        }
    }

    private static String sha256(DiskImage image) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[512 * 1024];
        for (long at = 0; at < image.sectorCount(); at += 1024) {
            int count = (int) Math.min(1024, image.sectorCount() - at);
            image.read(at, count, buffer, 0);
            digest.update(buffer, 0, count * 512);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
