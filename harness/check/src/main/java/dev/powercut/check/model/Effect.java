package dev.powercut.check.model;

/** One elementary change of the model, or one promise. Files are named by their model id. */
public sealed interface Effect {

    /** What an entry stands for when there is none. */
    int ABSENT = -1;

    /** A file came into being; it is empty, and its modification time is not known yet. */
    record Created(int file, int mode, int uid, int gid, String symlinkTarget) implements Effect {}

    /** A directory's name now stands for a file, or for nothing when {@code file} is {@link #ABSENT}. */
    record EntrySet(int directory, String name, int file) implements Effect {}

    /**
     * A rename, after its two {@link EntrySet}s.
     *
     * @param replaced what the new name stood for, or {@link #ABSENT}
     */
    record Renamed(int fromDirectory, String fromName, int toDirectory, String toName, int moved, int replaced)
            implements Effect {}

    record ModeSet(int file, int mode) implements Effect {}

    record OwnerSet(int file, int uid, int gid) implements Effect {}

    record SizeSet(int file, long sizeBytes) implements Effect {}

    /** A chunk of {@link Contents#CHUNK_BYTES} bytes, not to be changed, has new contents. */
    record ChunkSet(int file, long chunk, byte[] bytes) implements Effect {}

    /** The file was modified: its modification time is the present, which the model does not know. */
    record Touched(int file) implements Effect {}

    /** The modification time was set to a known value, or has been observed. */
    record ModifiedSet(int file, long modifiedNanos) implements Effect {}

    /** The file's inode number was observed. */
    record InodeSeen(int file, long inodeNumber) implements Effect {}

    /**
     * fsync or fdatasync returned: what the file held when it was called is durable. Of a directory that is its entries.
     *
     * @param attributes whether mode, owner and times are promised too, as by fsync
     */
    record Synced(int file, boolean attributes) implements Effect {}

    /** Everything is durable. */
    record AllSynced() implements Effect {}
}
