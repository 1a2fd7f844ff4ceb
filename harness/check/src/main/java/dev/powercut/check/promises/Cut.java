package dev.powercut.check.promises;

/** The power cut that is being judged: which operations had begun, and what was promised. One object for many cuts. */
final class Cut {

    private final Promises promises;
    private int position;
    private int begun;
    private int syncBound;

    Cut(Promises promises) {
        this.promises = promises;
    }

    void moveTo(int newPosition) {
        position = newPosition;
        begun = promises.timeline.begunAt(newPosition);
        syncBound = promises.syncs.boundAt(newPosition);
    }

    int position() {
        return position;
    }

    /** Operations with an index below this may have had effect. */
    int begun() {
        return begun;
    }

    /**
     * The operation that promised most of a file's contents or of a directory's entries: what was done before it is durable;
     * {@link PromiseList#NONE} when there is none.
     */
    int contentPromise(TrackedFile file) {
        return Math.max(syncBound, file.contentPromises.boundAt(position));
    }

    /** Likewise, of mode, owner and modification time. */
    int attributePromise(TrackedFile file) {
        return Math.max(syncBound, file.attributePromises.boundAt(position));
    }
}
