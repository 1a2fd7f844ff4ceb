package dev.powercut.check.model;

import dev.powercut.kernel.vfs.Mode;

/**
 * One version of a file of any type. Immutable.
 *
 * @param id its name in the model, for good: ids are not used again
 * @param inodeNumber as observed, or {@link #UNKNOWN}
 * @param mode with type bits
 * @param linkCount how many names it has; of a directory, 1
 * @param openCount how many slots hold it open
 * @param sizeBytes of a regular file; of a symbolic link the length of its target in bytes; else 0
 * @param modifiedNanos as observed, or {@link #UNKNOWN}
 * @param contents of a regular file
 * @param entries of a directory
 * @param parent of a directory: the directory above it; the root is its own
 * @param symlinkTarget of a symbolic link, else empty
 */
public record ModelFile(
        int id,
        long inodeNumber,
        int mode,
        int uid,
        int gid,
        int linkCount,
        int openCount,
        long sizeBytes,
        long modifiedNanos,
        Contents contents,
        Entries entries,
        int parent,
        String symlinkTarget) {

    public static final long UNKNOWN = Long.MIN_VALUE;

    public boolean isDirectory() {
        return Mode.isDirectory(mode);
    }

    public boolean isRegular() {
        return Mode.isRegular(mode);
    }

    public boolean isSymlink() {
        return Mode.isSymlink(mode);
    }

    ModelFile withInodeNumber(long number) {
        return new ModelFile(
                id,
                number,
                mode,
                uid,
                gid,
                linkCount,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withMode(int newMode) {
        return new ModelFile(
                id,
                inodeNumber,
                newMode,
                uid,
                gid,
                linkCount,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withOwner(int newUid, int newGid) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                newUid,
                newGid,
                linkCount,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withLinkCount(int count) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                count,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withOpenCount(int count) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                linkCount,
                count,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withContents(Contents newContents, long newSizeBytes) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                linkCount,
                openCount,
                newSizeBytes,
                modifiedNanos,
                newContents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withModified(long nanos) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                linkCount,
                openCount,
                sizeBytes,
                nanos,
                contents,
                entries,
                parent,
                symlinkTarget);
    }

    ModelFile withEntries(Entries newEntries) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                linkCount,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                newEntries,
                parent,
                symlinkTarget);
    }

    ModelFile withParent(int newParent) {
        return new ModelFile(
                id,
                inodeNumber,
                mode,
                uid,
                gid,
                linkCount,
                openCount,
                sizeBytes,
                modifiedNanos,
                contents,
                entries,
                newParent,
                symlinkTarget);
    }
}
