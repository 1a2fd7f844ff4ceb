package dev.powercut.check.oracle;

/** How much a violation weighs, the gravest first. */
public enum Grade {
    /** Against what the filesystem declares of itself. */
    BROKEN_PROMISE("broken promise", "Broken promise"),
    /** Against what everybody who uses POSIX relies on, declared or not: calls do what they say, nothing is made up. */
    POSIX("POSIX", "What every user of POSIX relies on"),
    /** No promise is broken, yet a user would not expect it; such findings alone fail no run. */
    ADVISORY("advisory", "What a user would expect"),
    /** A promise is broken, as is known: who runs this has said that it may stay. No oracle gives this grade. */
    KNOWN("known", "Broken promise, known");

    private final String words;
    private final String meaning;

    Grade(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    /** As people read it in reports. */
    public String words() {
        return words;
    }

    /** What stands in front of the promise in a report. */
    public String meaning() {
        return meaning;
    }

    /** Whether a finding of this grade fails a run. */
    public boolean fails() {
        return this != ADVISORY && this != KNOWN;
    }
}
