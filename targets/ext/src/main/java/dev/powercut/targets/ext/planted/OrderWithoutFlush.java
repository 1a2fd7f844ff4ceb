package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import java.util.List;

/**
 * Issues writes in the right order at some sites, and trusts the device to keep it: no flush stands between them. Only a device that
 * writes in another order shows it.
 */
final class OrderWithoutFlush extends CarefulOrdering {

    private final List<Site> sites;

    OrderWithoutFlush(MetadataCache cache, BlockWriter writer, List<Site> sites) {
        super(cache, writer);
        this.sites = sites;
    }

    @Override
    public void order(BufferSector before, BufferSector after, Site site) {
        if (sites.contains(site)) {
            cache().write(List.of(before), new Trigger.Ordering(site));
        } else {
            super.order(before, after, site);
        }
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        // Data has been issued when this is asked for.
        if (!sites.contains(site)) {
            super.dataBefore(after, site);
        }
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        if (sites.contains(site)) {
            cache().write(List.of(sector), new Trigger.Ordering(site));
            action.run();
        } else {
            super.whenDurable(sector, site, action);
        }
    }
}
