package dev.powercut.check.image;

import java.util.ArrayList;
import java.util.List;

/**
 * What a dump is asked for: a word, and for most words a number.
 *
 * @param words as they were typed; empty for what a dump shows by itself
 */
public record DumpTopic(List<String> words) {

    public DumpTopic {
        words = List.copyOf(words);
    }

    /** The word; {@code superblock} when none was given. */
    public String word() {
        return words.isEmpty() ? "superblock" : words.getFirst();
    }

    /**
     * The number behind the word.
     *
     * @throws IllegalArgumentException when there is none within the bounds; the message names them
     */
    public long number(long least, long most) {
        String text = words.size() > 1 ? words.get(1) : "";
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notThere(least, most);
        }
        throw notThere(least, most);
    }

    private IllegalArgumentException notThere(long least, long most) {
        return new IllegalArgumentException(
                "'" + String.join(" ", words) + "' is not there; give a number from " + least + " to " + most);
    }

    /**
     * The error for a word that is no topic.
     *
     * @param topics all topics, each a line: the word, {@code N} where it takes a number, two spaces, what it gives
     */
    public IllegalArgumentException unknown(List<String> topics) {
        List<String> known = new ArrayList<>();
        for (String topic : topics) {
            int end = topic.indexOf("  ");
            known.add(end < 0 ? topic.substring(0, topic.indexOf(" N") + 2) : topic.substring(0, end));
        }
        return new IllegalArgumentException(
                "there is no topic '" + word() + "'; there are " + String.join(", ", known));
    }
}
