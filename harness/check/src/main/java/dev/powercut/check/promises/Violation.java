package dev.powercut.check.promises;

import java.util.List;

/**
 * Something that no promise allows.
 *
 * @param path where it was found, or would have to be
 * @param expected every legal version, in words, the oldest first
 * @param found what was found, in words
 * @param promise what made the legal versions legal: which operation promised, in words; empty when nothing was promised and the
 *     thing found was never there
 * @param operations numbers of the steps that matter to it: of the promise, of the version or data found, of the rename
 */
public record Violation(
        Kind kind, String path, List<String> expected, String found, String promise, List<Integer> operations) {

    public Violation {
        expected = List.copyOf(expected);
        operations = List.copyOf(operations);
    }

    /** What is wrong. */
    public enum Kind {
        LOST_ENTRY("lost-entry", "a name that was promised is missing"),
        RESURRECTED_ENTRY("resurrected-entry", "a name whose removal was promised is there"),
        STALE_ENTRY("stale-entry", "a name stands for what it stood for before a promise"),
        UNKNOWN_ENTRY("unknown-entry", "a name is there that never was"),
        WRONG_INODE("wrong-inode", "a name stands for something that it never stood for"),
        WRONG_TYPE("wrong-type", "a file is of another type than it ever was"),
        WRONG_ATTRIBUTES("wrong-attributes", "mode, owner or modification time are none that may be found"),
        WRONG_SIZE("wrong-size", "a file has a size that it may not have"),
        WRONG_TARGET("wrong-target", "a symbolic link points elsewhere than it ever did"),
        LOST_DATA("lost-data", "data are older than promised"),
        STALE_ZEROES("stale-zeroes", "zeroes stand where data must be"),
        UNWRITTEN_DATA("unwritten-data", "a file has grown over data that have not been written"),
        MIXED_DATA("mixed-data", "a sector mixes data of several versions"),
        FOREIGN_DATA("foreign-data", "data of another file, or of another place, show"),
        GARBAGE("garbage", "bytes show that nobody wrote"),
        STALE_DATA(
                "stale-data", "what its block held before shows in place of data that were not synced, as is declared"),
        WRONG_CONTENT("wrong-content", "a file's content is none that may be found"),
        NEITHER_OLD_NOR_NEW("neither-old-nor-new", "a renamed file has neither its old name nor its new one"),
        OUT_OF_ORDER("out-of-order", "a change of names is there without an earlier one");

        private final String word;
        private final String meaning;

        Kind(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        /** Stable word for fingerprints and reports. */
        public String word() {
            return word;
        }

        /** In a few words, for people. */
        public String meaning() {
            return meaning;
        }
    }

    /** The violation in one sentence. */
    public String text() {
        return path + ": " + kind.meaning() + ": expected " + String.join(" or ", expected) + ", found " + found
                + (promise.isEmpty() ? "" : " (" + promise + ")");
    }
}
