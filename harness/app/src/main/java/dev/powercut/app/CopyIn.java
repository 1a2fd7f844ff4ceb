package dev.powercut.app;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.UsageException;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileAttributes;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies a file, or a tree of files, into a mounted image. A piece of a file that is all zeroes becomes a hole. */
final class CopyIn {

    /** Without waiting, for there may be a FIFO of that name. */
    private static final int WRITE_ANEW =
            OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_NONBLOCK;

    private static final int PIECE_BYTES = 4096;
    private static final int READ_BYTES = 256 * 1024;
    private static final byte[] ZEROES = new byte[PIECE_BYTES];
    private static final String[] ATTRIBUTES = {
        "mode", "ino", "dev", "rdev", "nlink", "lastAccessTime", "lastModifiedTime"
    };

    private final Process process;
    private final boolean recursive;
    private final byte[] buffer = new byte[READ_BYTES];

    /** First copy of each file that has several names. */
    private final Map<String, String> copies = new TreeMap<>();

    /** The directories that the copy is in, the deepest first; no recursion, as a tree may be deep. */
    private final Deque<Level> levels = new ArrayDeque<>();

    /** A directory that is being filled. It gets its mode and times when all is in it. */
    private record Level(String path, Map<String, Object> attributes, Iterator<Path> rest) {}

    CopyIn(MountedImage image, boolean recursive) {
        this.process = image.process;
        this.recursive = recursive;
    }

    /** Copies to a path, or into the directory that is there. */
    void copy(Path source, String path) {
        String target = path;
        Path name = source.toAbsolutePath().normalize().getFileName();
        if (isDirectory(path) && name != null) {
            target = MountedImage.child(path, name.toString());
        }
        visit(source, target);
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.rest.hasNext()) {
                Path child = level.rest.next();
                visit(child, MountedImage.child(level.path, String.valueOf(child.getFileName())));
            } else {
                levels.pop();
                stamp(level.path, level.attributes);
            }
        }
    }

    private boolean isDirectory(String path) {
        try {
            return Mode.isDirectory(process.stat(path).mode());
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw MountedImage.failed(path, e);
        }
    }

    private void visit(Path source, String path) {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(source, "unix:" + String.join(",", ATTRIBUTES), LinkOption.NOFOLLOW_LINKS);
            int mode = number(attributes, "mode");
            if (Mode.isDirectory(mode)) {
                levels.push(new Level(path, attributes, directory(source, path).iterator()));
            } else if (!isLinked(attributes, path)) {
                make(source, path, mode, attributes);
                stamp(path, attributes);
            }
        } catch (ErrnoException e) {
            throw MountedImage.failed(path, e);
        } catch (IOException e) {
            throw new UsageException(source + ": cannot be read: " + FileErrors.reason(e), e);
        }
    }

    /** Gives a file whose copy is there already another name; notes one that may come again. */
    private boolean isLinked(Map<String, Object> attributes, String path) {
        if (number(attributes, "nlink") < 2) {
            return false;
        }
        String first = copies.putIfAbsent(attributes.get("dev") + ":" + attributes.get("ino"), path);
        if (first != null) {
            process.link(first, path);
        }
        return first != null;
    }

    private void make(Path source, String path, int mode, Map<String, Object> attributes) throws IOException {
        switch (Mode.type(mode)) {
            case Mode.REGULAR -> contents(source, path);
            case Mode.SYMLINK -> process.symlink(Files.readSymbolicLink(source).toString(), path);
            default -> process.mknod(path, mode, number(attributes, "rdev"));
        }
    }

    private void contents(Path source, String path) throws IOException {
        int fd = process.open(path, WRITE_ANEW, 0600);
        try (InputStream in = Files.newInputStream(source)) {
            long position = 0;
            int count;
            while ((count = in.readNBytes(buffer, 0, buffer.length)) > 0) {
                for (int at = 0; at < count; at += PIECE_BYTES) {
                    int length = Math.min(PIECE_BYTES, count - at);
                    if (!Arrays.equals(buffer, at, at + length, ZEROES, 0, length)) {
                        write(fd, at, length, position + at);
                    }
                }
                position += count;
            }
            process.ftruncate(fd, position);
        } finally {
            process.close(fd);
        }
    }

    private void write(int fd, int from, int length, long position) {
        int done = 0;
        while (done < length) {
            done += process.pwrite(fd, buffer, from + done, length - done, position + done);
        }
    }

    /** Makes a directory, and gives what will be in it. */
    private List<Path> directory(Path source, String path) throws IOException {
        if (!recursive) {
            throw new UsageException(source + ": is a directory; copy it with all that is in it with -r");
        }
        if (!isDirectory(path)) {
            process.mkdir(path, 0700);
        }
        try (Stream<Path> found = Files.list(source)) {
            return found.sorted().toList();
        }
    }

    private void stamp(String path, Map<String, Object> attributes) {
        int mode = number(attributes, "mode");
        try {
            if (!Mode.isSymlink(mode)) {
                process.chmod(path, mode & Mode.PERMISSIONS);
            }
            process.lutimens(path, nanos(attributes.get("lastAccessTime")), nanos(attributes.get("lastModifiedTime")));
        } catch (ErrnoException e) {
            throw MountedImage.failed(path, e);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return ((Number) Objects.requireNonNull(attributes.get(name))).intValue();
    }

    private static long nanos(@Nullable Object time) {
        return time instanceof FileTime stamp ? stamp.to(TimeUnit.NANOSECONDS) : FileAttributes.TIME_NOW;
    }
}
