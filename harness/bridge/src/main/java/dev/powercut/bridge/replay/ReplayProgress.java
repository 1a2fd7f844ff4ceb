package dev.powercut.bridge.replay;

/** Follows a replay, and may end it early. */
public interface ReplayProgress {

    /** One more image has been examined or judged. Returns false to stop here, with what was found so far. */
    boolean progressed(int imagesDone, int imagesInAll);

    /** Follows nothing. */
    ReplayProgress NONE = (done, all) -> true;
}
