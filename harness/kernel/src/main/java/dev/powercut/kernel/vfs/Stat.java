package dev.powercut.kernel.vfs;

/** What stat(2) tells. Times in nanoseconds since 1970, {@code blocks512} in units of 512 bytes. */
public record Stat(
        long inodeNumber,
        int mode,
        int linkCount,
        int uid,
        int gid,
        int device,
        long sizeBytes,
        int blockSizeBytes,
        long blocks512,
        long accessedNanos,
        long modifiedNanos,
        long changedNanos) {}
