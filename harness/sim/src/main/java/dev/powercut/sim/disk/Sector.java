package dev.powercut.sim.disk;

import dev.powercut.sim.Mixing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The contents of one sector: 512 immutable bytes and their 128-bit hash, worked out once. */
public final class Sector {

    /** Bytes in a sector. The unit of atomic writes of the disks in use since 1956, and of Linux block-layer addresses. */
    public static final int BYTES = 512;

    /** The sector that is all zero. */
    public static final Sector ZERO = new Sector(new byte[BYTES], 0, 0);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    final long hashHigh;
    final long hashLow;

    private Sector(byte[] bytes, long hashHigh, long hashLow) {
        this.bytes = bytes;
        this.hashHigh = hashHigh;
        this.hashLow = hashLow;
    }

    /** Copies 512 bytes from {@code source} at {@code offsetBytes}; all zeroes give {@link #ZERO}. */
    public static Sector copyOf(byte[] source, int offsetBytes) {
        long high = 0x243F6A8885A308D3L;
        long low = 0x13198A2E03707344L;
        long any = 0;
        for (int at = offsetBytes; at < offsetBytes + BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(source, at);
            any |= word;
            high = (high ^ word) * 0x9E3779B97F4A7C15L;
            high ^= high >>> 32;
            low = Long.rotateLeft(low + word * 0xD6E8FEB86659FD93L, 29) * 0xA0761D6478BD642FL;
        }
        if (any == 0) {
            return ZERO;
        }
        return new Sector(
                Arrays.copyOfRange(source, offsetBytes, offsetBytes + BYTES), Mixing.mix(high), Mixing.mix(low ^ high));
    }

    /** Copies all 512 bytes to {@code target} at {@code offsetBytes}. */
    public void copyTo(byte[] target, int offsetBytes) {
        System.arraycopy(bytes, 0, target, offsetBytes, BYTES);
    }

    /** The byte at an offset, 0 to 511. */
    public byte at(int offsetBytes) {
        return bytes[offsetBytes];
    }

    /** True when {@code length} bytes from {@code offset} equal those of {@code other} from {@code otherOffset}. */
    public boolean matches(int offset, byte[] other, int otherOffset, int length) {
        return Arrays.equals(bytes, offset, offset + length, other, otherOffset, otherOffset + length);
    }

    public boolean isZero() {
        return this == ZERO;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Sector that
                        && hashHigh == that.hashHigh
                        && hashLow == that.hashLow
                        && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (int) hashLow;
    }
}
