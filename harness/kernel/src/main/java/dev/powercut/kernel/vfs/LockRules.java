package dev.powercut.kernel.vfs;

import dev.powercut.sim.Runner;
import java.util.ArrayList;
import java.util.List;

/** Which rules of locking a VFS keeps: all, or all but some, to see that the harness notices. Immutable. */
public final class LockRules {

    /** The right ones. */
    public static final LockRules ALL = new LockRules(0);

    private final int broken;

    private LockRules(int broken) {
        this.broken = broken;
    }

    /** The same without a rule. */
    public LockRules without(LockRule rule) {
        return new LockRules(broken | 1 << rule.ordinal());
    }

    /** An inode comes into memory: where its lock is to be a broken one, it gets it now. */
    void prepare(Inode inode, Runner runner) {
        if (!holds(LockRule.LOOKING_AND_WAITING_AT_ONCE) && !inode.hasLock()) {
            inode.lockWith(new CarelessLock(runner, inode.toString()));
        }
    }

    public boolean holds(LockRule rule) {
        return (broken & 1 << rule.ordinal()) == 0;
    }

    @Override
    public String toString() {
        List<LockRule> left = new ArrayList<>();
        for (LockRule rule : LockRule.values()) {
            if (!holds(rule)) {
                left.add(rule);
            }
        }
        return left.isEmpty() ? "all lock rules" : "all lock rules without " + left;
    }
}
