package dev.powercut.kernel.contract;

import static dev.powercut.kernel.vfs.FileControl.F_GETLK;
import static dev.powercut.kernel.vfs.FileControl.F_SETLK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.RecordLock;

/** Locks on ranges of files, without waiting. */
final class RecordLockCases extends Cases {

    private static final int READ = RecordLock.READ;
    private static final int WRITE = RecordLock.WRITE;
    private static final int NONE = RecordLock.NONE;

    RecordLockCases() {
        about("fcntl(F_SETLK)");
        root("keeps others from what is locked to write, and lets readers share", (s, p) -> {
            file(p, "f", 0666);
            int fd = p.open("f", RDWR, 0);
            PosixCalls bob = s.bob();
            int other = bob.open("f", RDWR, 0);
            lock(p, fd, WRITE, 10, 10);
            fails(Errno.EAGAIN, () -> lock(bob, other, READ, 19, 1));
            fails(Errno.EAGAIN, () -> lock(bob, other, WRITE, 0, 0));
            lock(bob, other, WRITE, 20, 5);
            lock(bob, other, WRITE, 0, 10);
            lock(p, fd, READ, 10, 10);
            lock(bob, other, READ, 10, 10);
            fails(Errno.EAGAIN, () -> lock(bob, other, WRITE, 10, 10));
            assertEquals(RecordLock.of(READ, 10, 10), obstacle(bob, other, WRITE, 12, 1));
            assertEquals(NONE, obstacle(bob, other, READ, 12, 1).type());
        });
        root("splits and joins what one process holds", (s, p) -> {
            file(p, "f", 0666);
            int fd = p.open("f", RDWR, 0);
            PosixCalls bob = s.bob();
            int other = bob.open("f", RDWR, 0);
            lock(p, fd, WRITE, 0, 30);
            lock(p, fd, NONE, 10, 10);
            assertEquals(RecordLock.of(WRITE, 0, 10), obstacle(bob, other, WRITE, 0, 0));
            assertEquals(NONE, obstacle(bob, other, WRITE, 10, 10).type());
            assertEquals(RecordLock.of(WRITE, 20, 10), obstacle(bob, other, WRITE, 15, 0));
            lock(p, fd, WRITE, 10, 10);
            assertEquals(RecordLock.of(WRITE, 0, 30), obstacle(bob, other, WRITE, 12, 1));
            lock(p, fd, READ, 5, 1);
            assertEquals(RecordLock.of(WRITE, 6, 24), obstacle(bob, other, WRITE, 12, 1));
            assertEquals(RecordLock.of(READ, 5, 1), obstacle(bob, other, WRITE, 5, 1));
        });
        root("reaches to the end for ever with length 0, and back with a negative length", (s, p) -> {
            file(p, "f", 0666);
            int fd = p.open("f", RDWR, 0);
            PosixCalls bob = s.bob();
            int other = bob.open("f", RDWR, 0);
            lock(p, fd, WRITE, 100, 0);
            assertEquals(RecordLock.of(WRITE, 100, 0), obstacle(bob, other, READ, 1L << 40, 1));
            lock(p, fd, NONE, 0, 0);
            lock(p, fd, WRITE, 100, -10);
            assertEquals(RecordLock.of(WRITE, 90, 10), obstacle(bob, other, READ, 0, 0));
        });
        root("counts from the offset or the end when asked", (s, p) -> {
            file(p, "f", "abcdef");
            p.chmod("f", 0666);
            int fd = p.open("f", RDWR, 0);
            PosixCalls bob = s.bob();
            int other = bob.open("f", RDWR, 0);
            p.lseek(fd, 2, 0);
            p.fcntl(fd, F_SETLK, new RecordLock(WRITE, 1, 1, 1, 0));
            p.fcntl(fd, F_SETLK, new RecordLock(WRITE, 2, -1, 1, 0));
            assertEquals(RecordLock.of(WRITE, 3, 1), obstacle(bob, other, WRITE, 0, 5));
            assertEquals(RecordLock.of(WRITE, 5, 1), obstacle(bob, other, WRITE, 4, 9));
        });
        root("is given up with the first descriptor of the file that is closed, whichever", (s, p) -> {
            file(p, "f", 0666);
            int fd = p.open("f", RDWR, 0);
            int unrelated = p.open("f", RDONLY, 0);
            PosixCalls bob = s.bob();
            int other = bob.open("f", RDWR, 0);
            lock(p, fd, WRITE, 0, 0);
            fails(Errno.EAGAIN, () -> lock(bob, other, WRITE, 0, 0));
            p.close(unrelated);
            lock(bob, other, WRITE, 0, 0);
        });
        each("needs the file to be open for it", (s, p) -> {
            file(p, "f", 0644);
            int reader = p.open("f", RDONLY, 0);
            int writer = p.open("f", WRONLY, 0);
            fails(Errno.EBADF, () -> lock(p, reader, WRITE, 0, 1));
            fails(Errno.EBADF, () -> lock(p, writer, READ, 0, 1));
            lock(p, reader, READ, 0, 1);
            lock(p, writer, WRITE, 0, 1);
            assertEquals(NONE, obstacle(p, reader, WRITE, 0, 1).type());
        });
        each("refuses types, origins and ranges that there are not", (s, p) -> {
            file(p, "f", 0644);
            int fd = p.open("f", RDWR, 0);
            fails(Errno.EINVAL, () -> lock(p, fd, 7, 0, 1));
            fails(Errno.EINVAL, () -> p.fcntl(fd, F_SETLK, new RecordLock(READ, 5, 0, 1, 0)));
            fails(Errno.EINVAL, () -> lock(p, fd, READ, -1, 1));
            fails(Errno.EINVAL, () -> lock(p, fd, READ, 5, -6));
            fails(Errno.EOVERFLOW, () -> lock(p, fd, READ, 5, Long.MAX_VALUE));
            fails(Errno.EINVAL, () -> obstacle(p, fd, NONE, 0, 1));
            fails(Errno.EBADF, () -> lock(p, -1, READ, 0, 1));
        });
    }

    private static void lock(PosixCalls p, int fd, int type, long start, long length) {
        p.fcntl(fd, F_SETLK, RecordLock.of(type, start, length));
    }

    private static RecordLock obstacle(PosixCalls p, int fd, int type, long start, long length) {
        RecordLock found = p.fcntl(fd, F_GETLK, RecordLock.of(type, start, length));
        return new RecordLock(found.type(), found.whence(), found.start(), found.length(), 0);
    }
}
