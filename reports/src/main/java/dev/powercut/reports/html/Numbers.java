package dev.powercut.reports.html;

import java.util.Locale;

/** Numbers as a page shows them, the same in every locale. */
final class Numbers {
    private Numbers() {}

    /** {@code 1,234,567}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 write}, {@code 1,234 writes}. */
    static String count(long number, String noun) {
        return count(number, noun, noun + "s");
    }

    /** {@code 1 entry}, {@code 2 entries}. */
    static String count(long number, String one, String many) {
        return grouped(number) + " " + (number == 1 ? one : many);
    }

    /** A quotient with two decimals, or a dash where there is nothing to divide by. */
    static String quotient(long dividend, long divisor) {
        return divisor == 0 ? "–" : String.format(Locale.ROOT, "%.2f", (double) dividend / divisor);
    }
}
