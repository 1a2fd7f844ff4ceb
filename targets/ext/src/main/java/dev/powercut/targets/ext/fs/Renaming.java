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
 * has an entry for what moves; when there are two, it tells which one to keep. So that those kept form no loop, the {@code ..} of
 * each directory above the new parent that has moved comes before that of what moves now. One case remains in which this loses a name: a
 * directory that replaces an empty one in another parent, cut between the new entry and {@code ..}, keeps its old name, and the
 * new name is removed with what it replaced.
 */
final class Renaming {

    private static final int MOST_LINKS_ON_DISK = 0xFFFF;

    /** More directories above one another than any path can name: the tree is damaged. */
    private static final int MOST_ANCESTORS = 1 << 16;

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

    /**
     * What has been found out before anything changes.
     *
     * @param old where the old name is
     * @param target the entry that is to be replaced, or null
     * @param slot room for a new entry when there is no target
     * @param dotDot the entry that names the parent when it changes, or null
     * @param atOnce whether all entries change in one write
     */
    private record Move(
            ExtInode from,
            byte[] oldName,
            ExtInode to,
            byte[] newName,
            ExtInode moved,
            @Nullable ExtInode replaced,
            EntryPosition old,
            @Nullable EntryPosition target,
            EntrySlot slot,
            @Nullable EntryPosition dotDot,
            boolean atOnce) {}

    void rename(
            ExtInode from, String fromName, ExtInode to, String toName, ExtInode moved, @Nullable ExtInode replaced) {
        Move move = plan(from, FileName.toBytes(fromName), to, FileName.toBytes(toName), moved, replaced);
        BufferSector record = raiseCounts(move);
        BufferSector entry = addNewName(move, record);
        EntryPosition dotDot = move.dotDot;
        if (dotDot != null) {
            setDotDot(move, dotDot, entry);
        }
        BufferSector removed = removeOldName(move, entry);
        if (!move.atOnce) {
            names.lowerCount(
                    moved,
                    moved.linkCount() - 1,
                    removed,
                    Sites.OLD_ENTRY_GONE_BEFORE_COUNT,
                    Sites.RENAME_COUNT_LOWERED);
        }
        if (replaced != null) {
            lowerReplaced(move, replaced, entry);
        }
        if (dotDot != null) {
            names.lowerCount(
                    from,
                    from.linkCount() - 1,
                    Directory.sectorOf(dotDot),
                    Sites.DOT_DOT_BEFORE_OLD_PARENT_COUNT,
                    Sites.RENAME_OLD_PARENT_COUNT);
        }
        if (moved.isDirectory()) {
            names.named(moved, to, entry);
            moved.entriesGone.add(volume.discipline, 0, removed);
        }
        names.touch(from);
        if (from != to) {
            names.touch(to);
        }
    }

    private Move plan(
            ExtInode from, byte[] oldName, ExtInode to, byte[] newName, ExtInode moved, @Nullable ExtInode replaced) {
        EntryPosition old = directories.require(from, oldName, moved);
        EntryPosition target = replaced == null ? null : directories.require(to, newName, replaced);
        EntryPosition dotDot = moved.isDirectory() && from != to ? directories.dotDot(moved) : null;
        if (replaced != null && replaced.isDirectory() && !directories.isEmpty(replaced)) {
            throw Errno.ENOTEMPTY.exception();
        } else if (dotDot != null && replaced == null && to.linkCount() >= Format.MAX_LINKS
                || moved.linkCount() >= MOST_LINKS_ON_DISK) {
            throw Errno.EMLINK.exception();
        }
        EntrySlot slot = new EntrySlot(newName.length);
        if (target == null) {
            slot = directories.findSlot(to, newName.length);
            blocks.require(names.blocksToGrow(to, slot), to.uid());
        }
        boolean atOnce = volume.discipline.operationsAreAtomic() || isOneSector(old, target, slot);
        return new Move(from, oldName, to, newName, moved, replaced, old, target, slot, dotDot, atOnce);
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

    /** Counts the second name and the new {@code ..}. Returns the sector of what moves. */
    private BufferSector raiseCounts(Move move) {
        ExtInode moved = move.moved;
        if (!move.atOnce) {
            moved.setLinkCount(moved.linkCount() + 1);
        }
        moved.setChangedNanos(inodes.now());
        BufferSector record = inodes.store(moved, move.atOnce ? Sites.RENAME_TIME : Sites.RENAME_COUNT_RAISED);
        if (move.dotDot != null && move.replaced == null) {
            move.to.setLinkCount(move.to.linkCount() + 1);
            inodes.store(move.to, Sites.RENAME_NEW_PARENT_COUNT);
        }
        return record;
    }

    /** Returns the sector that shows the new name. */
    private BufferSector addNewName(Move move, BufferSector record) {
        EntryPosition target = move.target;
        BufferSector entry = target != null ? Directory.sectorOf(target) : directories.prepare(move.to, move.slot);
        if (!move.atOnce) {
            volume.discipline.order(record, entry, Sites.RENAME_COUNT_BEFORE_ENTRY);
            volume.discipline.order(inodeNumbers.markOf(move.moved.ino()), entry, Sites.INODE_BITMAP_BEFORE_ENTRY);
        }
        if (move.dotDot != null) {
            orderEntry(move.from, Directory.sectorOf(move.old), entry, Sites.OLD_ENTRY_BEFORE_NEW);
        }
        if (move.moved.isDirectory() && move.from == move.to && !move.atOnce) {
            // A directory made just now: its parent may not count its .. yet, which only its first entry had to wait
            // for.
            volume.discipline.order(inodes.sectorOf(move.to), entry, Sites.PARENT_COUNT_BEFORE_ENTRY);
        }
        // A directory that moves on before an earlier move is durable completes that one first: recovery keeps one name
        // only,
        // and with the earlier .. that would be the earlier name, while others may be past it.
        move.moved.entriesGone.orderBefore(volume.discipline, 0, entry, Sites.FORMER_ENTRY_GONE_BEFORE_ENTRY);
        move.moved.entriesGone.orderBefore(
                volume.discipline, 0, Directory.sectorOf(move.old), Sites.FORMER_ENTRY_GONE_BEFORE_ENTRY);
        if (target != null && move.replaced != null) {
            move.replaced.entriesGone.orderBefore(volume.discipline, 0, entry, Sites.FORMER_ENTRY_GONE_BEFORE_ENTRY);
            directories.replace(move.to, target, move.moved.ino(), move.moved.mode(), Sites.RENAME_NEW_ENTRY);
        } else {
            directories.insert(
                    move.to, move.slot, move.moved.ino(), move.moved.mode(), move.newName, Sites.RENAME_NEW_ENTRY);
        }
        return entry;
    }

    private void setDotDot(Move move, EntryPosition dotDot, BufferSector entry) {
        BufferSector sector = Directory.sectorOf(dotDot);
        volume.discipline.order(inodes.sectorOf(move.to), sector, Sites.NEW_PARENT_COUNT_BEFORE_DOT_DOT);
        orderReachable(move.to, entry, sector, Sites.NEW_ENTRY_BEFORE_DOT_DOT);
        // The new parent may have been below what moves: by the older .. of those above it, it would still be.
        ExtInode above = move.to;
        for (int i = 0; i < MOST_ANCESTORS && above != null; i++) {
            above.dotDotChanged.orderBefore(volume.discipline, 0, sector, Sites.FORMER_DOT_DOT_BEFORE_DOT_DOT);
            above = above.parentDirectory;
        }
        directories.replace(move.moved, dotDot, move.to.ino(), move.to.mode(), Sites.DOT_DOT);
        move.moved.dotDotChanged.add(volume.discipline, 0, sector);
        // The new name is only safe with it, so a sync of the new parent takes it along.
        move.to.changedBlocks.add(dotDot.block().block());
    }

    private BufferSector removeOldName(Move move, BufferSector entry) {
        // Found anew, since the new entry may have come to lie before it.
        EntryPosition old = directories.require(move.from, move.oldName, move.moved);
        if (move.atOnce) {
            return directories.removeNow(move.from, old, Sites.RENAME_OLD_ENTRY);
        }
        BufferSector sector = Directory.sectorOf(old);
        if (move.from == move.to) {
            orderEntry(move.to, entry, sector, Sites.NEW_ENTRY_BEFORE_OLD_GONE);
        } else {
            orderReachable(move.to, entry, sector, Sites.NEW_ENTRY_BEFORE_OLD_GONE);
        }
        if (move.dotDot != null) {
            volume.discipline.order(Directory.sectorOf(move.dotDot), sector, Sites.DOT_DOT_BEFORE_OLD_GONE);
        }
        return directories.remove(move.from, old, Sites.RENAME_OLD_ENTRY);
    }

    /** An entry goes first; in a directory that has grown, that is with the record that makes its block part of it. */
    private void orderEntry(ExtInode directory, BufferSector entry, BufferSector after, Site site) {
        volume.discipline.order(entry, after, site);
        if (volume.hasUnsafeContents(directory)) {
            volume.discipline.order(inodes.sectorOf(directory), after, site);
        }
    }

    /** An entry goes first, and those that lead from the root to its directory: else it would be there, but nowhere. */
    private void orderReachable(ExtInode directory, BufferSector entry, BufferSector after, Site site) {
        orderEntry(directory, entry, after, site);
        ExtInode at = directory;
        for (int i = 0; i < MOST_ANCESTORS && at != null; i++) {
            at.entryAdded.orderBefore(volume.discipline, 0, after, site);
            at = at.parentDirectory;
            if (at != null && volume.hasUnsafeContents(at)) {
                volume.discipline.order(inodes.sectorOf(at), after, site);
            }
        }
    }

    private void lowerReplaced(Move move, ExtInode replaced, BufferSector entry) {
        int left = replaced.isDirectory() ? 0 : replaced.linkCount() - 1;
        names.lowerCount(replaced, left, entry, Sites.REPLACED_BEFORE_COUNT, Sites.RENAME_REPLACED_COUNT);
        // Where the new parent gains a directory and loses one, its count stays.
        if (replaced.isDirectory() && move.dotDot == null) {
            names.lowerCount(
                    move.to,
                    move.to.linkCount() - 1,
                    entry,
                    Sites.REPLACED_BEFORE_PARENT_COUNT,
                    Sites.RENAME_NEW_PARENT_COUNT);
        }
    }
}
