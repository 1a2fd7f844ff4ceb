package dev.powercut.kernel.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Collects the cases of some calls; what follows the constructor is what cases are written with. */
abstract class Cases {

    static final int CWD = AtFlags.AT_FDCWD;
    static final int RDONLY = OpenFlags.O_RDONLY;
    static final int WRONLY = OpenFlags.O_WRONLY;
    static final int RDWR = OpenFlags.O_RDWR;
    static final int CREAT = OpenFlags.O_CREAT;
    static final int EXCL = OpenFlags.O_EXCL;
    static final int TRUNC = OpenFlags.O_TRUNC;
    static final int APPEND = OpenFlags.O_APPEND;
    static final int NONBLOCK = OpenFlags.O_NONBLOCK;
    static final int DIRECTORY = OpenFlags.O_DIRECTORY;
    static final int NOFOLLOW = OpenFlags.O_NOFOLLOW;
    static final int NAME_MAX = 255;

    private final List<Case> cases = new ArrayList<>();
    private String call = "";

    final List<Case> all() {
        return cases;
    }

    /** What follows is about this call. */
    final void about(String name) {
        call = name;
    }

    final void each(String claim, Case.Body body) {
        cases.add(new Case(call, claim, Case.Who.EACH, body));
    }

    final void root(String claim, Case.Body body) {
        cases.add(new Case(call, claim, Case.Who.ROOT, body));
    }

    final void user(String claim, Case.Body body) {
        cases.add(new Case(call, claim, Case.Who.USER, body));
    }

    // ---- What cases are written with ----

    static void fails(Errno errno, Executable body) {
        ErrnoException failure = assertThrows(ErrnoException.class, body, () -> "no " + errno);
        assertEquals(errno, failure.errno(), failure.getMessage());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes that tell where they belong. */
    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 251 + 1);
        }
        return bytes;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A new empty file with exactly this mode. */
    static void file(PosixCalls p, String path, int mode) {
        p.close(p.open(path, CREAT | EXCL | WRONLY, 0600));
        p.chmod(path, mode);
    }

    static void file(PosixCalls p, String path) {
        file(p, path, 0644);
    }

    /** A new file that holds a text. */
    static void file(PosixCalls p, String path, String contents) {
        int fd = p.open(path, CREAT | EXCL | WRONLY, 0644);
        assertEquals(contents.length(), p.write(fd, bytes(contents)));
        p.close(fd);
    }

    /** A new directory with exactly this mode. */
    static void directory(PosixCalls p, String path, int mode) {
        p.mkdir(path, 0700);
        p.chmod(path, mode);
    }

    static String contents(PosixCalls p, String path) {
        int fd = p.open(path, RDONLY, 0);
        String text = text(p.read(fd, 1 << 16));
        p.close(fd);
        return text;
    }

    static boolean exists(PosixCalls p, String path) {
        try {
            p.lstat(path);
            return true;
        } catch (ErrnoException e) {
            assertEquals(Errno.ENOENT, e.errno());
            return false;
        }
    }

    static int permissions(PosixCalls p, String path) {
        return p.lstat(path).mode() & Mode.PERMISSIONS;
    }

    static void assertMode(int expected, PosixCalls p, String path) {
        assertEquals(Integer.toOctalString(expected), Integer.toOctalString(permissions(p, path)), path);
    }

    /** Names in a directory, sorted, without {@code .} and {@code ..}. */
    static List<String> names(PosixCalls p, String path) {
        int fd = p.open(path, RDONLY | DIRECTORY, 0);
        List<String> names = new ArrayList<>();
        for (DirectoryEntry entry : p.readdir(fd)) {
            if (!entry.name().equals(".") && !entry.name().equals("..")) {
                names.add(entry.name());
            }
        }
        p.close(fd);
        names.sort(null);
        return names;
    }

    static long inode(PosixCalls p, String path) {
        return p.lstat(path).inodeNumber();
    }

    /** A name of so many bytes. */
    static String name(int length) {
        return "n".repeat(length);
    }
}
