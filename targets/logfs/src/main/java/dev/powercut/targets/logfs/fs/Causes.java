package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.Cause;
import java.util.List;

/** Collects what dirtied something, each once and in the order of the first time. */
final class Causes {

    private Causes() {}

    static void add(List<Cause.Dirtied> list, Cause.Dirtied by) {
        for (int i = list.size() - 1; i >= 0; i--) {
            Cause.Dirtied other = list.get(i);
            if (other == by || other.site() == by.site() && other.operation().equals(by.operation())) {
                return;
            }
        }
        list.add(by);
    }
}
