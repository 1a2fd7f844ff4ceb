package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;

/** What all parts of one mount share: measures, caches, the discipline, and what to do about a corrupt image. */
final class Volume {

    final MountRequest request;
    final Geometry geometry;
    final GroupTable groups;
    final BlockMap map;
    final MetadataCache cache;
    final UpdateDiscipline discipline;
    final SuperblockState superblock;
    final int blockSizeBytes;
    final int sectorsPerBlock;
    final int groupCount;
    final long maxFileSizeBytes;
    private long contentsChanges;
    private long contentsSafeUpTo;

    Volume(
            MountRequest request,
            Geometry geometry,
            GroupTable groups,
            MetadataCache cache,
            UpdateDiscipline discipline,
            SuperblockState superblock) {
        this.request = request;
        this.geometry = geometry;
        this.groups = groups;
        this.map = geometry.blockMap();
        this.cache = cache;
        this.discipline = discipline;
        this.superblock = superblock;
        this.blockSizeBytes = geometry.blockSizeBytes();
        this.sectorsPerBlock = geometry.sectorsPerBlock();
        this.groupCount = geometry.groupCount();
        this.maxFileSizeBytes = map.maxFileSizeBytes();
    }

    /** The inode's record has changed, or will with the next store, in what its contents need. */
    void noteContents(ExtInode inode) {
        inode.contentsChangedAt = ++contentsChanges;
    }

    /** Whether the inode's record may hold changes of that sort that are not durable. */
    boolean hasUnsafeContents(ExtInode inode) {
        return inode.contentsChangedAt > Math.max(inode.contentsSafeUpTo, contentsSafeUpTo);
    }

    /** The inode is durable as it was after so many changes. */
    void noteSafe(ExtInode inode, long upTo) {
        inode.contentsSafeUpTo = Math.max(inode.contentsSafeUpTo, upTo);
    }

    /** How many such changes there were. */
    long contentsChanges() {
        return contentsChanges;
    }

    /** Everything is durable as it was after so many changes. */
    void noteAllSafe(long upTo) {
        contentsSafeUpTo = Math.max(contentsSafeUpTo, upTo);
    }

    long nowNanos() {
        return request.nowNanos();
    }

    Buffer read(int block, BlockRole role) {
        return cache.read(block, role.kind());
    }

    /** Says that bytes of a block were changed; a buffer that was freed under us means that two files own the block. */
    void changed(Buffer buffer, int offsetBytes, int length, Site site) {
        if (cache.cached(buffer.block()) != buffer) {
            throw corrupt(buffer + " is owned by two files");
        }
        discipline.changed(buffer, offsetBytes, length, site);
    }

    /** All sectors of a block come before a sector. */
    void orderAll(Buffer before, BufferSector after, Site site) {
        for (int at = 0; at < blockSizeBytes; at += Sector.BYTES) {
            discipline.order(before.sectorAt(at), after, site);
        }
    }

    /**
     * Returns a pointer to a block that files may own.
     *
     * @throws ErrnoException EUCLEAN when it points elsewhere
     */
    int checkedPointer(int block, ExtInode owner) {
        if (!isFileBlock(block)) {
            throw corrupt("inode " + owner.number() + " points to block " + Integer.toUnsignedString(block)
                    + ", which is not for files");
        }
        return block;
    }

    boolean isFileBlock(int block) {
        return geometry.isBlock(block) && groups.roleOf(block) == BlockRole.DATA;
    }

    /** Blocks of the volume without its fixed metadata, as statfs counts them. */
    long dataBlockCount() {
        long overhead = geometry.firstDataBlock();
        for (int group = 0; group < groupCount; group++) {
            overhead += groups.metadataBlocks(group);
        }
        return geometry.blockCount() - overhead;
    }

    /** Notes that the image is not sound, so that it is not marked clean any more, and gives the failure to throw. */
    ErrnoException corrupt(String what) {
        superblock.noteError();
        return Errno.EUCLEAN.exception(what);
    }
}
