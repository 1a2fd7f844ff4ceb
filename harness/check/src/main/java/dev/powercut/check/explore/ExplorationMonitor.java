package dev.powercut.check.explore;

/** Follows an exploration, and may end it early. */
public interface ExplorationMonitor {

    /** One more distinct crash image has been recovered or judged to its end. Returns false to stop here. */
    boolean progressed(int imagesDone, int imagesInAll);

    /** Follows nothing. */
    ExplorationMonitor NONE = (done, all) -> true;
}
