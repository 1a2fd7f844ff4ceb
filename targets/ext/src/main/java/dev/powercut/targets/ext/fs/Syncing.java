package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;

/** Makes things durable: one inode with what it needs to be read, or everything. */
final class Syncing implements UpdateDiscipline.Hooks {

    private final Volume volume;
    private final InodeStore inodes;
    private final InodeAllocator inodeNumbers;
    private final BlockAllocator blocks;
    private final GroupCounts counts;
    private long changesInCommit;

    Syncing(Volume volume, InodeStore inodes, InodeAllocator inodeNumbers, BlockAllocator blocks, GroupCounts counts) {
        this.volume = volume;
        this.inodes = inodes;
        this.inodeNumbers = inodeNumbers;
        this.blocks = blocks;
        this.counts = counts;
    }

    /**
     * Writes an inode's blocks of pointers or entries and its record, unless only times changed and data alone is asked for, all
     * with what must go before; one flush ends it.
     */
    void sync(ExtInode inode, boolean dataOnly, Trigger trigger) {
        List<BufferSector> changed = new ArrayList<>();
        if (!volume.discipline.operationsAreAtomic()) {
            // Not needed to read the inode, and no order asks for it; but it goes with the first writes, not in a round
            // of its own when the entry is made durable.
            addIfDirty(inodeNumbers.markOf(inode.ino()), changed);
        }
        for (int i = 0; i < inode.changedBlocks.size(); i++) {
            Buffer block = volume.cache.cached(inode.changedBlocks.get(i));
            if (block != null && block.isDirty()) {
                addDirty(block, changed);
            }
        }
        boolean needsRecord = !dataOnly || volume.hasUnsafeContents(inode);
        List<BufferSector> record = needsRecord ? List.of(inodes.sectorOf(inode)) : List.of();
        long upTo = volume.contentsChanges();
        volume.discipline.writeForSync(inode.number(), changed, record, trigger);
        volume.discipline.flush(Sites.FSYNC_FLUSH);
        if (volume.discipline.isAborted()) {
            throw Errno.EIO.exception("the log was given up after a lost write");
        }
        inode.changedBlocks.clear();
        if (needsRecord) {
            volume.noteSafe(inode, upTo);
        }
    }

    private void addDirty(Buffer block, List<BufferSector> sectors) {
        for (int at = 0; at < volume.blockSizeBytes; at += Sector.BYTES) {
            addIfDirty(block.sectorAt(at), sectors);
        }
    }

    private static void addIfDirty(BufferSector sector, List<BufferSector> sectors) {
        if (sector.isDirty()) {
            sectors.add(sector);
        }
    }

    /** Makes everything durable that has changed so far. */
    void syncAll(Trigger trigger) {
        storeCounts();
        long upTo = volume.contentsChanges();
        long lingering = inodes.lingered();
        volume.discipline.writeAll(trigger);
        volume.discipline.flush(Sites.SYNC_FLUSH);
        if (volume.discipline.isAborted()) {
            return;
        }
        volume.noteAllSafe(upTo);
        inodes.letGo(lingering);
    }

    /** Makes everything durable, with what that sets free, until nothing is left to do. */
    void settle(Trigger trigger) {
        do {
            storeCounts();
            volume.discipline.writeAll(trigger);
            volume.discipline.flush(Sites.UNMOUNT_FLUSH);
        } while (volume.discipline.isBusy() || counts.isChanged());
        volume.discipline.close(trigger);
    }

    @Override
    public void beforeCommit() {
        storeCounts();
        changesInCommit = volume.contentsChanges();
        blocks.closeHeld();
    }

    @Override
    public void afterCommit() {
        volume.noteAllSafe(changesInCommit);
        blocks.releaseHeld();
    }

    private void storeCounts() {
        counts.store(volume.discipline);
        volume.superblock.storeCounts(counts.freeBlocks(), counts.freeInodes());
    }
}
