package dev.powercut.targets.ext.planted;

import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.redo.CommitProtocol;

/** Neither flushes nor uses FUA at one site. */
final class WithoutFlush extends CommitProtocol {

    private final Site removed;

    WithoutFlush(Parts parts, Site removed) {
        super(parts);
        this.removed = removed;
    }

    @Override
    protected boolean keeps(Site site) {
        return !site.equals(removed);
    }
}
