package dev.powercut.targets.ext.redo;

/** What becomes of the data of files: the three degrees of ext3. */
public enum DataMode {
    /** Data goes through the log as metadata does, and home only when it is committed: an operation is whole, its data included. */
    JOURNAL("journal"),
    /** Data goes home before the transaction commits that makes it part of a file: nothing shows that was not written. */
    ORDERED("ordered"),
    /** Data goes home whenever it does: a file may show what its blocks held before. */
    WRITEBACK("writeback");

    private final String word;

    DataMode(String word) {
        this.word = word;
    }

    /** As mount options name it. */
    public String word() {
        return word;
    }
}
