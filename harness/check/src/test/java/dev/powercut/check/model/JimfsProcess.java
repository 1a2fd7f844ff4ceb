package dev.powercut.check.model;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import dev.powercut.check.workload.WrittenData;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Operations on Jimfs, an independent filesystem in memory. What Jimfs cannot express is told by {@link #canExpress}; a failure
 * is one of few sorts, since exceptions of java.nio.file say less than error numbers do.
 */
final class JimfsProcess implements AutoCloseable {

    /** What java.nio.file can tell apart. */
    enum Failure {
        MISSING,
        EXISTS,
        NOT_EMPTY,
        OTHER
    }

    private final FileSystem fileSystem;
    private final TreeMap<Integer, SeekableByteChannel> slots = new TreeMap<>();

    JimfsProcess() throws IOException {
        fileSystem = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("unix")
                .setWorkingDirectory("/")
                .build());
        Files.setAttribute(path("/"), "posix:permissions", permissions(0755));
    }

    @Override
    public void close() throws IOException {
        fileSystem.close();
    }

    private Path path(String path) {
        return fileSystem.getPath(path);
    }

    /**
     * Leaves out: FIFOs, permissions that would forbid (Jimfs checks none), owners, and paths through symbolic links whose
     * targets java.nio.file would normalize.
     */
    static boolean canExpress(Operation operation) {
        return switch (operation) {
            case Operation.Mkfifo mkfifo -> false;
            case Operation.Chown chown -> false;
            case Operation.Symlink(String target, String path) -> !target.contains("..") && !target.endsWith("/");
            case Operation.Unmount unmount -> false;
            default -> true;
        };
    }

    /** Carries an operation out. What it gives is a {@link Result}, or a {@link Failure}. */
    Object perform(int step, Operation operation) {
        try {
            return call(step, operation);
        } catch (NoSuchFileException e) {
            return Failure.MISSING;
        } catch (FileAlreadyExistsException e) {
            return Failure.EXISTS;
        } catch (DirectoryNotEmptyException e) {
            return Failure.NOT_EMPTY;
        } catch (IOException e) {
            return Failure.OTHER;
        }
    }

    /** Whether what was found is what is right, as far as the sort of a failure goes. */
    static boolean isSame(Result right, Object found) {
        if (!(right instanceof Result.Failed(Errno errno))) {
            return right.equals(found);
        }
        return switch (errno) {
            case ENOENT -> found == Failure.MISSING;
            case EEXIST -> found == Failure.EXISTS;
            case ENOTEMPTY -> found == Failure.NOT_EMPTY;
            // To Jimfs, nothing is there below something that is no directory.
            case ENOTDIR -> found == Failure.MISSING || found == Failure.OTHER;
            default -> found == Failure.OTHER;
        };
    }

    private Result call(int step, Operation operation) throws IOException {
        switch (operation) {
            case Operation.Creat(String path, int mode) -> {
                boolean existed = Files.exists(path(path));
                Files.newByteChannel(
                                path(path),
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
                if (!existed) {
                    Files.setAttribute(path(path), "posix:permissions", permissions(mode & ~022));
                }
            }
            case Operation.Mkdir(String path, int mode) -> {
                Files.createDirectory(path(path));
                Files.setAttribute(path(path), "posix:permissions", permissions(mode & ~022));
            }
            case Operation.Symlink(String target, String path) -> Files.createSymbolicLink(path(path), path(target));
            case Operation.Link(String existing, String path) -> Files.createLink(path(path), path(existing));
            case Operation.Unlink(String path) -> {
                requireDirectory(path, false);
                Files.delete(path(path));
            }
            case Operation.Rmdir(String path) -> {
                requireDirectory(path, true);
                Files.delete(path(path));
            }
            case Operation.Rename(String from, String to) -> rename(from, to);
            case Operation.Truncate(String path, long size) -> {
                try (SeekableByteChannel channel = writable(path)) {
                    resize(channel, size);
                }
            }
            case Operation.Chmod(String path, int mode) ->
                Files.setAttribute(path(path), "posix:permissions", permissions(mode));
            case Operation.Utimens(String path, long nanos) ->
                Files.setLastModifiedTime(path(path), FileTime.from(nanos, TimeUnit.NANOSECONDS));
            case Operation.Fsync(String path) -> fileSystem.provider().checkAccess(path(path));
            case Operation.Fdatasync(String path) -> fileSystem.provider().checkAccess(path(path));
            case Operation.Open(int slot, String path) -> {
                SeekableByteChannel old = slots.remove(slot);
                if (old != null) {
                    old.close();
                }
                slots.put(slot, Files.newByteChannel(path(path), StandardOpenOption.READ, StandardOpenOption.WRITE));
            }
            case Operation.TruncateOpen(int slot, long size) -> resize(open(slot), size);
            case Operation.Close(int slot) -> {
                open(slot).close();
                slots.remove(slot);
            }
            default -> {
                return value(step, operation);
            }
        }
        return new Result.Done();
    }

    private Result value(int step, Operation operation) throws IOException {
        switch (operation) {
            case Operation.Write(String path, long offset, int length) -> {
                try (SeekableByteChannel channel = writable(path)) {
                    return write(channel, step, offset, length);
                }
            }
            case Operation.Append(String path, int length) -> {
                try (SeekableByteChannel channel = writable(path)) {
                    return write(channel, step, channel.size(), length);
                }
            }
            case Operation.WriteOpen(int slot, long offset, int length) -> {
                return write(open(slot), step, offset, length);
            }
            case Operation.Read(String path, long offset, int length) -> {
                try (SeekableByteChannel channel = Files.newByteChannel(path(path))) {
                    return read(channel, offset, length);
                }
            }
            case Operation.ReadOpen(int slot, long offset, int length) -> {
                return read(open(slot), offset, length);
            }
            case Operation.Stat(String path) -> {
                return facts(path(path));
            }
            case Operation.Lstat(String path) -> {
                return facts(path(path), LinkOption.NOFOLLOW_LINKS);
            }
            case Operation.Readlink(String path) -> {
                return new Result.Target(Files.readSymbolicLink(path(path)).toString());
            }
            case Operation.ListDirectory(String path) -> {
                try (Stream<Path> list = Files.list(path(path))) {
                    return new Result.Names(
                            list.map(found -> found.getFileName().toString())
                                    .sorted()
                                    .toList());
                }
            }
            default -> {
                if (operation instanceof Operation.FsyncOpen(int slot)) {
                    open(slot);
                }
                return new Result.Done();
            }
        }
    }

    private SeekableByteChannel open(int slot) throws IOException {
        SeekableByteChannel channel = slots.get(slot);
        if (channel == null) {
            throw new IOException("slot is not open");
        }
        return channel;
    }

    private SeekableByteChannel writable(String path) throws IOException {
        return Files.newByteChannel(path(path), StandardOpenOption.WRITE);
    }

    /** Files.delete removes both; unlink and rmdir do not. */
    private void requireDirectory(String path, boolean wanted) throws IOException {
        boolean found = attributes(path(path), LinkOption.NOFOLLOW_LINKS).get("isDirectory") == Boolean.TRUE;
        if (found != wanted) {
            throw new FileSystemException(path);
        }
    }

    /** Files.move knows neither of two names of one file, nor of files and directories that do not mix. */
    private void rename(String fromPath, String toPath) throws IOException {
        Path from = resolved(fromPath);
        Path to = resolved(toPath);
        Map<String, Object> moved = attributes(from, LinkOption.NOFOLLOW_LINKS);
        if (to.startsWith(from) && !to.equals(from)) {
            throw new FileSystemException(toPath);
        }
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            Map<String, Object> replaced = attributes(to, LinkOption.NOFOLLOW_LINKS);
            if (Objects.equals(moved.get("ino"), replaced.get("ino"))) {
                return;
            }
            if (from.startsWith(to)) {
                throw new DirectoryNotEmptyException(toPath);
            }
            if (moved.get("isDirectory") != replaced.get("isDirectory")) {
                throw new FileSystemException(toPath);
            }
        }
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Without symbolic links but for the last component. */
    private Path resolved(String path) throws IOException {
        Path whole = path(path);
        return Objects.requireNonNull(whole.getParent()).toRealPath().resolve(whole.getFileName());
    }

    private static Result write(SeekableByteChannel channel, int step, long offset, int length) throws IOException {
        if (length > 0) {
            byte[] data = new byte[length];
            WrittenData.fill(step, offset, data, 0, length);
            fillGap(channel, offset);
            channel.position(offset);
            channel.write(ByteBuffer.wrap(data));
        }
        return new Result.Written(length);
    }

    private static Result read(SeekableByteChannel channel, long offset, int length) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(length);
        channel.position(offset);
        while (data.hasRemaining() && channel.read(data) > 0) {
            continue;
        }
        return Result.Data.of(data.array(), data.position());
    }

    private static void resize(SeekableByteChannel channel, long size) throws IOException {
        channel.truncate(Math.min(size, channel.size()));
        fillGap(channel, size);
    }

    /** Channels of java.nio do not extend a file but by writing. */
    private static void fillGap(SeekableByteChannel channel, long size) throws IOException {
        while (channel.size() < size) {
            channel.position(channel.size());
            channel.write(ByteBuffer.allocate((int) Math.min(1 << 16, size - channel.size())));
        }
    }

    private Map<String, Object> attributes(Path path, LinkOption... options) throws IOException {
        Map<String, Object> all = new TreeMap<>(Files.readAttributes(path, "unix:mode,nlink,ino,size", options));
        all.put("isDirectory", Files.isDirectory(path, options));
        all.put("isSymlink", options.length > 0 && Files.isSymbolicLink(path));
        return all;
    }

    private Result facts(Path path, LinkOption... options) throws IOException {
        Map<String, Object> found = attributes(path, options);
        int permissions = (Integer) Objects.requireNonNull(found.get("mode")) & Mode.PERMISSIONS;
        boolean directory = found.get("isDirectory") == Boolean.TRUE;
        boolean symlink = found.get("isSymlink") == Boolean.TRUE;
        return new Result.Facts(
                symlink ? Mode.SYMLINK | 0777 : (directory ? Mode.DIRECTORY : Mode.REGULAR) | permissions,
                0,
                0,
                directory ? 0 : (Integer) Objects.requireNonNull(found.get("nlink")),
                directory || symlink ? 0 : (Long) Objects.requireNonNull(found.get("size")),
                ModelFile.UNKNOWN);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        EnumSet<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        List<PosixFilePermission> bits = List.of(PosixFilePermission.values());
        for (int i = 0; i < bits.size(); i++) {
            if ((mode & 0400 >> i) != 0) {
                all.add(bits.get(i));
            }
        }
        return all;
    }
}
