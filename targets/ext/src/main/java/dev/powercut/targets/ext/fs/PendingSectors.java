package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.sim.disk.Site;
import java.util.ArrayList;
import java.util.List;

/** Sectors with a change that is not durable yet, and that something later may rely on; each with a key to find it by. */
final class PendingSectors {

    private record Pending(long key, BufferSector sector) {}

    private List<Pending> pending = List.of();

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** A sector has just been changed. Where operations are atomic, nothing relies on it. */
    void add(UpdateDiscipline discipline, long key, BufferSector sector) {
        if (discipline.operationsAreAtomic()) {
            return;
        }
        if (pending.isEmpty()) {
            pending = new ArrayList<>(2);
        }
        List<Pending> mine = pending;
        Pending added = new Pending(key, sector);
        mine.add(added);
        discipline.whenDurable(sector, Sites.NAMES_DURABLE, () -> mine.remove(added));
    }

    /** What was pending does not matter any more. */
    void clear() {
        pending = List.of();
    }

    /** All with a key come before a sector. */
    void orderBefore(UpdateDiscipline discipline, long key, BufferSector after, Site site) {
        // An order may flush, and what is durable then leaves the list.
        for (int i = pending.size() - 1; i >= 0; i--) {
            if (i < pending.size() && pending.get(i).key == key) {
                discipline.order(pending.get(i).sector, after, site);
            }
        }
    }
}
