package dev.powercut.check.tree;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.Stat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads a whole filesystem through system calls. Keeps scratch memory: one reader for many trees, by one thread at a time.
 *
 * <p>A large file with holes is read by its data only, see {@link SparseReading}; limits guard against images that were made
 * to exhaust the reader.
 */
public final class TreeReader {

    /**
     * What a tree may cost at most.
     *
     * @param dataBytes bytes of file data in all, holes not counted
     */
    public record Limits(int nodes, int depth, long dataBytes) {
        public static final Limits DEFAULT = new Limits(100_000, 256, 256L << 20);
    }

    /** Files up to here are read whole, with holes or without. */
    private static final long WHOLE_BYTES = 64 * 1024;

    private static final int BYTES_PER_BLOCK = 512;
    private static final Comparator<Node.Entry> BY_NAME =
            (left, right) -> left.name().compareTo(right.name());

    private final Limits limits;
    private final TreeMap<Long, Node> linked = new TreeMap<>();
    private int nodesLeft;
    private long dataBytesLeft;

    public TreeReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads what is below a directory.
     *
     * @param path absolute
     * @throws UnreadableTreeException when a call fails or a limit is passed; it names the path
     */
    public Node.Directory read(Process process, String path) {
        nodesLeft = limits.nodes();
        dataBytesLeft = limits.dataBytes();
        linked.clear();
        if (node(process, path, limits.depth()) instanceof Node.Directory directory) {
            return directory;
        }
        throw new UnreadableTreeException(path, null, "is no directory");
    }

    private Node node(Process process, String path, int depthLeft) {
        try {
            Stat stat = process.lstat(path);
            boolean severalNames = stat.linkCount() > 1 && !Mode.isDirectory(stat.mode());
            Node known = severalNames ? linked.get(stat.inodeNumber()) : null;
            if (known != null) {
                return known;
            }
            countNode(path);
            Node node = read(process, path, stat, depthLeft);
            if (severalNames) {
                linked.put(stat.inodeNumber(), node);
            }
            return node;
        } catch (ErrnoException e) {
            throw new UnreadableTreeException(path, e.errno(), "cannot be read: " + e.getMessage());
        }
    }

    /**
     * What a directory says to be a regular file is opened at once, which saves a walk along the path; when it cannot be opened,
     * {@link #node} finds out why.
     */
    private Node regularFile(Process process, String path, int depthLeft) {
        int fd;
        try {
            fd = process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_NOFOLLOW | OpenFlags.O_NONBLOCK, 0);
        } catch (ErrnoException e) {
            return node(process, path, depthLeft);
        }
        try {
            Stat stat = process.fstat(fd);
            if (!Mode.isRegular(stat.mode()) || stat.linkCount() > 1) {
                return node(process, path, depthLeft);
            }
            countNode(path);
            return new Node.RegularFile(attributes(stat), contents(process, fd, path, stat));
        } catch (ErrnoException e) {
            throw new UnreadableTreeException(path, e.errno(), "cannot be read: " + e.getMessage());
        } finally {
            process.close(fd);
        }
    }

    private void countNode(String path) {
        if (--nodesLeft < 0) {
            throw new UnreadableTreeException(path, null, "there are more than " + limits.nodes() + " files");
        }
    }

    private static Node.Attributes attributes(Stat stat) {
        return new Node.Attributes(
                stat.inodeNumber(),
                stat.mode(),
                stat.linkCount(),
                stat.uid(),
                stat.gid(),
                stat.sizeBytes(),
                stat.blocks512(),
                stat.modifiedNanos());
    }

    private Node read(Process process, String path, Stat stat, int depthLeft) {
        Node.Attributes attributes = attributes(stat);
        return switch (Mode.type(stat.mode())) {
            case Mode.DIRECTORY -> new Node.Directory(attributes, entries(process, path, depthLeft));
            case Mode.REGULAR -> new Node.RegularFile(attributes, contents(process, path, stat));
            case Mode.SYMLINK -> new Node.Symlink(attributes, process.readlink(path));
            default -> new Node.Special(attributes, stat.device());
        };
    }

    private List<Node.Entry> entries(Process process, String path, int depthLeft) {
        if (depthLeft == 0) {
            throw new UnreadableTreeException(path, null, "is deeper than " + limits.depth() + " directories");
        }
        int fd = process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        List<DirectoryEntry> listed;
        try {
            listed = process.readdir(fd);
        } finally {
            process.close(fd);
        }
        String prefix = path.equals("/") ? path : path + "/";
        Node.Entry[] entries = new Node.Entry[listed.size()];
        int count = 0;
        for (int i = 0; i < entries.length; i++) {
            String name = listed.get(i).name();
            if (!name.equals(".") && !name.equals("..")) {
                Node node = listed.get(i).type() == Mode.REGULAR
                        ? regularFile(process, prefix + name, depthLeft - 1)
                        : node(process, prefix + name, depthLeft - 1);
                entries[count++] = new Node.Entry(name, node);
            }
        }
        Node.Entry[] sorted = Arrays.copyOf(entries, count);
        Arrays.sort(sorted, BY_NAME);
        return List.of(sorted);
    }

    private FileContents contents(Process process, String path, Stat stat) {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        try {
            return contents(process, fd, path, stat);
        } finally {
            process.close(fd);
        }
    }

    private FileContents contents(Process process, int fd, String path, Stat stat) {
        long size = stat.sizeBytes();
        if (size > WHOLE_BYTES && stat.blocks512() < size / BYTES_PER_BLOCK) {
            List<FileContents.Extent> extents = new ArrayList<>();
            new SparseReading(process, fd, path, size).into(extents, dataBytesLeft);
            for (FileContents.Extent extent : extents) {
                dataBytesLeft -= extent.bytes().length;
            }
            return FileContents.of(size, extents);
        }
        dataBytesLeft -= size;
        if (dataBytesLeft < 0) {
            throw new UnreadableTreeException(path, null, "there are more bytes of data than the limit allows");
        }
        return FileContents.of(SparseReading.exactly(process, fd, path, 0, (int) size));
    }
}
