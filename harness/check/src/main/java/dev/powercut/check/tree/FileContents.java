package dev.powercut.check.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a regular file reads as: extents of bytes in ascending order that do not overlap, and zeroes between them. A file of
 * ordinary size is one extent; a sparse file costs what its data costs.
 */
public final class FileContents {

    /** Bytes of a file from an offset on; not to be changed. */
    public record Extent(long offsetBytes, byte[] bytes) {
        public long endBytes() {
            return offsetBytes + bytes.length;
        }
    }

    private static final int ZERO_RUN = 4096;
    private static final byte[] ZEROES = new byte[ZERO_RUN];
    private static final byte[] NONE = {};

    private final long sizeBytes;
    private final Extent[] extents;

    private FileContents(long sizeBytes, Extent[] extents) {
        this.sizeBytes = sizeBytes;
        this.extents = extents;
    }

    /** A file that is exactly these bytes, which are not to be changed any more. */
    public static FileContents of(byte[] bytes) {
        return new FileContents(bytes.length, new Extent[] {new Extent(0, bytes)});
    }

    /**
     * A file with holes.
     *
     * @param extents in ascending order, not overlapping, not empty, within the size
     */
    public static FileContents of(long sizeBytes, List<Extent> extents) {
        long end = 0;
        for (Extent extent : extents) {
            if (extent.offsetBytes < end || extent.bytes.length == 0 || extent.endBytes() > sizeBytes) {
                throw new IllegalArgumentException("extent at " + extent.offsetBytes + " of " + extent.bytes.length
                        + " bytes overlaps, is empty, or is beyond size " + sizeBytes);
            }
            end = extent.endBytes();
        }
        return new FileContents(sizeBytes, extents.toArray(new Extent[0]));
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public int extentCount() {
        return extents.length;
    }

    public Extent extent(int index) {
        return extents[index];
    }

    /** All bytes when they are one extent without holes, not to be changed; else, and of an empty file, an empty array. */
    public byte[] flat() {
        return extents.length == 1 && extents[0].bytes.length == sizeBytes ? extents[0].bytes : NONE;
    }

    /** Copies {@code length} bytes from an offset; what is beyond the end comes as zeroes. */
    public void copyTo(long offsetBytes, byte[] target, int targetOffset, int length) {
        Arrays.fill(target, targetOffset, targetOffset + length, (byte) 0);
        long end = offsetBytes + length;
        for (Extent extent : extents) {
            long from = Math.max(offsetBytes, extent.offsetBytes);
            long to = Math.min(end, extent.endBytes());
            if (from < to) {
                System.arraycopy(
                        extent.bytes,
                        (int) (from - extent.offsetBytes),
                        target,
                        targetOffset + (int) (from - offsetBytes),
                        (int) (to - from));
            }
        }
    }

    /** True when {@code length} bytes from an offset, all within the size, equal those of {@code expected} from its beginning. */
    public boolean matches(long offsetBytes, byte[] expected, int length) {
        long at = offsetBytes;
        long end = offsetBytes + length;
        for (int i = firstEndingAfter(offsetBytes); i < extents.length && extents[i].offsetBytes < end; i++) {
            Extent extent = extents[i];
            long from = Math.max(at, extent.offsetBytes);
            long to = Math.min(end, extent.endBytes());
            int inExtent = (int) (from - extent.offsetBytes);
            if (!isZero(expected, (int) (at - offsetBytes), (int) (from - offsetBytes))
                    || !Arrays.equals(
                            extent.bytes,
                            inExtent,
                            inExtent + (int) (to - from),
                            expected,
                            (int) (from - offsetBytes),
                            (int) (to - offsetBytes))) {
                return false;
            }
            at = to;
        }
        return isZero(expected, (int) (at - offsetBytes), length);
    }

    /** The first offset from {@code from} on, and before {@code to}, that holds something other than zero, or -1. */
    public long firstNonZero(long from, long to) {
        for (int i = firstEndingAfter(from); i < extents.length && extents[i].offsetBytes < to; i++) {
            Extent extent = extents[i];
            int at = (int) (Math.max(from, extent.offsetBytes) - extent.offsetBytes);
            int end = (int) (Math.min(to, extent.endBytes()) - extent.offsetBytes);
            int nonZero = firstNonZero(extent.bytes, at, end);
            if (nonZero >= 0) {
                return extent.offsetBytes + nonZero;
            }
        }
        return -1;
    }

    /** SHA-256 over all bytes, holes included, in lower-case hexadecimal. */
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        long at = 0;
        for (Extent extent : extents) {
            zeroes(digest, extent.offsetBytes - at);
            digest.update(extent.bytes);
            at = extent.endBytes();
        }
        zeroes(digest, sizeBytes - at);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void zeroes(MessageDigest digest, long count) {
        for (long left = count; left > 0; left -= ZERO_RUN) {
            digest.update(ZEROES, 0, (int) Math.min(left, ZERO_RUN));
        }
    }

    /** Index of the first extent that ends after an offset. */
    private int firstEndingAfter(long offsetBytes) {
        int low = 0;
        int high = extents.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (extents[middle].endBytes() > offsetBytes) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        return firstNonZero(bytes, from, to) < 0;
    }

    private static int firstNonZero(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at += ZERO_RUN) {
            int length = Math.min(ZERO_RUN, to - at);
            int difference = Arrays.mismatch(bytes, at, at + length, ZEROES, 0, length);
            if (difference >= 0) {
                return at + difference;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof FileContents that) || sizeBytes != that.sizeBytes) {
            return false;
        }
        byte[] piece = new byte[ZERO_RUN];
        long at = 0;
        for (Extent extent : that.extents) {
            if (firstNonZero(at, extent.offsetBytes) >= 0) {
                return false;
            }
            for (long from = extent.offsetBytes; from < extent.endBytes(); from += ZERO_RUN) {
                int length = (int) Math.min(ZERO_RUN, extent.endBytes() - from);
                System.arraycopy(extent.bytes, (int) (from - extent.offsetBytes), piece, 0, length);
                if (!matches(from, piece, length)) {
                    return false;
                }
            }
            at = extent.endBytes();
        }
        return firstNonZero(at, sizeBytes) < 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sizeBytes);
    }

    @Override
    public String toString() {
        return sizeBytes + " bytes";
    }
}
