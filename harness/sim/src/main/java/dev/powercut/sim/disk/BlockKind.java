package dev.powercut.sim.disk;

/** What a written block is to its filesystem: a stable name such as {@code inode-table} or {@code data}. */
public record BlockKind(String name) {

    /** Whether the block holds bytes of one file and nothing else: all filesystems call that {@code data}, and no other. */
    public boolean isFileData() {
        return name.equals("data");
    }
}
