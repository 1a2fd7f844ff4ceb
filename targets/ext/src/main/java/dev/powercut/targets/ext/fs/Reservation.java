package dev.powercut.targets.ext.fs;

import dev.powercut.check.image.BlockSet;

/** The blocks that one file will need for its dirty pages: exactly those without a place, and the indirect blocks on the way. */
final class Reservation {

    /** File blocks. */
    final BlockSet data = new BlockSet();

    /** Indirect blocks, as {@link BlockTree#nodeKey} names them. */
    final BlockSet nodes = new BlockSet();

    long size() {
        return data.size() + (long) nodes.size();
    }
}
