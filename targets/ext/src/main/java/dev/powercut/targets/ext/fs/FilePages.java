package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * File contents between the page cache and the disk. Writing goes in four steps: each block finds its place; the data goes
 * there; pointers follow, ordered after the data; last the size, which never covers anything that has not been written.
 */
final class FilePages {

    /** Longest request for data. */
    private static final int MAX_RUN_BYTES = 128 * 1024;

    private final Volume volume;
    private final BlockTree tree;
    private final BlockAllocator allocator;
    private final FileSpace space;
    private final InodeStore inodes;
    private final Credits credits;
    private final int blockSizeBytes;
    private final int blocksPerPage;

    // The blocks of the call in progress, in the order of the file: to which page they belong, and where they are.
    private final List<Page> pages = new ArrayList<>();
    private long[] fileBlocks = new long[16];
    private int[] places = new int[16];
    private int[] pageOf = new int[16];
    private boolean[] isNew = new boolean[16];
    private int count;
    private boolean anyNew;

    FilePages(
            Volume volume,
            BlockTree tree,
            BlockAllocator allocator,
            FileSpace space,
            InodeStore inodes,
            Credits credits) {
        this.volume = volume;
        this.tree = tree;
        this.allocator = allocator;
        this.space = space;
        this.inodes = inodes;
        this.credits = credits;
        this.blockSizeBytes = volume.blockSizeBytes;
        this.blocksPerPage = Page.BYTES / blockSizeBytes;
    }

    /** Fills a page with what the disk has; holes and what is beyond the end are zero. */
    void read(ExtInode inode, long pageIndex, byte[] target) {
        long start = pageIndex * Page.BYTES;
        int used = (int) Math.max(0, Math.min(Page.BYTES, inode.sizeBytes() - start));
        int filled = 0;
        while (filled < used) {
            int block = tree.find(inode, (start + filled) / blockSizeBytes);
            int run = blockSizeBytes;
            if (block == 0) {
                Arrays.fill(target, filled, filled + run, (byte) 0);
            } else {
                while (filled + run < used
                        && tree.find(inode, (start + filled + run) / blockSizeBytes) == block + run / blockSizeBytes) {
                    run += blockSizeBytes;
                }
                volume.discipline.readData(sectorOf(block), run / Sector.BYTES, target, filled);
            }
            filled += run;
        }
        Arrays.fill(target, used, Page.BYTES, (byte) 0);
    }

    /** The first offset from {@code offsetBytes} on that has a block or has one reserved, or {@link Long#MAX_VALUE}. */
    long nextData(ExtInode inode, long offsetBytes) {
        long first = offsetBytes / blockSizeBytes;
        long block = Math.min(tree.nextMapped(inode, first, endBlock(inode)), inode.reservation.data.next(first));
        return block == Long.MAX_VALUE ? block : Math.max(offsetBytes, block * blockSizeBytes);
    }

    /** The first offset from {@code offsetBytes} on that has no block and none reserved. */
    long nextHole(ExtInode inode, long offsetBytes) {
        return Math.max(
                offsetBytes, tree.nextUnmapped(inode, offsetBytes / blockSizeBytes, endBlock(inode)) * blockSizeBytes);
    }

    private long endBlock(ExtInode inode) {
        return Math.ceilDiv(inode.sizeBytes(), blockSizeBytes);
    }

    private long sectorOf(int block) {
        return (long) block * volume.sectorsPerBlock;
    }

    /** Writes out the dirty pages of a range, in one step or several. */
    void write(ExtInode inode, long firstPage, long lastPage, Trigger trigger) {
        int most = credits.pagesInOneStep();
        pages.clear();
        for (Page page : inode.pages().range(firstToWrite(inode, firstPage, lastPage), lastPage)) {
            if (page.isDirty()) {
                if (pages.size() == most) {
                    writeStep(inode, trigger);
                    volume.discipline.restart(credits.writing(most));
                }
                pages.add(page);
            }
        }
        if (!pages.isEmpty()) {
            writeStep(inode, trigger);
        }
    }

    /** Nothing can be written any more: what is dirty is lost once it is not in memory. */
    void lose(ExtInode inode, long firstPage, long lastPage) {
        for (Page page : inode.pages().range(firstPage, lastPage)) {
            page.markClean();
        }
    }

    /**
     * Where operations are atomic, each step leaves a file whose size covers its blocks: what was not written between the size on disk
     * and the range goes, too.
     */
    private long firstToWrite(ExtInode inode, long firstPage, long lastPage) {
        long sizePage = inode.diskSizeBytes / Page.BYTES;
        boolean grows = volume.discipline.operationsAreAtomic() && lastPage >= sizePage;
        return grows ? Math.min(firstPage, sizePage) : firstPage;
    }

    private void writeStep(ExtInode inode, Trigger trigger) {
        count = 0;
        anyNew = false;
        boolean isAtomic = volume.discipline.operationsAreAtomic();
        if (isAtomic && inode.unsafeTailBlock <= pages.getLast().index() * blocksPerPage + blocksPerPage - 1) {
            // What comes next is not part of what made the file smaller.
            volume.discipline.makeRoom(Sites.SIZE_BEFORE_TAIL);
        }
        findPlaces(inode);
        if (!isAtomic && inode.unsafeTailBlock != Long.MAX_VALUE) {
            makeTailSafe(inode);
        }
        writeData(inode, trigger);
        linkNew(inode);
        for (int i = 0; i < pages.size(); i++) {
            pages.get(i).markClean();
        }
        growSize(inode);
        pages.clear();
    }

    private void findPlaces(ExtInode inode) {
        int previous = 0;
        for (int p = 0; p < pages.size(); p++) {
            long first = pages.get(p).index() * blocksPerPage;
            for (int i = 0; i < blocksPerPage; i++) {
                long fileBlock = first + i;
                if (fileBlock * blockSizeBytes >= inode.sizeBytes()) {
                    break;
                }
                int block = tree.find(inode, fileBlock);
                boolean fresh = block == 0 && inode.reservation.data.contains(fileBlock);
                if (fresh) {
                    space.consume(inode, fileBlock);
                    block = allocator.allocate(goal(inode, fileBlock, previous));
                    anyNew = true;
                }
                // What has no block and was not reserved is a hole, and zero.
                if (block != 0) {
                    add(fileBlock, block, p, fresh);
                    previous = block;
                }
            }
        }
    }

    /** Right after what comes before in the file; else where the file's directory entry and inode are. */
    private int goal(ExtInode inode, long fileBlock, int previousPlace) {
        if (count > 0 && fileBlocks[count - 1] == fileBlock - 1) {
            return previousPlace + 1;
        }
        int before = fileBlock == 0 ? 0 : tree.find(inode, fileBlock - 1);
        return before == 0 ? inode.allocationGoal : before + 1;
    }

    private void add(long fileBlock, int place, int page, boolean fresh) {
        if (count == places.length) {
            fileBlocks = Arrays.copyOf(fileBlocks, count * 2);
            places = Arrays.copyOf(places, count * 2);
            pageOf = Arrays.copyOf(pageOf, count * 2);
            isNew = Arrays.copyOf(isNew, count * 2);
        }
        fileBlocks[count] = fileBlock;
        places[count] = place;
        pageOf[count] = page;
        isNew[count++] = fresh;
    }

    /**
     * The file was cut off within a block that is about to be written in place. The smaller size goes first: with the old
     * size, a crash would show the end that was cut off as something that it never was.
     */
    private void makeTailSafe(ExtInode inode) {
        for (int i = 0; i < count; i++) {
            if (!isNew[i] && fileBlocks[i] >= inode.unsafeTailBlock) {
                volume.discipline.write(
                        List.of(inodes.sectorOf(inode)),
                        Sites.SIZE_BEFORE_TAIL,
                        new Trigger.Ordering(Sites.SIZE_BEFORE_TAIL));
                volume.discipline.flush(Sites.SIZE_BEFORE_TAIL);
                return;
            }
        }
    }

    private void writeData(ExtInode inode, Trigger trigger) {
        int from = 0;
        while (from < count) {
            int to = from + 1;
            while (to < count && places[to] == places[to - 1] + 1 && (to - from) * blockSizeBytes < MAX_RUN_BYTES) {
                to++;
            }
            writeRun(inode, from, to, trigger);
            from = to;
        }
    }

    private void writeRun(ExtInode inode, int from, int to, Trigger trigger) {
        Page first = pages.get(pageOf[from]);
        byte[] source = first.data();
        int offset = offsetInPage(from);
        Cause cause;
        // Neighbours on the disk may have a hole between them in the file.
        boolean isOnePiece = pageOf[to - 1] == pageOf[from] && fileBlocks[to - 1] - fileBlocks[from] == to - 1 - from;
        if (isOnePiece) {
            cause = new Cause(BlockRole.DATA.kind(), trigger, first.dirtied());
        } else {
            source = gather(from, to);
            offset = 0;
            cause = new Cause(BlockRole.DATA.kind(), trigger, dirtied(from, to));
        }
        volume.discipline.writeData(
                inode.number(), sectorOf(places[from]), (to - from) * volume.sectorsPerBlock, source, offset, cause);
    }

    private int offsetInPage(int i) {
        return (int) (fileBlocks[i] % blocksPerPage) * blockSizeBytes;
    }

    private byte[] gather(int from, int to) {
        byte[] bytes = new byte[(to - from) * blockSizeBytes];
        for (int i = from; i < to; i++) {
            byte[] page = pages.get(pageOf[i]).data();
            System.arraycopy(page, offsetInPage(i), bytes, (i - from) * blockSizeBytes, blockSizeBytes);
        }
        return bytes;
    }

    private List<Cause.Dirtied> dirtied(int from, int to) {
        List<Cause.Dirtied> all = new ArrayList<>();
        for (int p = pageOf[from]; p <= pageOf[to - 1]; p++) {
            for (Cause.Dirtied by : pages.get(p).dirtied()) {
                if (!all.contains(by)) {
                    all.add(by);
                }
            }
        }
        return all;
    }

    private void linkNew(ExtInode inode) {
        if (!anyNew) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (isNew[i]) {
                tree.link(inode, fileBlocks[i], places[i], null);
            }
        }
        inodes.store(inode, Sites.DATA_POINTER);
    }

    /**
     * Lets the size on disk grow as far as all that it covers has been written: up to the file's size, but not while any page
     * is dirty that could be older on the disk than the write that made the file so long; or, where operations are atomic, up to the
     * first page that is dirty.
     */
    void growSize(ExtInode inode) {
        long size = coveredBytes(inode);
        if (inode.diskSizeBytes >= size) {
            return;
        }
        BufferSector record = inodes.sectorOf(inode);
        volume.discipline.dataBefore(record, Sites.DATA_BEFORE_SIZE);
        for (int i = inode.changedBlocks.size() - 1; i >= 0; i--) {
            Buffer node = volume.read((int) inode.changedBlocks.get(i), BlockRole.INDIRECT);
            volume.orderAll(node, record, Sites.POINTER_BEFORE_SIZE);
            if (!node.isDirty()) {
                inode.changedBlocks.remove(node.block());
            }
        }
        if (size > Integer.MAX_VALUE) {
            volume.superblock.requireLargeFile(record);
        }
        inode.diskSizeBytes = size;
        volume.noteContents(inode);
        inodes.store(inode, Sites.SIZE);
    }

    private long coveredBytes(ExtInode inode) {
        if (inode.pages().dirtyCount() == 0) {
            return inode.sizeBytes();
        } else if (!volume.discipline.operationsAreAtomic()) {
            return 0;
        }
        for (Page page : inode.pages().range(inode.diskSizeBytes / Page.BYTES, Long.MAX_VALUE)) {
            if (page.isDirty()) {
                return Math.min(inode.sizeBytes(), page.index() * Page.BYTES);
            }
        }
        return inode.sizeBytes();
    }
}
