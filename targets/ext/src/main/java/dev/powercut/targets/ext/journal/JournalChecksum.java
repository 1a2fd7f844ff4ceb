package dev.powercut.targets.ext.journal;

/** What checksums a journal has. */
public enum JournalChecksum {
    /** None: a commit block says that all is there, and must not be written before it is. */
    NONE("none"),
    /** CRC-32 over descriptors and data in the commit block (compatible feature). */
    COMMIT("commit"),
    /** CRC-32C in superblock, descriptor, revoke and commit blocks; 16 bits of one for each data block in its tag. */
    V2("v2"),
    /** As v2, with all 32 bits in the tag. */
    V3("v3");

    private final String word;

    JournalChecksum(String word) {
        this.word = word;
    }

    /** As options name it. */
    public String word() {
        return word;
    }

    /** Whether blocks of the log hold a checksum of their own. */
    public boolean isPerBlock() {
        return this == V2 || this == V3;
    }
}
