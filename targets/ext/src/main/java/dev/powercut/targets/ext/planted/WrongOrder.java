package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import java.util.ArrayList;
import java.util.List;

/** Keeps the orders of some sites the wrong way round, and those of others not at all. */
final class WrongOrder extends CarefulOrdering {

    private final List<Site> turned;
    private final List<Site> dropped;
    private final List<Turned> waiting = new ArrayList<>();

    /** An order to be kept once both sectors have been changed: the second one goes first. */
    private record Turned(BufferSector before, BufferSector after, Site site) {}

    WrongOrder(MetadataCache cache, BlockWriter writer, List<Site> turned, List<Site> dropped) {
        super(cache, writer);
        this.turned = turned;
        this.dropped = dropped;
    }

    @Override
    public void order(BufferSector before, BufferSector after, Site site) {
        if (turned.contains(site)) {
            waiting.add(new Turned(before, after, site));
        } else if (!dropped.contains(site)) {
            super.order(before, after, site);
        }
    }

    @Override
    public void end() {
        for (Turned each : waiting) {
            super.order(each.after, each.before, each.site);
        }
        waiting.clear();
        super.end();
    }
}
