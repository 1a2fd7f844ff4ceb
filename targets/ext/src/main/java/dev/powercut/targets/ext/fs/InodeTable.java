package dev.powercut.targets.ext.fs;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The inodes in memory by number: open addressing with linear probing, so that a look-up allocates nothing. */
final class InodeTable {

    private @Nullable ExtInode[] slots = new ExtInode[16];
    private int size;

    @Nullable ExtInode get(int ino) {
        int mask = slots.length - 1;
        int slot = home(ino, mask);
        ExtInode inode = slots[slot];
        while (inode != null && inode.ino() != ino) {
            slot = slot + 1 & mask;
            inode = slots[slot];
        }
        return inode;
    }

    /** Adds an inode whose number is not there. */
    void add(ExtInode inode) {
        if (++size * 2 > slots.length) {
            grow();
        }
        insert(slots, inode);
    }

    void remove(int ino) {
        int mask = slots.length - 1;
        int slot = home(ino, mask);
        while (Objects.requireNonNull(slots[slot], "inode is not in the table").ino() != ino) {
            slot = slot + 1 & mask;
        }
        slots[slot] = null;
        size--;
        // Those behind the gap that a search would not find any more move up.
        for (int next = slot + 1 & mask; ; next = next + 1 & mask) {
            ExtInode moved = slots[next];
            if (moved == null) {
                return;
            }
            slots[next] = null;
            insert(slots, moved);
        }
    }

    private void grow() {
        @Nullable ExtInode[] larger = new ExtInode[slots.length * 2];
        for (ExtInode inode : slots) {
            if (inode != null) {
                insert(larger, inode);
            }
        }
        slots = larger;
    }

    private static void insert(@Nullable ExtInode[] slots, ExtInode inode) {
        int mask = slots.length - 1;
        int slot = home(inode.ino(), mask);
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = inode;
    }

    private static int home(int ino, int mask) {
        return ino * 0x9E3779B9 >>> 8 & mask;
    }
}
