package dev.powercut.sim.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian integers in a {@code byte[]}, at any offset. Each call compiles to one load or store. */
public final class LittleEndian {

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    public static int u8(byte[] b, int at) {
        return b[at] & 0xFF;
    }

    public static int u16(byte[] b, int at) {
        return (short) SHORTS.get(b, at) & 0xFFFF;
    }

    public static int s32(byte[] b, int at) {
        return (int) INTS.get(b, at);
    }

    public static long u32(byte[] b, int at) {
        return (int) INTS.get(b, at) & 0xFFFF_FFFFL;
    }

    public static long s64(byte[] b, int at) {
        return (long) LONGS.get(b, at);
    }

    public static void put8(byte[] b, int at, int value) {
        b[at] = (byte) value;
    }

    public static void put16(byte[] b, int at, int value) {
        SHORTS.set(b, at, (short) value);
    }

    public static void put32(byte[] b, int at, int value) {
        INTS.set(b, at, value);
    }

    public static void put64(byte[] b, int at, long value) {
        LONGS.set(b, at, value);
    }

    /** True when {@code length} bytes from {@code at} are all zero. */
    public static boolean isZero(byte[] b, int at, int length) {
        int end = at + length;
        int words = at + (length & ~7);
        int i = at;
        for (; i < words; i += Long.BYTES) {
            if ((long) LONGS.get(b, i) != 0) {
                return false;
            }
        }
        for (; i < end; i++) {
            if (b[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
