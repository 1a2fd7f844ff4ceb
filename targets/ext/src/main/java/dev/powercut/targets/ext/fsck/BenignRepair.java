package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.util.List;

/**
 * Mends what is benign (and wrong counts that are damage), after a scan that found nothing else.
 *
 * <p>Stages, each flushed before the next:
 *
 * <ol start="0">
 *   <li>the clean flag goes, if it is there and anything is to be mended;
 *   <li>inodes in use that are not marked are marked; pointers beyond sizes, second names of directories, link counts, sector
 *       counts, deletion times: each a change that is benign whether it is made or not;
 *   <li>inodes without a name go to lost+found ({@link LostAndFound} has stages of its own);
 *   <li>bitmaps and counts become what is in use: nothing points any more to what is freed here;
 *   <li>totals and the clean flag.
 * </ol>
 */
final class BenignRepair {

    private final Scan scan;
    private final BlockRelease release;
    private final Allocation allocation;
    private final FileGrowth growth;
    private final LostAndFound lostAndFound;
    private boolean freedAttributes;

    BenignRepair(Scan scan) {
        this.scan = scan;
        this.release = new BlockRelease(scan);
        this.allocation = new Allocation(scan);
        this.growth = new FileGrowth(scan, allocation);
        this.lostAndFound = new LostAndFound(scan, allocation, growth);
    }

    /** @return problems that could not be mended, none as a rule */
    boolean run(List<Problem> problems, List<Problem> unmended) {
        release.begin();
        lostAndFound.begin();
        freedAttributes = false;
        boolean orphans = false;
        if (!problems.isEmpty()) {
            clearCleanFlag();
            for (int i = 0; i < problems.size(); i++) {
                Problem problem = problems.get(i);
                orphans |= problem.kind() == ProblemKind.UNNAMED_INODE;
                mend(problem);
            }
            if (orphans) {
                markAll();
            }
            scan.edits.commit();
            if (orphans) {
                attachOrphans(problems, unmended);
            }
            if (freedAttributes) {
                lowerReferences();
            }
            writeSummaries();
        }
        if (unmended.isEmpty()) {
            setCleanFlag();
        }
        return unmended.isEmpty();
    }

    private byte[] superblock() {
        return scan.edits.edit(scan.volume.superblockBlock(), BlockRole.SUPERBLOCK);
    }

    private void clearCleanFlag() {
        byte[] b = superblock();
        int at = scan.volume.superblockOffset();
        Superblock.setState(b, at, Superblock.state(b, at) & ~Format.STATE_VALID);
        scan.edits.commit();
    }

    private void mend(Problem problem) {
        int inode = problem.inode();
        switch (problem.kind()) {
            case UNLINKED_INODE_NOT_DELETED -> {
                byte[] b = scan.edits.inodeBlock(inode);
                InodeRecord.setDeletionTimeSeconds(b, at(inode), scan.nowSeconds);
            }
            case BLOCKS_BEYOND_SIZE, BLOCKS_AFTER_END -> trim(inode, problem.expected());
            case SECTOR_COUNT_WRONG -> {
                byte[] b = scan.edits.inodeBlock(inode);
                scan.sectorCounts.set(b, at(inode), problem.expected());
            }
            case XATTR_REFERENCES_TOO_HIGH, XATTR_REFERENCES_TOO_LOW -> {
                byte[] b = scan.edits.edit(problem.block(), BlockRole.XATTR);
                LittleEndian.put32(b, Format.H_REFCOUNT, (int) problem.expected());
            }
            case DIRECTORY_NAMED_TWICE -> {
                byte[] b = scan.edits.edit(problem.block(), BlockRole.DIRECTORY);
                DirectoryEntry.setInode(b, problem.offset(), 0);
            }
            case LINK_COUNT_TOO_HIGH, LINK_COUNT_TOO_LOW -> {
                byte[] b = scan.edits.inodeBlock(inode);
                InodeRecord.setLinkCount(b, at(inode), (int) problem.expected());
            }
            case UNNAMED_EMPTY_INODE -> free(inode);
            case JOURNAL_BACKUP_WRONG -> copyJournalInode();
            default -> {
                // What is left of these stages are bitmaps, totals and names: they follow.
            }
        }
    }

    private void copyJournalInode() {
        byte[] record = scan.edits.inodeBlock(Format.JOURNAL_INODE);
        int from = at(Format.JOURNAL_INODE);
        byte[] b = superblock();
        int to = scan.volume.superblockOffset();
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            Superblock.setJournalBlockWord(b, to, i, InodeRecord.pointer(record, from, i));
        }
        Superblock.setJournalBlockWord(b, to, Format.POINTER_COUNT, (int) InodeRecord.sizeHigh(record, from));
        Superblock.setJournalBlockWord(b, to, Format.POINTER_COUNT + 1, (int) InodeRecord.sizeLow(record, from));
    }

    private int at(int inode) {
        return scan.volume.geometry.offsetInBlockOfInode(inode);
    }

    private void trim(int inode, long sectorsLeft) {
        byte[] b = scan.edits.inodeBlock(inode);
        int at = at(inode);
        int blockSize = scan.volume.blockSize;
        long size = InodeRecord.isRegular(b, at) ? InodeRecord.size(b, at) : InodeRecord.sizeLow(b, at);
        release.beyond(b, at, (size + blockSize - 1) / blockSize);
        scan.sectorCounts.set(b, at, sectorsLeft);
    }

    private void free(int inode) {
        byte[] b = scan.edits.inodeBlock(inode);
        int at = at(inode);
        release.all(b, at);
        InodeRecord.setLinkCount(b, at, 0);
        InodeRecord.setDeletionTimeSeconds(b, at, scan.nowSeconds);
        scan.inodes.flags[scan.inodes.ordinal(inode)] |= InodeCensus.FREED;
        int attributes = InodeRecord.xattrBlock(b, at);
        if (attributes != 0) {
            scan.xattrs.counted[scan.xattrs.find(attributes)]--;
            freedAttributes = true;
        }
    }

    /** After the inodes that referred are gone: a count must never be too low. */
    private void lowerReferences() {
        XattrBlocks xattrs = scan.xattrs;
        for (int i = 0; i < xattrs.count; i++) {
            if (xattrs.counted[i] == 0) {
                scan.blocks.remove(xattrs.block[i] - scan.volume.firstDataBlock);
            } else {
                byte[] b = scan.edits.edit(xattrs.block[i], BlockRole.XATTR);
                LittleEndian.put32(b, Format.H_REFCOUNT, xattrs.counted[i]);
            }
        }
    }

    /** Adds to the bitmaps what is in use, and frees nothing: before a name is made for an inode that is not marked. */
    private void markAll() {
        for (int group = 0; group < scan.volume.groupCount; group++) {
            Geometry geometry = scan.volume.geometry;
            byte[] inodes = scan.edits.edit(scan.volume.table.inodeBitmap(group), BlockRole.INODE_BITMAP);
            int first = group * geometry.inodesPerGroup();
            for (int at = 0; at < geometry.inodesPerGroup() >> 3; at++) {
                inodes[at] |= (byte) scan.inodes.used.word(first + 8 * at);
            }
        }
    }

    private void attachOrphans(List<Problem> problems, List<Problem> unmended) {
        for (int i = 0; i < problems.size(); i++) {
            Problem problem = problems.get(i);
            if (problem.kind() == ProblemKind.UNNAMED_INODE && !lostAndFound.attach(problem.inode())) {
                unmended.add(new Problem(ProblemKind.LOST_AND_FOUND_FULL, problem.inode(), 0, 0, 0));
            }
        }
    }

    private void writeSummaries() {
        Volume volume = scan.volume;
        Geometry geometry = volume.geometry;
        BitSpace used = scan.inodes.used;
        for (int ordinal = scan.inodes.count - 1; ordinal >= 0; ordinal--) {
            if ((scan.inodes.flags[ordinal] & InodeCensus.FREED) != 0) {
                used.remove(scan.inodes.number[ordinal] - 1);
            }
        }
        if (lostAndFound.created() != 0) {
            used.add(lostAndFound.created() - 1);
        }
        long freeBlocks = 0;
        long freeInodes = 0;
        int directory = 0;
        for (int group = 0; group < volume.groupCount; group++) {
            int lastInode = (group + 1) * geometry.inodesPerGroup();
            int directories = 0;
            for (; directory < scan.directories.count && scan.directories.inode[directory] <= lastInode; directory++) {
                int ordinal = scan.directories.ordinal[directory];
                directories += (scan.inodes.flags[ordinal] & InodeCensus.FREED) == 0 ? 1 : 0;
            }
            boolean made = lostAndFound.created() != 0 && geometry.groupOfInode(lostAndFound.created()) == group;
            int blocks = geometry.blocksInGroup(group);
            int inodes = geometry.inodesPerGroup();
            int groupFreeBlocks = blocks
                    - fill(
                            scan.edits.edit(volume.table.blockBitmap(group), BlockRole.BLOCK_BITMAP),
                            scan.blocks,
                            geometry.firstBlockOfGroup(group) - volume.firstDataBlock,
                            blocks);
            int groupFreeInodes = inodes
                    - fill(
                            scan.edits.edit(volume.table.inodeBitmap(group), BlockRole.INODE_BITMAP),
                            used,
                            lastInode - inodes,
                            inodes);
            writeDescriptor(group, groupFreeBlocks, groupFreeInodes, made ? directories + 1 : directories);
            freeBlocks += groupFreeBlocks;
            freeInodes += groupFreeInodes;
        }
        Superblock.setFreeBlockCount(volume.superblock, 0, (int) freeBlocks);
        Superblock.setFreeInodeCount(volume.superblock, 0, (int) freeInodes);
        scan.edits.commit();
    }

    /** Makes a bitmap the bits in use, and ones beyond the end; gives how many are in use. */
    private static int fill(byte[] bitmap, BitSpace used, int from, int bits) {
        int count = 0;
        for (int bit = 0; bit < bits; bit += Long.SIZE) {
            long word = used.word(from + bit);
            if (bits - bit < Long.SIZE) {
                word &= (1L << bits - bit) - 1;
            }
            count += Long.bitCount(word);
            LittleEndian.put64(bitmap, bit >>> 3, word);
        }
        Bitmap.setRange(bitmap, 0, bits, 8 * bitmap.length);
        return count;
    }

    private void writeDescriptor(int group, int freeBlocks, int freeInodes, int directories) {
        Volume volume = scan.volume;
        int offset = group * Format.DESCRIPTOR_BYTES;
        int block = volume.geometry.firstDescriptorBlock() + offset / volume.blockSize;
        byte[] b = scan.edits.edit(block, BlockRole.GROUP_DESCRIPTORS);
        int at = offset % volume.blockSize;
        GroupDescriptor.setFreeBlockCount(b, at, freeBlocks);
        GroupDescriptor.setFreeInodeCount(b, at, freeInodes);
        GroupDescriptor.setUsedDirectoryCount(b, at, directories);
    }

    /** Writes totals, the flag and the marks of a check; nothing when all is as it should be. */
    private void setCleanFlag() {
        byte[] b = superblock();
        int at = scan.volume.superblockOffset();
        Superblock.setFreeBlockCount(b, at, Superblock.freeBlockCount(scan.volume.superblock, 0));
        Superblock.setFreeInodeCount(b, at, Superblock.freeInodeCount(scan.volume.superblock, 0));
        Superblock.setState(b, at, Format.STATE_VALID);
        Superblock.setMountCount(b, at, 0);
        Superblock.setLastCheckSeconds(b, at, scan.nowSeconds);
        scan.edits.commit();
    }
}
