package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;

/** What flows through FIFOs, without waiting. */
final class FifoCases extends Cases {

    FifoCases() {
        about("FIFO");
        each("opens to read without a writer when it does not wait, and is at its end", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDONLY | NONBLOCK, 0);
            assertEquals(0, p.read(fd, 9).length);
        });
        each("gives ENXIO to who would write without a reader and does not wait", (s, p) -> {
            p.mkfifo("p", 0644);
            fails(Errno.ENXIO, () -> p.open("p", WRONLY | NONBLOCK, 0));
        });
        each("hands bytes over in order", (s, p) -> {
            p.mkfifo("p", 0644);
            int reader = p.open("p", RDONLY | NONBLOCK, 0);
            int writer = p.open("p", WRONLY | NONBLOCK, 0);
            p.write(writer, bytes("abc"));
            p.write(writer, bytes("def"));
            assertEquals("abcd", text(p.read(reader, 4)));
            assertEquals("ef", text(p.read(reader, 4)));
        });
        each("gives EAGAIN when it is empty and somebody may write", (s, p) -> {
            p.mkfifo("p", 0644);
            int reader = p.open("p", RDONLY | NONBLOCK, 0);
            int writer = p.open("p", WRONLY | NONBLOCK, 0);
            fails(Errno.EAGAIN, () -> p.read(reader, 1));
            p.close(writer);
            assertEquals(0, p.read(reader, 1).length);
        });
        each("holds 64 KiB, then gives EAGAIN", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR | NONBLOCK, 0);
            assertEquals(65_536, p.write(fd, pattern(70_000)));
            fails(Errno.EAGAIN, () -> p.write(fd, new byte[1]));
            assertArrayEquals(java.util.Arrays.copyOf(pattern(70_000), 65_536), p.read(fd, 70_000));
        });
        each("opens for both without anybody else", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            p.write(fd, bytes("abc"));
            assertEquals("abc", text(p.read(fd, 9)));
        });
        each("forgets what nobody read when it is closed", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            p.write(fd, bytes("abc"));
            p.close(fd);
            int again = p.open("p", RDONLY | NONBLOCK, 0);
            assertEquals(0, p.read(again, 9).length);
        });
        each("keeps going when the name is gone", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            p.unlink("p");
            p.write(fd, bytes("abc"));
            assertEquals("abc", text(p.read(fd, 9)));
        });
        each("gives ESPIPE to who seeks or gives an offset", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            fails(Errno.ESPIPE, () -> p.lseek(fd, 0, 0));
            fails(Errno.ESPIPE, () -> p.pread(fd, 1, 0));
            fails(Errno.ESPIPE, () -> p.pwrite(fd, new byte[1], 0));
        });
        each("gives EINVAL to fsync and ftruncate", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            fails(Errno.EINVAL, () -> p.fsync(fd));
            fails(Errno.EINVAL, () -> p.fdatasync(fd));
            fails(Errno.EINVAL, () -> p.ftruncate(fd, 0));
        });
        each("has size 0 and no blocks, whatever is in it", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            p.write(fd, bytes("abc"));
            assertEquals(0, p.fstat(fd).sizeBytes());
            assertEquals(0, p.fstat(fd).blocks512());
            assertEquals(Mode.FIFO | 0644, p.fstat(fd).mode());
        });
        user("needs permission as a file does", (s, p) -> {
            p.mkfifo("p", 0400);
            fails(Errno.EACCES, () -> p.open("p", RDWR, 0));
            p.close(p.open("p", RDONLY | NONBLOCK, 0));
        });
        each("is not changed by O_TRUNC", (s, p) -> {
            p.mkfifo("p", 0644);
            int fd = p.open("p", RDWR, 0);
            p.write(fd, bytes("abc"));
            p.close(p.open("p", RDWR | TRUNC, 0));
            assertEquals("abc", text(p.read(fd, 9)));
        });
    }
}
