package dev.powercut.reports.html;

/**
 * A part of a text that stands several times in a row, as in file names that were made up to be long.
 *
 * @param unit what repeats
 * @param count how often it stands
 */
record Run(String unit, int count) {
    private static final int LONGEST_UNIT = 16;

    /** Shorter runs of one character are read more easily than counted. */
    private static final int FEWEST_CHARACTERS = 24;

    /** Longer than a line of a hex dump, which is to keep its columns. */
    private static final int SHORTEST_PHRASE = 64;

    private static final int FEWEST_PHRASES = 4;

    /** What begins at a code point of the text: a run worth counting, or just that code point, once. */
    static Run at(String text, int start) {
        int width = Character.charCount(text.codePointAt(start));
        for (int length = width; length <= LONGEST_UNIT && start + length <= text.length(); length++) {
            int count = repetitions(text, start, length);
            boolean worthCounting = length == width
                    ? count >= FEWEST_CHARACTERS
                    : count >= FEWEST_PHRASES && count * length >= SHORTEST_PHRASE;
            if (worthCounting && !splitsPair(text, start + length)) {
                return new Run(text.substring(start, start + length), count);
            }
        }
        return new Run(text.substring(start, start + width), 1);
    }

    int length() {
        return unit.length() * count;
    }

    boolean isOneCharacter() {
        return unit.codePointCount(0, unit.length()) == 1;
    }

    private static int repetitions(String text, int start, int length) {
        int count = 1;
        while (text.regionMatches(start + count * length, text, start, length)) {
            count++;
        }
        return count;
    }

    private static boolean splitsPair(String text, int at) {
        return at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
