package dev.powercut.app;

import java.util.ArrayList;
import java.util.List;

/** Fits text into lines of a terminal. */
final class Lines {

    private Lines() {}

    /** Breaks text at spaces; a word that is longer than a line stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Notes of a replay, below what it shows. */
    static List<String> notes(List<String> notes) {
        List<String> lines = new ArrayList<>();
        for (String note : notes) {
            String begin = "  note       ";
            for (String line : wrap(note, 96)) {
                lines.add(begin + line);
                begin = " ".repeat(begin.length());
            }
        }
        return lines;
    }

    /** The text with spaces behind it, up to a width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
