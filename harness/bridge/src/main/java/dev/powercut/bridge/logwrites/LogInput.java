package dev.powercut.bridge.logwrites;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** The bytes of a log, with the position kept, and every way in which reading can fail turned into words. */
final class LogInput implements AutoCloseable {

    private final String name;
    private final InputStream in;
    private long positionBytes;

    LogInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    long positionBytes() {
        return positionBytes;
    }

    /** Reads up to {@code length} bytes; fewer only at the end of the log. */
    int read(byte[] target, int length) {
        try {
            int count = in.readNBytes(target, 0, length);
            positionBytes += count;
            return count;
        } catch (EOFException e) {
            throw exception(positionBytes, "the gzip data ends too early", "copy the log again");
        } catch (ZipException e) {
            throw exception(positionBytes, "the gzip data is damaged: " + e.getMessage(), "copy the log again");
        } catch (IOException e) {
            throw exception(positionBytes, "cannot be read: " + e.getMessage(), "check the file and its disk");
        }
    }

    LogFormatException exception(long offsetBytes, String problem, String mend) {
        return new LogFormatException(name, offsetBytes, problem, mend);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw exception(positionBytes, "cannot be closed: " + e.getMessage(), "check the file and its disk");
        }
    }
}
