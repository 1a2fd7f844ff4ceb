package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.Superblock;

/**
 * The superblock of a mount. The clean bit goes before the first change and comes back at the end, when all else is durable;
 * counts are only written when everything is.
 */
final class SuperblockState {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MountRequest request;
    private final MetadataCache cache;
    private final UpdateDiscipline discipline;
    private final boolean hasLog;
    private final int block;
    private final int offset;
    private final boolean hasFeatures;
    private final int reservedUid;
    private final int reservedBlocks;
    private boolean inUse;
    private boolean errorSeen;
    private boolean largeFile;

    /** @param record the superblock's 1,024 bytes as mounted */
    SuperblockState(
            MountRequest request, Geometry geometry, MetadataCache cache, UpdateDiscipline discipline, byte[] record) {
        this.request = request;
        this.cache = cache;
        this.discipline = discipline;
        this.hasLog = discipline.operationsAreAtomic();
        this.block = geometry.firstDataBlock();
        this.offset = Format.SUPERBLOCK_OFFSET_BYTES - block * geometry.blockSizeBytes();
        this.hasFeatures = Superblock.revision(record, 0) != Format.REVISION_ORIGINAL;
        this.largeFile = geometry.hasRoCompat(Features.RO_COMPAT_LARGE_FILE);
        this.reservedUid = Superblock.reservedUid(record, 0);
        int reserved = Superblock.reservedBlockCount(record, 0);
        this.reservedBlocks = reserved < 0 ? geometry.blockCount() : reserved;
    }

    /** Blocks that a user must leave free. */
    int keptFrom(int uid) {
        return uid == 0 || uid == reservedUid ? 0 : reservedBlocks;
    }

    /** The image has been found corrupt: it stays unclean at the end of the mount. */
    void noteError() {
        errorSeen = true;
    }

    /** Whether something has been changed since the mount. */
    boolean isInUse() {
        return inUse;
    }

    /** Before the first change: the clean bit is gone, durably; or, where there is a log, the image is marked as one that needs it. */
    void markInUse() {
        inUse = true;
        Buffer buffer = buffer();
        byte[] b = buffer.data();
        if (hasLog) {
            Superblock.setIncompat(b, offset, Superblock.incompat(b, offset) | Features.INCOMPAT_RECOVER);
        } else {
            Superblock.setState(b, offset, Superblock.state(b, offset) & ~Format.STATE_VALID);
        }
        Superblock.setMountTimeSeconds(b, offset, nowSeconds());
        Superblock.setMountCount(b, offset, Math.min(Superblock.mountCount(b, offset) + 1, 0xFFFF));
        writeNow(buffer, Sites.UNCLEAN_BEFORE_CHANGE, new Trigger.Mount());
    }

    /** Everything else is durable, in its place: sets the clean bit, unless the image was found corrupt. */
    void markClean() {
        Buffer buffer = buffer();
        byte[] b = buffer.data();
        int state = Superblock.state(b, offset);
        if (hasLog) {
            Superblock.setIncompat(b, offset, Superblock.incompat(b, offset) & ~Features.INCOMPAT_RECOVER);
        }
        Superblock.setState(b, offset, errorSeen ? state | Format.STATE_ERROR : state | Format.STATE_VALID);
        writeNow(buffer, Sites.CLEAN_AFTER_ALL, new Trigger.Unmount());
        inUse = false;
    }

    private void writeNow(Buffer buffer, Site site, Trigger trigger) {
        Superblock.setWriteTimeSeconds(buffer.data(), offset, nowSeconds());
        discipline.changeNow(buffer, offset, Format.S_FIRST_INO, site, trigger);
    }

    /** The summary counts, which everyone works out anew after a crash. */
    void storeCounts(long freeBlocks, long freeInodes) {
        Buffer buffer = buffer();
        byte[] b = buffer.data();
        if (Superblock.freeBlockCount(b, offset) != (int) freeBlocks
                || Superblock.freeInodeCount(b, offset) != (int) freeInodes) {
            Superblock.setFreeBlockCount(b, offset, (int) freeBlocks);
            Superblock.setFreeInodeCount(b, offset, (int) freeInodes);
            Superblock.setWriteTimeSeconds(b, offset, nowSeconds());
            discipline.changed(buffer, offset, Format.S_FIRST_INO, Sites.COUNTS);
        }
    }

    /** Whether sizes of 2 GiB and more can be told: revision 0 has no feature to say so. */
    boolean canHoldLargeFiles() {
        return hasFeatures;
    }

    /** An inode's size is about to pass 2 GiB: the superblock says that there is such a file first. */
    void requireLargeFile(BufferSector inodeSector) {
        if (largeFile) {
            return;
        }
        largeFile = true;
        Buffer buffer = buffer();
        byte[] b = buffer.data();
        Superblock.setRoCompat(b, offset, Superblock.roCompat(b, offset) | Features.RO_COMPAT_LARGE_FILE);
        discipline.changed(buffer, offset, Format.S_UUID, Sites.LARGE_FILE);
        discipline.order(buffer.sectorAt(offset), inodeSector, Sites.LARGE_FILE_BEFORE_SIZE);
    }

    /** The orphan at the head of the list; 0 when there is none. */
    int lastOrphan() {
        return Superblock.lastOrphan(buffer().data(), offset);
    }

    void setLastOrphan(int ino) {
        Buffer buffer = buffer();
        Superblock.setLastOrphan(buffer.data(), offset, ino);
        discipline.changed(buffer, offset + Format.S_LAST_ORPHAN, 4, Sites.ORPHAN_LIST);
    }

    private Buffer buffer() {
        return cache.read(block, BlockRole.SUPERBLOCK.kind());
    }

    private long nowSeconds() {
        return request.nowNanos() / NANOS_PER_SECOND;
    }
}
