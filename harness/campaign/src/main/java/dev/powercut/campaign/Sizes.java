package dev.powercut.campaign;

/** Sizes as people write them: a number of bytes, or one with K, M, G or T for powers of 1024. */
public final class Sizes {

    private static final String UNITS = "KMGT";

    private Sizes() {}

    /** @throws UsageException when it is no size; the message says what is */
    public static long parse(String text) {
        String digits = text;
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
        if (unit >= 0) {
            digits = text.substring(0, text.length() - 1);
        }
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return Math.multiplyExact(number, 1L << 10 * (unit + 1));
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw notASize(text);
        }
        throw notASize(text);
    }

    private static UsageException notASize(String text) {
        return new UsageException(
                "'" + text + "' is not a size; write bytes, or a number with K, M, G or T, such as 8M");
    }

    /** The shortest form that {@link #parse} reads back, such as {@code 8M}. */
    public static String text(long bytes) {
        int unit = 0;
        long number = bytes;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.length()) {
            number /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(number) : number + UNITS.substring(unit - 1, unit);
    }
}
