package dev.powercut.app;

import dev.powercut.campaign.FileErrors;
import dev.powercut.campaign.UsageException;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.Stat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Copies a file, or a tree of files, out of a mounted image. What cannot be made without privileges (devices, FIFOs, sockets) is
 * left out and told.
 */
final class CopyOut {

    private static final int PIECE_BYTES = 64 * 1024;

    private final MountedImage image;
    private final Process process;
    private final boolean recursive;
    private final List<String> left;
    private final byte[] piece = new byte[PIECE_BYTES];

    /** The copies of the directories that the walk is in, the deepest first. */
    private final Deque<Path> directories = new ArrayDeque<>();

    /** First copy of each inode that has several names. */
    private final Map<Long, Path> copies = new TreeMap<>();

    /** @param left told of what is left out, a line each */
    CopyOut(MountedImage image, boolean recursive, List<String> left) {
        this.image = image;
        this.process = image.process;
        this.recursive = recursive;
        this.left = left;
    }

    /** Copies to a path, or into the directory that is there. */
    void copy(String path, Path target) {
        String name =
                path.substring(path.lastIndexOf('/', path.length() - 2) + 1).replace("/", "");
        Path first = Files.isDirectory(target) && !name.isEmpty() ? resolve(target, name) : target;
        ImageTree.Visitor visitor = new ImageTree.Visitor() {
            @Override
            public boolean visit(String place, Stat stat) {
                return CopyOut.this.visit(place, stat, first);
            }

            @Override
            public void leave(String place, Stat stat) {
                stamp(directories.pop(), stat);
            }
        };
        try {
            new ImageTree(image, left).walk(path, visitor);
        } catch (ErrnoException e) {
            throw MountedImage.failed(path, e);
        }
    }

    /** A name on the image may be anything; it must not lead elsewhere. */
    private static Path resolve(Path directory, String name) {
        if (name.equals(".") || name.equals("..")) {
            throw new UsageException(directory + ": '" + name + "' is no name for a copy; give one");
        }
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new UsageException(
                    directory + ": there can be no file called '" + StatText.printable(name) + "' here", e);
        }
    }

    private boolean visit(String path, Stat stat, Path first) {
        Path target =
                directories.isEmpty() ? first : resolve(directories.peek(), path.substring(path.lastIndexOf('/') + 1));
        if (Files.isSymbolicLink(target)) {
            throw new UsageException(target + ": is a symbolic link, which is not followed; remove it");
        }
        try {
            return !isLinked(stat, target) && make(path, target, stat);
        } catch (IOException e) {
            throw unwritten(target, e);
        }
    }

    /** @return whether it is a directory, which gets its times when all is in it */
    private boolean make(String path, Path target, Stat stat) throws IOException {
        switch (Mode.type(stat.mode())) {
            case Mode.REGULAR -> contents(path, target, stat);
            case Mode.DIRECTORY -> {
                if (!recursive) {
                    throw new UsageException(path + ": is a directory; copy it with all that is in it with -r");
                }
                Files.createDirectories(target);
                directories.push(target);
                return true;
            }
            case Mode.SYMLINK -> Files.createSymbolicLink(target, Path.of(process.readlink(path)));
            default -> {
                left.add(path + ": a " + StatText.type(stat.mode()) + " is not copied");
                return false;
            }
        }
        stamp(target, stat);
        return false;
    }

    private static UsageException unwritten(Path target, IOException e) {
        return new UsageException(target + ": cannot be written: " + FileErrors.reason(e), e);
    }

    private boolean isLinked(Stat stat, Path target) throws IOException {
        if (Mode.isDirectory(stat.mode()) || stat.linkCount() < 2) {
            return false;
        }
        Path first = copies.putIfAbsent(stat.inodeNumber(), target);
        if (first != null) {
            Files.createLink(target, first);
        }
        return first != null;
    }

    private void contents(String path, Path target, Stat stat) throws IOException {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        try (RandomAccessFile out = new RandomAccessFile(target.toFile(), "rw")) {
            out.setLength(0);
            out.setLength(stat.sizeBytes());
            long at = image.nextData(fd, 0, stat.sizeBytes());
            while (at < stat.sizeBytes()) {
                long end = process.lseek(fd, at, MountedImage.SEEK_HOLE);
                while (at < end) {
                    int count = process.pread(fd, piece, 0, (int) Math.min(piece.length, end - at), at);
                    out.seek(at);
                    out.write(piece, 0, count);
                    at += count;
                }
                at = image.nextData(fd, at, stat.sizeBytes());
            }
        } finally {
            process.close(fd);
        }
    }

    private static void stamp(Path target, Stat stat) {
        try {
            if (!Mode.isSymlink(stat.mode())) {
                Files.setAttribute(target, "unix:mode", stat.mode() & Mode.PERMISSIONS);
            }
            BasicFileAttributeView view =
                    Files.getFileAttributeView(target, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setTimes(time(stat.modifiedNanos()), time(stat.accessedNanos()), null);
        } catch (IOException e) {
            throw unwritten(target, e);
        }
    }

    private static FileTime time(long nanos) {
        return FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }
}
