package dev.powercut.targets.logfs.fsck;

import dev.powercut.check.target.CheckResult.Severity;
import java.util.ArrayList;
import java.util.List;

/** What has been found so far. Of an image that is nothing but wrong, the first ten thousand are kept. */
final class Problems {

    private static final int MOST = 10_000;

    private final List<Problem> list = new ArrayList<>();
    private boolean damaged;
    private int count;

    void add(ProblemKind kind, int inode, int block, long found, long expected) {
        add(kind, inode, block, found, expected, "");
    }

    void add(ProblemKind kind, int inode, int block, long found, long expected, String name) {
        count++;
        damaged |= kind.severity() == Severity.DAMAGE;
        if (list.size() < MOST) {
            list.add(new Problem(kind, inode, block, found, expected, name));
        }
    }

    void addAll(Problems others) {
        for (Problem problem : others.list) {
            add(problem.kind(), problem.inode(), problem.block(), problem.found(), problem.expected(), problem.name());
        }
    }

    List<Problem> list() {
        return list;
    }

    int count() {
        return count;
    }

    boolean hasDamage() {
        return damaged;
    }
}
