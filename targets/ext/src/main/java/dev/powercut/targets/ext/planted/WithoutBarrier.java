package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import java.util.List;

/** Careful at every site but one, at which nothing is ordered, waited for, forced out or flushed. */
final class WithoutBarrier extends CarefulOrdering {

    private final Site removed;

    WithoutBarrier(MetadataCache cache, BlockWriter writer, Site removed) {
        super(cache, writer);
        this.removed = removed;
    }

    @Override
    public void order(BufferSector before, BufferSector after, Site site) {
        if (!site.equals(removed)) {
            super.order(before, after, site);
        }
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        if (!site.equals(removed)) {
            super.dataBefore(after, site);
        }
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        if (site.equals(removed)) {
            action.run();
        } else {
            super.whenDurable(sector, site, action);
        }
    }

    @Override
    public boolean makeRoom(Site site) {
        return !site.equals(removed) && super.makeRoom(site);
    }

    @Override
    public void write(List<BufferSector> sectors, Site site, Trigger trigger) {
        if (!site.equals(removed)) {
            super.write(sectors, site, trigger);
        }
    }

    @Override
    public void flush(Site site) {
        if (!site.equals(removed)) {
            super.flush(site);
        }
    }
}
