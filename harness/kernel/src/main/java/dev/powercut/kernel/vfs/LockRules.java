package dev.powercut.kernel.vfs;

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
