package dev.powercut.check.promises;

import dev.powercut.check.model.Contents;
import java.util.Arrays;

/** Versions of one chunk of a file: {@link Contents#CHUNK_BYTES} bytes each. */
final class ChunkCell {

    private static final byte[] ZERO = new byte[Contents.CHUNK_BYTES];

    final long offsetBytes;
    private int[] operations = new int[2];
    private byte[][] versions = new byte[2][];
    private int count;

    /** @param operation the one that made the file */
    ChunkCell(long chunk, int operation) {
        this.offsetBytes = chunk * Contents.CHUNK_BYTES;
        add(operation, ZERO);
    }

    void add(int operation, byte[] bytes) {
        if (count > 0 && operations[count - 1] == operation) {
            versions[count - 1] = bytes;
            return;
        }
        if (count == operations.length) {
            operations = Arrays.copyOf(operations, 2 * count);
            versions = Arrays.copyOf(versions, 2 * count);
        }
        operations[count] = operation;
        versions[count] = bytes;
        count++;
    }

    int count() {
        return count;
    }

    int operation(int version) {
        return operations[version];
    }

    byte[] version(int version) {
        return versions[version];
    }

    /** The last version made by an operation below a limit; the first one when there is none. */
    int lastBefore(int limit) {
        int version = count - 1;
        while (version > 0 && operations[version] >= limit) {
            version--;
        }
        return version;
    }
}
