package dev.powercut.check.litmus;

import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.WrittenData;
import org.jspecify.annotations.Nullable;

/** What an outcome may ask of a recovered tree. */
public final class RecoveredTree {

    private final Node.Directory root;

    RecoveredTree(Node.Directory root) {
        this.root = root;
    }

    /** Whether a path stands for anything. */
    public boolean has(String path) {
        return find(path) != null;
    }

    /** The size of a regular file, or -1 when there is none. */
    public long size(String path) {
        return find(path) instanceof Node.RegularFile file ? file.contents().sizeBytes() : -1;
    }

    /** Whether a regular file is so long and holds what a step wrote from an offset to its end. */
    public boolean holds(String path, int step, int from, int size) {
        return size(path) == size && isWritten(path, step, from, size);
    }

    /** Whether bytes of a regular file are what a step wrote there. */
    public boolean isWritten(String path, int step, int from, int to) {
        if (!(find(path) instanceof Node.RegularFile file) || file.contents().sizeBytes() < to) {
            return false;
        }
        byte[] expected = new byte[to - from];
        WrittenData.fill(step, from, expected, 0, expected.length);
        return file.contents().matches(from, expected, expected.length);
    }

    /** Whether each sector of a regular file up to an offset is what one of two steps wrote there. */
    public boolean isMixOf(String path, int one, int other, int size) {
        for (int from = 0; from < size; from += SECTOR) {
            int to = Math.min(size, from + SECTOR);
            if (!isWritten(path, one, from, to) && !isWritten(path, other, from, to)) {
                return false;
            }
        }
        return size(path) == size;
    }

    private static final int SECTOR = 512;

    private @Nullable Node find(String path) {
        Node at = root;
        for (String name : path.substring(1).split("/", -1)) {
            at = at instanceof Node.Directory directory ? entry(directory, name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private static @Nullable Node entry(Node.Directory directory, String name) {
        for (Node.Entry entry : directory.entries()) {
            if (entry.name().equals(name)) {
                return entry.node();
            }
        }
        return null;
    }
}
