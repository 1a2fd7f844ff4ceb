package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;
import static dev.powercut.targets.ext.fsck.Wounds.ROOT;
import static dev.powercut.targets.ext.fsck.Wounds.add;
import static dev.powercut.targets.ext.fsck.Wounds.docs;
import static dev.powercut.targets.ext.fsck.Wounds.file;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import java.util.List;

/** Counts and marks that are wrong in a way that a crash does not leave. */
final class CountWounds {

    private CountWounds() {}

    static void addTo(List<Wound> w) {
        counts(w);
    }

    private static void counts(List<Wound> w) {
        add(
                w,
                "a link count lowered before the entry went",
                s -> s.addLinks(s.lookup(ROOT, "large"), -1),
                LINK_COUNT_TOO_LOW);
        add(w, "a link count not raised with a subdirectory", s -> s.addLinks(docs(s), -1), LINK_COUNT_TOO_LOW);
        add(
                w,
                "a pointer before the block bitmap",
                s -> s.markBlock(s.pointer(file(s), 3), false),
                BLOCK_NOT_MARKED,
                FREE_BLOCKS_WRONG,
                TOTAL_FREE_BLOCKS_WRONG);
        add(
                w,
                "an entry before the inode bitmap",
                s -> s.markInode(file(s), false),
                INODE_NOT_MARKED,
                FREE_INODES_WRONG,
                TOTAL_FREE_INODES_WRONG);
        add(
                w,
                "bits clear beyond the last block",
                s -> s.b[s.blockOffset(s.table.blockBitmap(2) + 1) - 1] = 0,
                BITMAP_PADDING);
        add(
                w,
                "bits clear beyond the last inode",
                s -> s.b[s.blockOffset(s.table.inodeBitmap(0) + 1) - 1] = 0,
                BITMAP_PADDING);
        add(
                w,
                "an attribute block that counts too few",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    s.attributes(s.lookup(docs(s), "file-2"), block);
                    LittleEndian.put32(s.b, s.blockOffset(block) + Format.H_REFCOUNT, 1);
                },
                XATTR_REFERENCES_TOO_LOW);
    }
}
