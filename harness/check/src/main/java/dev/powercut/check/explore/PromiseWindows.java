package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.tree.Node;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges trees against promises, each tree once for each epoch: a stretch of positions at which the same is legal.
 */
final class PromiseWindows {

    private final PromiseJudge judge;

    /** For each position the first one of the next epoch. */
    private final int[] nextEpoch;

    /** For each first position of an epoch which tree was judged there last. */
    private final int[] judgedTree;

    private final Map<Integer, List<OraclePanel.Charge>> chargesOfTree = new TreeMap<>();
    private int trees;
    private Node.@Nullable Directory root;
    private long comparisons;

    PromiseWindows(Promises promises, int positionCount) {
        this.judge = promises.newJudge();
        this.nextEpoch = new int[positionCount];
        this.judgedTree = new int[positionCount];
        int next = positionCount;
        for (int position = positionCount - 1; position >= 0; position--) {
            if (position + 1 < positionCount && promises.epoch(position + 1) != promises.epoch(position)) {
                next = position + 1;
            }
            nextEpoch[position] = next;
        }
    }

    /** Takes the next tree, which may be the one before. */
    void begin(Node.Directory tree) {
        if (tree == root) {
            return;
        }
        root = tree;
        trees++;
        chargesOfTree.clear();
    }

    /** The first position of the epoch after that of a position; beyond the last position when there is none. */
    int nextEpoch(int position) {
        return nextEpoch[position];
    }

    /** What the oracles have against the tree at a position. */
    List<OraclePanel.Charge> judge(int position, OraclePanel panel) {
        Node.Directory tree = root;
        if (tree == null) {
            throw new IllegalStateException("no tree");
        }
        // Positions of one epoch have the same next one, which names it.
        int epoch = nextEpoch[position] - 1;
        if (judgedTree[epoch] != trees) {
            judgedTree[epoch] = trees;
            comparisons++;
            List<OraclePanel.Charge> charges =
                    panel.judge(new Evidence.Compared(tree, position, judge.judge(tree, position)));
            if (!charges.isEmpty()) {
                chargesOfTree.put(epoch, List.copyOf(charges));
            }
        }
        return chargesOfTree.isEmpty() ? List.of() : chargesOfTree.getOrDefault(epoch, List.of());
    }

    long comparisons() {
        return comparisons;
    }
}
