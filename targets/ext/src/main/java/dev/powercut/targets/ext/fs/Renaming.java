package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.FileName;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.Format;
import org.jspecify.annotations.Nullable;

/**
 * Moves a name. Where both entries lie in one sector, one write does it. Else a crash finds the old name, the new one, or both:
 *
 * <pre>
 *   link count of what moves raised ──▶ new entry ──▶ ".." of what moves ──▶ old entry removed ──▶ link count lowered
 *   link count of new parent raised ───────────────────▶   │
 *                                                          └──▶ link count of old parent lowered
 *                                           └──▶ link count of what was replaced lowered
 * </pre>
 *
 * <p>A name that is replaced changes its inode number in place, so it is never missing. {@code ..} always names a directory that
 * has an entry for what moves; when there are two, it tells which one to keep. One case remains in which this loses a name: a
 * directory that replaces an empty one in another parent, cut between the new entry and {@code ..}, keeps its old name, and the
 * new name is removed with what it replaced.
 */
final class Renaming {

    private static final int MOST_LINKS_ON_DISK = 0xFFFF;

    private final Volume volume;
    private final Directory directories;
    private final NameOperations names;
    private final BlockAllocator blocks;
    private final InodeAllocator inodeNumbers;
    private final InodeStore inodes;

    Renaming(
            Volume volume,
            Directory directories,
            NameOperations names,
            BlockAllocator blocks,
            InodeAllocator inodeNumbers,
            InodeStore inodes) {
        this.volume = volume;
        this.directories = directories;
        this.names = names;
        this.blocks = blocks;
        this.inodeNumbers = inodeNumbers;
        this.inodes = inodes;
    }

    void rename(
            ExtInode from, String fromName, ExtInode to, String toName, ExtInode moved, @Nullable ExtInode replaced) {
        byte[] oldName = FileName.toBytes(fromName);
        byte[] newName = FileName.toBytes(toName);
        EntryPosition old = directories.require(from, oldName, moved);
        EntryPosition target = replaced == null ? null : directories.require(to, newName, replaced);
        boolean changesParent = moved.isDirectory() && from != to;
        EntryPosition dotDot = changesParent ? directories.dotDot(moved) : null;
        checkLimits(to, moved, replaced, changesParent);
        EntrySlot slot = new EntrySlot(newName.length);
        if (target == null) {
            slot = directories.findSlot(to, newName.length);
            blocks.require(names.blocksToGrow(to, slot), to.uid());
        }

        boolean atOnce = volume.discipline.operationsAreAtomic() || isOneSector(old, target, slot);
        if (!atOnce) {
            moved.setLinkCount(moved.linkCount() + 1);
        }
        moved.setChangedNanos(inodes.now());
        BufferSector record = inodes.store(moved, atOnce ? Sites.RENAME_TIME : Sites.RENAME_COUNT_RAISED);
        boolean newParentGains = changesParent && replaced == null;
        if (newParentGains) {
            to.setLinkCount(to.linkCount() + 1);
            inodes.store(to, Sites.RENAME_NEW_PARENT_COUNT);
        }
        BufferSector entry = target != null ? Directory.sectorOf(target) : directories.prepare(to, slot);
        if (!atOnce) {
            volume.discipline.order(record, entry, Sites.RENAME_COUNT_BEFORE_ENTRY);
            volume.discipline.order(inodeNumbers.markOf(moved.ino()), entry, Sites.INODE_BITMAP_BEFORE_ENTRY);
        }
        if (changesParent) {
            orderEntry(from, Directory.sectorOf(old), entry, Sites.OLD_ENTRY_BEFORE_NEW);
        }
        if (replaced != null) {
            names.orderFormerName(replaced, entry);
        }
        if (target != null) {
            directories.replace(to, target, moved.ino(), moved.mode(), Sites.RENAME_NEW_ENTRY);
        } else {
            directories.insert(to, slot, moved.ino(), moved.mode(), newName, Sites.RENAME_NEW_ENTRY);
        }
        if (dotDot != null) {
            setDotDot(to, moved, dotDot, entry);
        }
        BufferSector removed = removeOldName(from, oldName, to, moved, entry, dotDot);
        if (dotDot != null) {
            moved.formerName = removed;
        }
        if (!atOnce) {
            names.lowerCount(
                    moved,
                    moved.linkCount() - 1,
                    removed,
                    Sites.OLD_ENTRY_GONE_BEFORE_COUNT,
                    Sites.RENAME_COUNT_LOWERED);
        }
        lowerReplaced(to, replaced, entry, changesParent);
        if (dotDot != null) {
            names.lowerCount(
                    from,
                    from.linkCount() - 1,
                    Directory.sectorOf(dotDot),
                    Sites.DOT_DOT_BEFORE_OLD_PARENT_COUNT,
                    Sites.RENAME_OLD_PARENT_COUNT);
        }
        names.touch(from);
        if (from != to) {
            names.touch(to);
        }
    }

    private void checkLimits(ExtInode to, ExtInode moved, @Nullable ExtInode replaced, boolean changesParent) {
        if (replaced != null && replaced.isDirectory() && !directories.isEmpty(replaced)) {
            throw Errno.ENOTEMPTY.exception();
        } else if (changesParent && replaced == null && to.linkCount() >= Format.MAX_LINKS
                || moved.linkCount() >= MOST_LINKS_ON_DISK) {
            throw Errno.EMLINK.exception();
        }
    }

    /** Whether adding the new entry and removing the old one change the same sector and nothing else. */
    private static boolean isOneSector(EntryPosition old, @Nullable EntryPosition target, EntrySlot slot) {
        BufferSector sector = Directory.sectorOf(old);
        if (target != null) {
            return Directory.sectorOf(target) == sector && Directory.changesAtOnce(target);
        }
        Buffer block = slot.block();
        return block != null && slot.isBest() && slot.exposingSector(block) == sector;
    }

    private void setDotDot(ExtInode to, ExtInode moved, EntryPosition dotDot, BufferSector entry) {
        BufferSector sector = Directory.sectorOf(dotDot);
        volume.discipline.order(inodes.sectorOf(to), sector, Sites.NEW_PARENT_COUNT_BEFORE_DOT_DOT);
        orderEntry(to, entry, sector, Sites.NEW_ENTRY_BEFORE_DOT_DOT);
        directories.replace(moved, dotDot, to.ino(), to.mode(), Sites.DOT_DOT);
        // The new name is only safe with it, so a sync of the new parent takes it along.
        to.changedBlocks.add(dotDot.block().block());
    }

    /** An entry goes first; in a directory that has grown, that is with the record that makes its block part of it. */
    private void orderEntry(ExtInode directory, BufferSector entry, BufferSector after, Site site) {
        volume.discipline.order(entry, after, site);
        if (volume.hasUnsafeContents(directory)) {
            volume.discipline.order(inodes.sectorOf(directory), after, site);
        }
    }

    private BufferSector removeOldName(
            ExtInode from,
            byte[] oldName,
            ExtInode to,
            ExtInode moved,
            BufferSector entry,
            @Nullable EntryPosition dotDot) {
        // Found anew, since the new entry may have come to lie before it.
        EntryPosition old = directories.require(from, oldName, moved);
        BufferSector sector = Directory.sectorOf(old);
        if (sector != entry) {
            orderEntry(to, entry, sector, Sites.NEW_ENTRY_BEFORE_OLD_GONE);
        }
        // Else both go with one write; an order asked for in between could write the sector with both names in it.
        if (dotDot != null) {
            volume.discipline.order(Directory.sectorOf(dotDot), sector, Sites.DOT_DOT_BEFORE_OLD_GONE);
        }
        return directories.remove(from, old, Sites.RENAME_OLD_ENTRY);
    }

    private void lowerReplaced(ExtInode to, @Nullable ExtInode replaced, BufferSector entry, boolean changesParent) {
        if (replaced == null) {
            return;
        }
        int left = replaced.isDirectory() ? 0 : replaced.linkCount() - 1;
        names.lowerCount(replaced, left, entry, Sites.REPLACED_BEFORE_COUNT, Sites.RENAME_REPLACED_COUNT);
        if (replaced.isDirectory() && !changesParent) {
            names.lowerCount(
                    to, to.linkCount() - 1, entry, Sites.REPLACED_BEFORE_PARENT_COUNT, Sites.RENAME_NEW_PARENT_COUNT);
        }
    }
}
