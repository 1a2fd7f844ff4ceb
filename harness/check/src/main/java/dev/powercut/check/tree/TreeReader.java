package dev.powercut.check.tree;

import dev.powercut.kernel.Process;

/**
 * Reads a whole filesystem through system calls. Keeps scratch memory: one reader for many trees, by one thread at a time.
 *
 * <p>A file with holes is read by its data only, as SEEK_DATA finds them; limits guard against images that were made to
 * exhaust the reader.
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

    public TreeReader(Limits limits) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads what is below a directory.
     *
     * @throws UnreadableTreeException when a call fails or a limit is passed; it names the path
     */
    public Node.Directory read(Process process, String path) {
        throw new UnsupportedOperationException();
    }
}
