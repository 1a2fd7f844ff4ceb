package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import dev.powercut.targets.ext.fs.Sites;
import java.util.ArrayList;
import java.util.List;

/** Does at once what has to wait for a durable write at some sites: blocks are free while something may point to them. */
final class FreedTooEarly extends CarefulOrdering {

    private final List<Site> sites;
    private final boolean bitmapGoesFirst;
    private final List<BufferSector> marks = new ArrayList<>();

    /** @param bitmapGoesFirst whether the bitmap is even written before what clears the pointers */
    FreedTooEarly(MetadataCache cache, BlockWriter writer, List<Site> sites, boolean bitmapGoesFirst) {
        super(cache, writer);
        this.sites = sites;
        this.bitmapGoesFirst = bitmapGoesFirst;
    }

    @Override
    public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
        super.changed(buffer, offsetBytes, length, site);
        if (site.equals(Sites.BLOCK_BITMAP_FREE)) {
            marks.add(buffer.sectorAt(offsetBytes));
        }
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        if (!sites.contains(site)) {
            super.whenDurable(sector, site, action);
            return;
        }
        marks.clear();
        action.run();
        if (bitmapGoesFirst) {
            for (BufferSector mark : marks) {
                super.order(mark, sector, site);
            }
        }
        marks.clear();
    }
}
