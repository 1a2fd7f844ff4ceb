package dev.powercut.kernel.device;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.SpecialFile;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.kernel.wait.WaitList;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A terminal that tests read and type at: what is written to it is kept, what is typed is read line by line. */
public final class Console implements SpecialFile {

    private final Vfs vfs;
    private final WaitList changes;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] typed = {};
    private boolean isOver;

    Console(Vfs vfs) {
        this.vfs = vfs;
        this.changes = vfs.waitList("console", () -> null);
    }

    /** All that was written to it, in UTF-8. */
    public String output() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Somebody types. */
    public void type(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        int before = typed.length;
        typed = Arrays.copyOf(typed, before + more.length);
        System.arraycopy(more, 0, typed, before, more.length);
        changes.wakeAll(WaitList.News.READABLE);
    }

    /** Nobody types any more: reading comes to the end. */
    public void hangUp() {
        isOver = true;
        changes.wakeAll(WaitList.News.READABLE);
    }

    /** A line, or as much of it as is asked for. */
    @Override
    public int read(OpenFile file, byte[] buffer, int offset, int count) {
        vfs.runner().point("console.read", "console");
        while (count > 0 && lineLength() == 0) {
            if (isOver) {
                return 0;
            }
            if (!file.waits()) {
                throw Errno.EAGAIN.exception();
            }
            changes.await();
        }
        int done = Math.min(count, lineLength());
        System.arraycopy(typed, 0, buffer, offset, done);
        typed = Arrays.copyOfRange(typed, done, typed.length);
        return done;
    }

    private int lineLength() {
        for (int i = 0; i < typed.length; i++) {
            if (typed[i] == '\n') {
                return i + 1;
            }
        }
        return isOver ? typed.length : 0;
    }

    @Override
    public int write(OpenFile file, byte[] buffer, int offset, int count) {
        vfs.runner().point("console.write", "console");
        written.write(buffer, offset, count);
        return count;
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public int readableBytes() {
        return lineLength();
    }

    @Override
    public WaitList changes() {
        return changes;
    }
}
