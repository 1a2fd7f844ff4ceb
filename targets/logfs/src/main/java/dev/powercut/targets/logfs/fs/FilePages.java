package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import java.util.Arrays;
import java.util.List;

/** Contents of files: dirty pages get new places in the log; what they replace is dead. */
final class FilePages {

    private final Volume volume;
    private final InodeStore inodes;
    private final Reclaim reclaim;
    private final int size;
    private final int blocksPerPage;

    FilePages(Volume volume, InodeStore inodes, Reclaim reclaim) {
        this.volume = volume;
        this.inodes = inodes;
        this.reclaim = reclaim;
        this.size = volume.blockSizeBytes;
        this.blocksPerPage = Page.BYTES / size;
    }

    /** Fills a page with what the log has; holes and what is beyond the end are zero. */
    void read(LogInode inode, long pageIndex, byte[] page) {
        long start = pageIndex * Page.BYTES;
        int used = (int) Math.max(0, Math.min(Page.BYTES, inode.sizeBytes() - start));
        int filled = 0;
        while (filled < used) {
            int address = inode.extents.find((start + filled) / size);
            if (address == 0) {
                Arrays.fill(page, filled, filled + size, (byte) 0);
                filled += size;
            } else if (volume.log.isStaged(address)) {
                volume.readBlock(address, page, filled);
                filled += size;
            } else {
                filled += readRun(inode, start, filled, used, address, page);
            }
        }
        Arrays.fill(page, used, Page.BYTES, (byte) 0);
    }

    private int readRun(LogInode inode, long start, int filled, int used, int address, byte[] page) {
        int run = size;
        while (filled + run < used) {
            int next = inode.extents.find((start + filled + run) / size);
            if (next != address + run / size || volume.log.isStaged(next)) {
                break;
            }
            run += size;
        }
        long sector = (long) address * volume.geometry.sectorsPerBlock();
        volume.device.read(sector, run / Sector.BYTES, page, filled);
        return run;
    }

    long nextData(LogInode inode, long offsetBytes) {
        long first = offsetBytes / size;
        long block = Math.min(inode.extents.nextMapped(first), inode.reserved.next(first));
        return block == Long.MAX_VALUE ? block : Math.max(offsetBytes, block * size);
    }

    long nextHole(LogInode inode, long offsetBytes) {
        long block = offsetBytes / size;
        long before;
        do {
            before = block;
            block = inode.extents.nextUnmapped(block);
            while (inode.reserved.contains(block)) {
                block++;
            }
        } while (block != before);
        return Math.max(offsetBytes, block * size);
    }

    /**
     * Makes sure that bytes {@code offsetBytes} to {@code endBytes - 1} can be written later; all or nothing.
     *
     * @throws ErrnoException ENOSPC, EFBIG
     */
    void reserve(LogInode inode, long offsetBytes, long endBytes) {
        if (endBytes > Format.MAX_FILE_BYTES) {
            throw Errno.EFBIG.exception();
        } else if (offsetBytes >= endBytes) {
            return;
        }
        long first = offsetBytes / size;
        long last = (endBytes - 1) / size;
        long wanted = 0;
        for (long block = first; block <= last; block++) {
            wanted += needsRoom(inode, block) ? 1 : 0;
            if (wanted > volume.space.freeBlocks()) {
                throw Errno.ENOSPC.exception();
            }
        }
        volume.space.grant(wanted, 0);
        for (long block = first; wanted > 0; block++) {
            if (needsRoom(inode, block)) {
                inode.reserved.add(block);
                wanted--;
            }
        }
    }

    private static boolean needsRoom(LogInode inode, long block) {
        return inode.extents.find(block) == 0 && !inode.reserved.contains(block);
    }

    /** Writes out the dirty pages of a range. */
    void write(LogInode inode, long firstPage, long lastPage, Trigger trigger) {
        List<Page> pages = inode.pages().range(firstPage, lastPage);
        boolean any = false;
        for (int i = 0; i < pages.size(); i++) {
            Page page = pages.get(i);
            if (page.isDirty()) {
                reclaim.keepRoom(blocksPerPage);
                writePage(inode, page, trigger);
                any = true;
            }
        }
        if (any) {
            inodes.setBlocks(inode);
            inodes.markDirty(inode, Sites.EXTENTS, true);
            growSize(inode);
        }
    }

    private void writePage(LogInode inode, Page page, Trigger trigger) {
        for (int i = 0; i < blocksPerPage; i++) {
            long block = page.index() * blocksPerPage + i;
            if (block * size >= inode.sizeBytes()) {
                break;
            }
            // What has no block and was not reserved is a hole, and zero.
            if (inode.extents.find(block) != 0 || inode.reserved.contains(block)) {
                int address = volume.log.stage(
                        Format.KIND_DATA,
                        inode.ino(),
                        inode.version,
                        block,
                        page.data(),
                        i * size,
                        page.dirtied(),
                        trigger);
                place(inode, block, address);
            }
        }
        page.markClean();
        inodes.markDirty(inode, Sites.EXTENTS, true);
    }

    /** A block of a file has a new place; the old one is dead. */
    void place(LogInode inode, long block, int address) {
        if (inode.reserved.remove(block)) {
            volume.space.giveBack(1, 0);
        }
        unmap(inode, block, block + 1);
        inode.extents.map(block, address);
        volume.usage.add(address, size, inode.modifiedNanos());
        if (inode.orphan) {
            volume.usage.setNameless(address, 1);
        }
    }

    private void unmap(LogInode inode, long first, long end) {
        inode.extents.unmap(first, end, (address, length) -> {
            volume.usage.removeRun(address, length);
            for (int i = 0; inode.orphan && i < length; i++) {
                volume.usage.setNameless(address + i, -1);
            }
        });
    }

    /** Lets the size in the record grow as far as all that it covers has been written. */
    private void growSize(LogInode inode) {
        if (inode.diskSizeBytes != inode.sizeBytes()
                && (inode.pages().dirtyCount() == 0 || !volume.rules.sizeFollowsData())) {
            inode.diskSizeBytes = inode.sizeBytes();
            inodes.markDirty(inode, Sites.SIZE, true);
        }
    }

    /** The size has become smaller or larger. */
    void truncate(LogInode inode, long oldSizeBytes) {
        if (inode.sizeBytes() > Format.MAX_FILE_BYTES) {
            inode.setSizeBytes(oldSizeBytes);
            throw Errno.EFBIG.exception();
        }
        long end = Math.ceilDiv(inode.sizeBytes(), size);
        volume.space.giveBack(inode.reserved.removeRange(end, Long.MAX_VALUE), 0);
        unmap(inode, end, Long.MAX_VALUE);
        inode.diskSizeBytes = Math.min(inode.diskSizeBytes, inode.sizeBytes());
        inodes.setBlocks(inode);
        inodes.markDirty(inode, Sites.TRUNCATE, true);
        growSize(inode);
    }

    /** Takes the blocks away that lie wholly in a range. */
    void punch(LogInode inode, long offsetBytes, long endBytes) {
        long first = Math.ceilDiv(offsetBytes, size);
        long end = endBytes / size;
        if (first < end) {
            volume.space.giveBack(inode.reserved.removeRange(first, end), 0);
            unmap(inode, first, end);
            inodes.setBlocks(inode);
            inodes.markDirty(inode, Sites.PUNCH, true);
        }
    }
}
