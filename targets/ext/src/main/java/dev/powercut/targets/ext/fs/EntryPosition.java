package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.targets.ext.format.DirectoryEntry;

/**
 * Where an entry is.
 *
 * @param at offset of the entry in its block
 * @param previous offset of the entry before it in the block, -1 when it is the first
 */
record EntryPosition(Buffer block, int at, int previous) {

    int ino() {
        return DirectoryEntry.inode(block.data(), at);
    }
}
