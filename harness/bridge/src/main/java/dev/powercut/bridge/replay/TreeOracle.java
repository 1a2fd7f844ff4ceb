package dev.powercut.bridge.replay;

import dev.powercut.check.tree.Node;
import java.util.List;

/** Judges recovered trees by some of the marks of a recording. For one thread. */
interface TreeOracle {

    /** The epoch of positions at which there is nothing to judge. */
    int NOTHING = -1;

    /** Name of the check, for violations and counts. */
    String name();

    /**
     * The epoch of a position: in one epoch the same trees are right, so that each is judged once.
     *
     * @param position number of log entries before the cut
     */
    int epoch(int position);

    /** What is wrong with a tree after a cut at a position whose epoch is not {@link #NOTHING}, a sentence each. */
    List<String> judge(Node.Directory root, int position);

    /** What is judged, or why it is not, in words for the summary. */
    String summary();
}
