package dev.powercut.check.model;

import dev.powercut.check.tree.FileContents;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file without end: chunks over a base, zero where neither has any. Immutable; what is beyond the file's size is
 * zero.
 */
public final class Contents {

    /** A disk's sector: what a crash may tear apart is apart here. */
    public static final int CHUNK_BYTES = 512;

    static final Contents EMPTY = new Contents(null, PersistentArray.empty());
    private static final byte[] ZERO = new byte[CHUNK_BYTES];

    private final @Nullable FileContents base;
    private final PersistentArray<byte[]> chunks;

    private Contents(@Nullable FileContents base, PersistentArray<byte[]> chunks) {
        this.base = base;
        this.chunks = chunks;
    }

    /** What a file was found to hold; not copied. */
    static Contents of(FileContents base) {
        return base.extentCount() == 0 ? EMPTY : new Contents(base, PersistentArray.empty());
    }

    /** A chunk's {@link #CHUNK_BYTES} bytes, not to be changed. */
    public byte[] chunk(long index) {
        byte[] own = chunks.get(index);
        if (own != null) {
            return own;
        }
        long from = index * CHUNK_BYTES;
        if (base == null || from >= base.sizeBytes() || base.firstNonZero(from, from + CHUNK_BYTES) < 0) {
            return ZERO;
        }
        byte[] copy = new byte[CHUNK_BYTES];
        base.copyTo(from, copy, 0, CHUNK_BYTES);
        return copy;
    }

    /** The first chunk from an index on that may be something other than zero, or -1. */
    public long nextChunk(long from) {
        long own = chunks.next(from);
        if (base != null) {
            long nonZero = base.firstNonZero(from * CHUNK_BYTES, base.sizeBytes());
            if (nonZero >= 0 && (own < 0 || nonZero / CHUNK_BYTES < own)) {
                return nonZero / CHUNK_BYTES;
            }
        }
        return own;
    }

    Contents with(long index, byte[] bytes) {
        byte[] own = bytes;
        if (Arrays.equals(bytes, ZERO)) {
            own = base == null ? null : ZERO;
        }
        return new Contents(base, chunks.with(index, own));
    }

    /** Copies bytes from an offset. */
    public void copyTo(long offsetBytes, byte[] target, int targetOffset, int length) {
        int done = 0;
        while (done < length) {
            long at = offsetBytes + done;
            int inChunk = (int) (at % CHUNK_BYTES);
            int count = Math.min(CHUNK_BYTES - inChunk, length - done);
            System.arraycopy(chunk(at / CHUNK_BYTES), inChunk, target, targetOffset + done, count);
            done += count;
        }
    }
}
