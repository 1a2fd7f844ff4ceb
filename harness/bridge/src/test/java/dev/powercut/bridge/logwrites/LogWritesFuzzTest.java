package dev.powercut.bridge.logwrites;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Whatever the bytes of a log are: it is read to its end, or refused with the place in it. */
class LogWritesFuzzTest {

    private static final DiskImage BASE = DiskImage.blank(32768);

    @FuzzTest(maxDuration = "20s")
    void anyBytesAreALogOrRefused(byte[] bytes) throws IOException {
        WriteLog log;
        try {
            log = read(bytes);
        } catch (LogFormatException refused) {
            assertTrue(refused.offsetBytes() >= 0 && refused.offsetBytes() <= bytes.length, refused.getMessage());
            assertTrue(!refused.mend().isBlank());
            return;
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        LogWritesWriter.write(log, written);
        WriteLog again = read(written.toByteArray());
        assertEquals(log.size(), again.size());
        assertEquals(lastImage(log), lastImage(again));
    }

    private static WriteLog read(byte[] bytes) {
        try (LogWritesReader reader =
                LogWritesReader.open(new ByteArrayInputStream(bytes), "fuzzed", BASE.sectorCount())) {
            return reader.readAll(BASE, 1 << 16);
        }
    }

    private static DiskImage lastImage(WriteLog log) {
        DiskImage image = log.base();
        for (LogEntry entry : log.entries()) {
            image = WriteLog.apply(image, entry);
        }
        return image;
    }
}
