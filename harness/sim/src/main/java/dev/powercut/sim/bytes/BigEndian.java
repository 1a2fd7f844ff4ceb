package dev.powercut.sim.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian integers in a {@code byte[]}, at any offset; {@link LittleEndian}'s counterpart. */
public final class BigEndian {

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

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

    public static void put16(byte[] b, int at, int value) {
        SHORTS.set(b, at, (short) value);
    }

    public static void put32(byte[] b, int at, int value) {
        INTS.set(b, at, value);
    }

    public static void put64(byte[] b, int at, long value) {
        LONGS.set(b, at, value);
    }
}
