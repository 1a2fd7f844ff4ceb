package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.fs.CarefulOrdering;

/** Changes the cached block at a site, but forgets to have it written. */
final class LostChange extends CarefulOrdering {

    private final Site site;

    LostChange(MetadataCache cache, BlockWriter writer, Site site) {
        super(cache, writer);
        this.site = site;
    }

    @Override
    public void changed(Buffer buffer, int offsetBytes, int length, Site at) {
        if (!at.equals(site)) {
            super.changed(buffer, offsetBytes, length, at);
        }
    }
}
