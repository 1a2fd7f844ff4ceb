package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import dev.powercut.targets.ext.fs.Sites;
import java.util.ArrayList;
import java.util.List;

/** An fsync that forgets a part of its work. */
final class BrokenFsync extends CarefulOrdering {

    /** What it forgets. */
    enum Forgets {
        RECORD,
        INDIRECT,
        FLUSH,
        WRITES_BEFORE_FLUSH
    }

    private final Forgets forgets;

    BrokenFsync(MetadataCache cache, BlockWriter writer, Forgets forgets) {
        super(cache, writer);
        this.forgets = forgets;
    }

    @Override
    public void order(BufferSector before, BufferSector after, Site site) {
        // With this order kept, a record that tells a new size takes the indirect blocks along.
        if (forgets != Forgets.INDIRECT || !site.equals(Sites.POINTER_BEFORE_SIZE)) {
            super.order(before, after, site);
        }
    }

    @Override
    public void writeForSync(long inode, List<BufferSector> blocks, List<BufferSector> record, Trigger trigger) {
        switch (forgets) {
            case RECORD -> super.writeForSync(inode, blocks, List.of(), trigger);
            case INDIRECT -> super.writeForSync(inode, withoutIndirect(blocks), record, trigger);
            case FLUSH -> super.writeForSync(inode, blocks, record, trigger);
            case WRITES_BEFORE_FLUSH -> {
                super.flush(Sites.FSYNC_FLUSH);
                super.writeForSync(inode, blocks, record, trigger);
            }
        }
    }

    private static List<BufferSector> withoutIndirect(List<BufferSector> blocks) {
        List<BufferSector> kept = new ArrayList<>();
        for (BufferSector sector : blocks) {
            if (!sector.buffer().kind().equals(BlockRole.INDIRECT.kind())) {
                kept.add(sector);
            }
        }
        return kept;
    }

    @Override
    public void flush(Site site) {
        boolean skips = forgets == Forgets.FLUSH || forgets == Forgets.WRITES_BEFORE_FLUSH;
        if (!skips || !site.equals(Sites.FSYNC_FLUSH)) {
            super.flush(site);
        }
    }
}
