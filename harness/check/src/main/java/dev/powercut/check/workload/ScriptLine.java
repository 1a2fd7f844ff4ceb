package dev.powercut.check.workload;

import java.util.ArrayList;
import java.util.List;

/** One line of a script, cut into words that are taken one after the other; each failure names the line. */
final class ScriptLine {

    private static final int MAX_SLOT = 63;
    private static final int MAX_LENGTH = 1 << 24;
    private static final int MAX_ID = 65_535;
    private static final long MAX_INSTANT_SECONDS = 9_000_000_000L;

    private final String script;
    private final int lineNumber;
    private final List<String> words = new ArrayList<>();
    private int next;

    ScriptLine(String script, int lineNumber, String line) {
        this.script = script;
        this.lineNumber = lineNumber;
        split(line);
    }

    private void split(String line) {
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == '#') {
                return;
            }
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '"') {
                at = quoted(line, at + 1);
            } else {
                int end = at;
                while (end < line.length() && " \t\"#".indexOf(line.charAt(end)) < 0) {
                    end++;
                }
                words.add(line.substring(at, end));
                at = end;
            }
        }
    }

    private int quoted(String line, int from) {
        StringBuilder word = new StringBuilder();
        int at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            char c = line.charAt(at);
            if (c != '\\') {
                word.append(c);
                at++;
            } else if (at + 1 < line.length() && "\"\\".indexOf(line.charAt(at + 1)) >= 0) {
                word.append(line.charAt(at + 1));
                at += 2;
            } else if (at + 6 <= line.length() && line.substring(at, at + 6).matches("\\\\u[0-9a-fA-F]{4}")) {
                word.append((char) Integer.parseInt(line.substring(at + 2, at + 6), 16));
                at += 6;
            } else {
                throw error("in quotes, \\ begins one of \\\" \\\\ \\uXXXX");
            }
        }
        if (at >= line.length()) {
            throw error("a quote is not closed");
        }
        words.add(word.toString());
        return at + 1;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** All words, whatever has been taken. */
    List<String> all() {
        return List.copyOf(words);
    }

    ScriptException error(String reason) {
        return new ScriptException(script, lineNumber, reason);
    }

    String word(String what) {
        if (next >= words.size()) {
            throw error(what + " is missing at the end of the line");
        }
        return words.get(next++);
    }

    void end() {
        if (next < words.size()) {
            throw error("'" + words.get(next) + "' is too much");
        }
    }

    /** Takes the step's number if the line begins with one, else the number after the previous one. */
    int stepNumber(int previous) {
        long number = previous + 1L;
        if (words.getFirst().matches("[0-9]+:")) {
            String word = word("a step number");
            number = decimal(word, word.substring(0, word.length() - 1), "a step number", 0, Step.MAX_NUMBER);
            if (number <= previous) {
                throw error("step " + number + " does not come after step " + previous);
            }
        }
        if (number > Step.MAX_NUMBER) {
            throw error("there are too many steps; the highest number is " + Step.MAX_NUMBER);
        }
        return (int) number;
    }

    String path() {
        String path = word("a path");
        if (!path.startsWith("/")) {
            throw error("path '" + path + "' does not begin with /");
        }
        if (path.length() > 1) {
            for (String component : path.substring(1).split("/", -1)) {
                if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                    throw error("path '" + path + "' has an empty component, . or ..");
                }
            }
        }
        if (path.indexOf('\0') >= 0) {
            throw error("a path cannot hold a zero byte");
        }
        return path;
    }

    String linkTarget() {
        String target = word("a link target");
        if (target.indexOf('\0') >= 0) {
            throw error("a link target cannot hold a zero byte");
        }
        return target;
    }

    int mode() {
        String word = word("a mode");
        if (!word.matches("[0-7]{1,5}") || Integer.parseInt(word, 8) > 07777) {
            throw error("'" + word + "' is not an octal mode up to 7777");
        }
        return Integer.parseInt(word, 8);
    }

    int id(String what) {
        String word = word("a " + what);
        return word.equals("-1") ? -1 : (int) decimal(word, word, "a " + what, 0, MAX_ID);
    }

    int slot() {
        String word = word("a slot");
        return (int) decimal(word, word, "a slot", 0, MAX_SLOT);
    }

    long offset() {
        return size("an offset or size", WrittenData.MAX_OFFSET_BYTES - MAX_LENGTH);
    }

    int length() {
        return (int) size("a length", MAX_LENGTH);
    }

    private long size(String what, long max) {
        String word = word(what);
        int shift = word.isEmpty() ? -1 : "KMG".indexOf(word.charAt(word.length() - 1));
        long unit = shift < 0 ? 1 : 1L << (shift + 1) * 10;
        String digits = shift < 0 ? word : word.substring(0, word.length() - 1);
        return decimal(word, digits, what, 0, max / unit) * unit;
    }

    /** Seconds since 1970 with up to nine decimals. */
    long instantNanos() {
        String word = word("a time");
        if (!word.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
            throw error("'" + word + "' is not a time in seconds since 1970");
        }
        int point = word.indexOf('.');
        String whole = point < 0 ? word : word.substring(0, point);
        String decimals = point < 0 ? "" : word.substring(point + 1);
        if (Long.parseLong(whole) > MAX_INSTANT_SECONDS) {
            throw error("'" + word + "' is too far in the future");
        }
        return Long.parseLong(whole) * 1_000_000_000L + Long.parseLong((decimals + "000000000").substring(0, 9));
    }

    long durationNanos() {
        String word = word("a duration");
        String unit = word.replaceAll("^[0-9]*", "");
        long nanos = switch (unit) {
            case "ns" -> 1;
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            default -> throw error("'" + word + "' is not a duration such as 20ms: units are ns us ms s");
        };
        String digits = word.substring(0, word.length() - unit.length());
        return decimal(word, digits, "a duration", 0, 1_000_000_000_000_000L / nanos) * nanos;
    }

    private long decimal(String word, String digits, String what, long min, long max) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw error("'" + word + "' is not " + what);
        }
        long value = Long.parseLong(digits);
        if (value < min || value > max) {
            throw error("'" + word + "' is too large for " + what);
        }
        return value;
    }
}
