package dev.powercut.check.workload;

/**
 * The bytes that a step writes: a function of (step number, file offset). Each aligned unit of 16 bytes is printable text,
 * five hexadecimal digits of the step number, {@code @}, nine digits of the offset in units, and a line feed:
 *
 * <pre>
 * 0002a@000000100\n       step 42, offset 0x1000
 * </pre>
 *
 * A single unit of a file thus tells which step wrote it and where it belongs.
 */
public final class WrittenData {

    public static final int UNIT_BYTES = 16;
    public static final int MAX_STEP = 0xFFFFF;

    /** Exclusive: 2^36 units. */
    public static final long MAX_OFFSET_BYTES = 1L << 40;

    private static final int STEP_DIGITS = 5;
    private static final int UNIT_DIGITS = 9;

    private WrittenData() {}

    /** Fills {@code length} bytes of {@code target} with what {@code step} writes at a file offset. */
    public static void fill(int step, long fileOffsetBytes, byte[] target, int targetOffset, int length) {
        if (fileOffsetBytes < 0 || fileOffsetBytes + length > MAX_OFFSET_BYTES) {
            throw new IllegalArgumentException("no data is defined at offset " + fileOffsetBytes);
        }
        byte[] unit = new byte[UNIT_BYTES];
        int done = 0;
        while (done < length) {
            long at = fileOffsetBytes + done;
            int inUnit = (int) (at % UNIT_BYTES);
            write(step, at / UNIT_BYTES, unit);
            int count = Math.min(UNIT_BYTES - inUnit, length - done);
            System.arraycopy(unit, inUnit, target, targetOffset + done, count);
            done += count;
        }
    }

    /** The step whose data stands in the 16 bytes from {@code at} on, or -1 when they are no unit. */
    public static int stepOf(byte[] bytes, int at) {
        return isUnit(bytes, at) ? (int) digits(bytes, at, STEP_DIGITS) : -1;
    }

    /** The file offset for which the unit at {@code at} was written, or -1 when the bytes are no unit. */
    public static long offsetOf(byte[] bytes, int at) {
        return isUnit(bytes, at) ? digits(bytes, at + STEP_DIGITS + 1, UNIT_DIGITS) * UNIT_BYTES : -1;
    }

    private static boolean isUnit(byte[] bytes, int at) {
        return at >= 0
                && at + UNIT_BYTES <= bytes.length
                && bytes[at + STEP_DIGITS] == '@'
                && bytes[at + UNIT_BYTES - 1] == '\n'
                && digits(bytes, at, STEP_DIGITS) >= 0
                && digits(bytes, at + STEP_DIGITS + 1, UNIT_DIGITS) >= 0;
    }

    private static void write(int step, long unitIndex, byte[] unit) {
        hex(step, unit, 0, STEP_DIGITS);
        unit[STEP_DIGITS] = '@';
        hex(unitIndex, unit, STEP_DIGITS + 1, UNIT_DIGITS);
        unit[UNIT_BYTES - 1] = '\n';
    }

    private static void hex(long value, byte[] target, int at, int digits) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            int digit = (int) (rest & 0xF);
            target[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            rest >>>= 4;
        }
    }

    private static long digits(byte[] bytes, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes[i] >= '0' && bytes[i] <= '9'
                    ? bytes[i] - '0'
                    : bytes[i] >= 'a' && bytes[i] <= 'f' ? bytes[i] - 'a' + 10 : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
