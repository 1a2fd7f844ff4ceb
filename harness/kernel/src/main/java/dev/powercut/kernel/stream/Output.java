package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.UserProcess;
import java.util.Arrays;

/** The writing side of a stream. */
final class Output {

    private Output() {}

    /** Puts bytes into the buffer, and writes it when it is full, or at the end of a line. */
    static void put(FileRecord record, byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            int room = record.size() - record.position();
            if (record.position() == 0 && bytes.length - done >= record.size()) {
                // What fills the buffer anyway goes past it.
                int whole = (bytes.length - done) / record.size() * record.size();
                writeAll(record, bytes, done, whole);
                done += whole;
            } else {
                int part = Math.min(room, bytes.length - done);
                store(record, bytes, done, part);
                done += part;
                if (record.position() == record.size()) {
                    flush(record);
                }
            }
        }
        if (record.has(FileRecord.LINE_BUFFERED) && holdsLineEnd(bytes)) {
            flush(record);
        }
    }

    private static void store(FileRecord record, byte[] bytes, int offset, int count) {
        byte[] part = Arrays.copyOfRange(bytes, offset, offset + count);
        record.self.memory().putBytes(record.buffer() + record.position(), part);
        record.setPosition(record.position() + count);
        record.set(FileRecord.IS_WRITING);
    }

    private static boolean holdsLineEnd(byte[] bytes) {
        for (byte one : bytes) {
            if (one == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Writes what the buffer holds; what a failure leaves stays in it. */
    static void flush(FileRecord record) {
        UserProcess self = record.self;
        while (record.position() > 0) {
            int held = record.position();
            int written = self.write(record.descriptor(), record.buffer(), held);
            byte[] rest = self.memory().getBytes(record.buffer() + written, held - written);
            self.memory().putBytes(record.buffer(), rest);
            record.setPosition(rest.length);
        }
        record.clear(FileRecord.IS_WRITING);
    }

    static void writeAll(FileRecord record, byte[] bytes, int offset, int count) {
        int done = 0;
        while (done < count) {
            done += record.self.write(record.descriptor(), bytes, offset + done, count - done);
        }
    }
}
