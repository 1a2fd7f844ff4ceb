package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.Arrays;

/** The writing side of a stream. */
final class Output {

    private Output() {}

    /** Puts bytes into the buffer, and writes it when it is full; line by line, to the last end of a line. */
    static void put(FileRecord record, byte[] bytes) {
        int lines = record.has(FileRecord.LINE_BUFFERED) ? lastLineEnd(bytes) : 0;
        if (lines > 0) {
            put(record, bytes, 0, lines);
            flush(record);
        }
        put(record, bytes, lines, bytes.length);
    }

    private static void put(FileRecord record, byte[] bytes, int from, int end) {
        int done = from;
        while (done < end) {
            int room = record.size() - record.position();
            if (record.position() == 0 && end - done >= record.size()) {
                // What fills the buffer anyway goes past it.
                int whole = (end - done) / record.size() * record.size();
                writeAll(record, bytes, done, whole);
                done += whole;
            } else {
                int part = Math.min(room, end - done);
                store(record, bytes, done, part);
                done += part;
                if (record.position() == record.size()) {
                    flush(record);
                }
            }
        }
    }

    private static void store(FileRecord record, byte[] bytes, int offset, int count) {
        byte[] part = Arrays.copyOfRange(bytes, offset, offset + count);
        record.self.memory().putBytes(record.buffer() + record.position(), part);
        record.setPosition(record.position() + count);
        record.set(FileRecord.IS_WRITING);
    }

    /** How many bytes the last end of a line is after, itself counted; 0 when there is none. */
    private static int lastLineEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    /**
     * Writes what the buffer holds. What a failure leaves is lost, as the C library loses it, also for a full pipe that is not waited
     * for and for a signal that cuts the write short: flushing again has nothing to write, and succeeds.
     */
    static void flush(FileRecord record) {
        UserProcess self = record.self;
        while (record.position() > 0) {
            int held = record.position();
            int written;
            try {
                written = self.write(record.descriptor(), record.buffer(), held);
            } catch (ErrnoException failure) {
                record.set(FileRecord.FAILED);
                record.setPosition(0);
                record.clear(FileRecord.IS_WRITING);
                throw failure;
            }
            byte[] rest = self.memory().getBytes(record.buffer() + written, held - written);
            self.memory().putBytes(record.buffer(), rest);
            record.setPosition(rest.length);
        }
        record.clear(FileRecord.IS_WRITING);
    }

    static void writeAll(FileRecord record, byte[] bytes, int offset, int count) {
        int done = 0;
        try {
            while (done < count) {
                done += record.self.write(record.descriptor(), bytes, offset + done, count - done);
            }
        } catch (ErrnoException failure) {
            record.set(FileRecord.FAILED);
            throw failure;
        }
    }
}
