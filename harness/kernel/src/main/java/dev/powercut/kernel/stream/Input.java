package dev.powercut.kernel.stream;

import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;

/** The reading side of a stream. */
final class Input {

    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;

    private Input() {}

    /** Makes sure that the buffer holds something; false at the end, which is remembered. */
    static boolean fill(FileRecord record) {
        if (record.position() < record.held()) {
            return true;
        }
        if (record.has(FileRecord.AT_END)) {
            return false;
        }
        UserProcess self = record.self;
        if (record.has(FileRecord.LINE_BUFFERED | FileRecord.UNBUFFERED)) {
            Stdio.flushLines(self);
        }
        int wanted = record.has(FileRecord.UNBUFFERED) ? 1 : record.size();
        int count;
        try {
            count = self.read(record.descriptor(), record.buffer(), wanted);
        } catch (ErrnoException failure) {
            record.set(FileRecord.FAILED);
            throw failure;
        }
        record.setPosition(0);
        record.setHeld(count);
        if (count == 0) {
            record.set(FileRecord.AT_END);
        }
        return count > 0;
    }

    /** Takes bytes out of the buffer; returns how many. */
    static int take(FileRecord record, byte[] to, int offset, int most) {
        int count = Math.min(most, record.held() - record.position());
        byte[] bytes = record.self.memory().getBytes(record.buffer() + record.position(), count);
        System.arraycopy(bytes, 0, to, offset, count);
        record.setPosition(record.position() + count);
        return count;
    }

    /** As {@link #take}, to the end of a line at most. */
    static int takeLine(FileRecord record, byte[] to, int offset, int most) {
        int count = Math.min(most, record.held() - record.position());
        byte[] bytes = record.self.memory().getBytes(record.buffer() + record.position(), count);
        int line = 0;
        while (line < count && (line == 0 || bytes[line - 1] != '\n')) {
            line++;
        }
        System.arraycopy(bytes, 0, to, offset, line);
        record.setPosition(record.position() + line);
        return line;
    }

    static void putBack(FileRecord record, int oneByte) {
        if (record.position() == 0) {
            int held = record.held();
            if (held == record.size()) {
                throw Errno.EINVAL.exception("there is no room to put more back");
            }
            byte[] ahead = record.self.memory().getBytes(record.buffer(), held);
            record.self.memory().putBytes(record.buffer() + 1, ahead);
            record.setHeld(held + 1);
            record.setPosition(1);
        }
        record.setPosition(record.position() - 1);
        record.self.memory().putByte(record.buffer() + record.position(), oneByte);
        record.clear(FileRecord.AT_END);
    }

    /** Moves the descriptor's offset back to what has been given, where it can be moved. */
    static void giveBack(FileRecord record) {
        int ahead = record.held() - record.position();
        if (ahead > 0) {
            try {
                record.self.lseek(record.descriptor(), -ahead, SEEK_CUR);
            } catch (ErrnoException failure) {
                if (failure.errno() == Errno.EINVAL) {
                    // More was put back than was read.
                    record.self.lseek(record.descriptor(), 0, SEEK_SET);
                } else if (failure.errno() == Errno.ESPIPE) {
                    return;
                } else {
                    throw failure;
                }
            }
        }
        drop(record);
    }

    /** Forgets what was read ahead. */
    static void drop(FileRecord record) {
        record.setPosition(0);
        record.setHeld(0);
        record.clear(FileRecord.IS_READING);
    }
}
