package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Cause;
import java.util.List;

/** Collects what dirtied something, each once and in the order of the first time. */
final class CauseList {

    private CauseList() {}

    static void add(List<Cause.Dirtied> list, Cause.Dirtied by) {
        // From the end, since an operation usually changes a thing several times on end, and then hands in the same
        // object.
        for (int i = list.size() - 1; i >= 0; i--) {
            Cause.Dirtied other = list.get(i);
            boolean isKnown = other == by
                    || other.operation().sequence() == by.operation().sequence()
                            && other.site().equals(by.site())
                            && other.operation().equals(by.operation());
            if (isKnown) {
                return;
            }
        }
        list.add(by);
    }

    static void addAll(List<Cause.Dirtied> list, List<Cause.Dirtied> added) {
        for (int i = 0; i < added.size(); i++) {
            add(list, added.get(i));
        }
    }
}
