package dev.powercut.check.promises;

/**
 * Builds {@link Promises} from the marks of a recording that somebody else made: what was promised, path by path. Calls come in
 * the order of the log; each counts from the position set by {@link #at}. Paths are relative to the root of the filesystem,
 * without a leading slash. What no mark speaks of is not judged.
 */
public final class MarkPromises {

    public MarkPromises() {}

    /**
     * Sets the position of the following marks.
     *
     * @param position index in the log of the mark; does not decrease
     */
    public MarkPromises at(int position) {
        throw new UnsupportedOperationException();
    }

    /** These paths are about to change: from here on anything is legal there, until the next promise. */
    public MarkPromises begin(String... paths) {
        throw new UnsupportedOperationException();
    }

    /** The path is a regular file with this content, and stays so. */
    public MarkPromises promiseFile(String path, String sha256) {
        throw new UnsupportedOperationException();
    }

    /** If there is a regular file at the path, it has this content: the file was synced, its directory not yet. */
    public MarkPromises promiseContent(String path, String sha256) {
        throw new UnsupportedOperationException();
    }

    /** The path is a regular file with the old content or with the new one, whole; from here on. */
    public MarkPromises promiseOneOf(String path, String oldSha256, String newSha256) {
        throw new UnsupportedOperationException();
    }

    public MarkPromises promiseAbsent(String path) {
        throw new UnsupportedOperationException();
    }

    public MarkPromises promiseDirectory(String path) {
        throw new UnsupportedOperationException();
    }

    public MarkPromises promiseSymlink(String path, String target) {
        throw new UnsupportedOperationException();
    }

    public Promises build() {
        throw new UnsupportedOperationException();
    }
}
