package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;

/** The cause of what tests write to devices. */
final class MetadataWrite {

    static final Cause CAUSE = new Cause(BlockRole.SUPERBLOCK.kind(), new Trigger.Recovery());

    private MetadataWrite() {}
}
