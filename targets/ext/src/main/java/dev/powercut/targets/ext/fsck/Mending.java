package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.ResizeInode;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Mends damage ({@code -y}), one stage at a time: volume, then inodes, then directories, then tree. After a stage the image is
 * scanned again, since what a stage takes away changes what the next one sees. Every change takes away, or sets one right
 * value; so the stages come to an end.
 */
final class Mending {

    private static final int DOT_BYTES = DirectoryEntry.minimumLength(1);

    /** The record of a {@code .} that is longer has room for another entry (as e2fsck has it). */
    static final int MOST_DOT_BYTES = 2 * DOT_BYTES;

    private final Scan scan;
    private final @Nullable JournalCheck journal;
    private final Allocation allocation;
    private final FileGrowth growth;
    private final EntrySalvage salvage;

    /** @param journal of ext3; null for ext2 */
    Mending(Scan scan, @Nullable JournalCheck journal) {
        this.scan = scan;
        this.journal = journal;
        this.allocation = new Allocation(scan);
        this.growth = new FileGrowth(scan, allocation);
        this.salvage = new EntrySalvage(scan);
    }

    /** Mends all problems of one stage. */
    void run(ProblemKind.Stage stage, List<Problem> problems) {
        if (stage == ProblemKind.Stage.INODES) {
            scan.mendInodes();
            if (scan.inodes.type[Format.ROOT_INODE - 1] != Format.TYPE_DIRECTORY) {
                makeRoot();
            }
            scan.edits.commit();
            return;
        }
        for (Problem problem : problems) {
            if (problem.kind().stage() == stage) {
                mend(problem);
            }
        }
        if (stage == ProblemKind.Stage.VOLUME) {
            writeSuperblocks(problems);
        }
        scan.edits.commit();
    }

    /** The primary, and then the backups that are to be like it. */
    private void writeSuperblocks(List<Problem> problems) {
        Superblock.setState(scan.volume.superblock, 0, 0);
        byte[] b = scan.edits.edit(scan.volume.superblockBlock(), BlockRole.SUPERBLOCK);
        System.arraycopy(scan.volume.superblock, 0, b, scan.volume.superblockOffset(), Format.SUPERBLOCK_BYTES);
        for (Problem problem : problems) {
            if (problem.kind() == ProblemKind.BACKUP_SUPERBLOCK_WRONG) {
                writeBackup((int) problem.found());
            } else if (problem.kind() == ProblemKind.RESERVED_DESCRIPTORS_WITHOUT_FEATURE) {
                for (int group = 1; group < geometry().groupCount(); group++) {
                    if (geometry().hasSuperblock(group)) {
                        writeBackup(group);
                    }
                }
            }
        }
    }

    private void mend(Problem problem) {
        byte[] superblock = scan.volume.superblock;
        switch (problem.kind()) {
            case DESCRIPTOR_CORRUPT -> writeDescriptors(geometry().firstDescriptorBlock());
            case BACKUP_DESCRIPTORS_WRONG -> writeDescriptors(problem.block());
            case DESCRIPTOR_FLAGS -> {
                int at = problem.block() * Format.DESCRIPTOR_BYTES;
                GroupDescriptor.setFlags(scan.volume.descriptors, at, 0);
                GroupDescriptor.setUnusedInodeCount(scan.volume.descriptors, at, 0);
                writeDescriptors(geometry().firstDescriptorBlock());
            }
            case JOURNAL_INODE_INVALID,
                    JOURNAL_INODE_LOST,
                    JOURNAL_SUPERBLOCK_INVALID,
                    JOURNAL_MEASURES_WRONG,
                    JOURNAL_SHARED,
                    JOURNAL_NOT_FLAGGED -> Objects.requireNonNull(journal).mend(problem);
            case FLEX_SIZE_INVALID -> LittleEndian.put8(superblock, Format.S_LOG_GROUPS_PER_FLEX, 0);
            case FEATURES_OF_REVISION_0 -> makeDynamic(superblock);
            case TIME_IN_FUTURE -> {
                Superblock.setMountTimeSeconds(
                        superblock, 0, Math.min(scan.nowSeconds, Superblock.mountTimeSeconds(superblock, 0)));
                Superblock.setWriteTimeSeconds(
                        superblock, 0, Math.min(scan.nowSeconds, Superblock.writeTimeSeconds(superblock, 0)));
            }
            case EXTRA_SIZE_WISH_INVALID -> mendExtraSizes(superblock, (int) problem.found(), (int) problem.expected());
            case RESERVED_BLOCKS_TOO_MANY -> Superblock.setReservedBlockCount(superblock, 0, (int) problem.expected());
            case DESCRIPTOR_SIZE_INVALID -> Superblock.setDescriptorSize(superblock, 0, 0);
            case RESERVED_DESCRIPTORS_WITHOUT_FEATURE -> Superblock.setReservedGdtBlocks(superblock, 0, 0);
            case INODE_WITHOUT_FEATURE -> LittleEndian.put32(superblock, (int) problem.found(), 0);
            case ORPHAN_LIST -> Superblock.setLastOrphan(superblock, 0, 0);
            case LARGE_FILE_FEATURE_MISSING -> setLargeFile(superblock);
            case RESIZE_INODE_INVALID, RESIZE_INODE_DIFFERS -> makeResizeInode();
            case RESIZE_INODE_WITHOUT_FEATURE -> clearRecord(Format.RESIZE_INODE);
            case ENTRY_CORRUPT -> salvage.mend(problem.inode(), problem.block(), problem.offset());
            case DOT_WRONG, DOT_DOT_MISSING -> mendDots(problem.inode(), problem.block());
            case DIRECTORY_HOLE -> fillHoles(problem.inode());
            case HASH_TREE_INVALID -> {
                byte[] b = scan.edits.inodeBlock(problem.inode());
                int at = geometry().offsetInBlockOfInode(problem.inode());
                InodeRecord.setFlags(b, at, InodeRecord.flags(b, at) & ~Format.INODE_INDEX);
            }
            case ENTRY_TYPE_WRONG, ENTRY_TYPE_UNSET -> {
                byte[] b = scan.edits.edit(problem.block(), BlockRole.DIRECTORY);
                DirectoryEntry.setFileType(b, problem.offset(), (int) problem.expected());
            }
            case DIRECTORY_NAMED_BY_STRANGERS,
                    ENTRY_INODE_INVALID,
                    ENTRY_INODE_UNUSED,
                    ENTRY_NAME_INVALID,
                    ENTRY_DOT_REPEATED,
                    ENTRY_NAMES_ROOT,
                    ENTRY_NAME_REPEATED,
                    DIRECTORY_LOOP,
                    LOST_AND_FOUND_INVALID -> {
                byte[] b = scan.edits.edit(problem.block(), BlockRole.DIRECTORY);
                DirectoryEntry.setInode(b, problem.offset(), 0);
            }
            case DOT_DOT_WRONG -> {
                int index = scan.inodes.directory[scan.inodes.ordinal(problem.inode())];
                int block = scan.directories.block[scan.directories.firstBlock[index]];
                byte[] b = scan.edits.edit(block, BlockRole.DIRECTORY);
                DirectoryEntry.setInode(b, DirectoryEntry.recordLength(b, 0), (int) problem.expected());
            }
            default -> {
                // SUPERBLOCK_CORRUPT, INODE_COUNT_WRONG, BACKUP_SUPERBLOCK_WRONG: these are written after all problems
                // of their stage.
            }
        }
    }

    private Geometry geometry() {
        return scan.volume.geometry;
    }

    private void writeDescriptors(int firstBlock) {
        for (int i = 0; i < geometry().descriptorBlocks(); i++) {
            byte[] b = scan.edits.edit(firstBlock + i, BlockRole.GROUP_DESCRIPTORS);
            System.arraycopy(scan.volume.descriptors, i * b.length, b, 0, b.length);
        }
    }

    /** Revision 0 has no features: it becomes revision 1 with all else as it was. */
    private static void makeDynamic(byte[] b) {
        if (Superblock.revision(b, 0) == Format.REVISION_ORIGINAL) {
            Superblock.setRevision(b, 0, Format.REVISION_DYNAMIC);
            Superblock.setFirstInode(b, 0, Format.FIRST_INODE);
            Superblock.setInodeSize(b, 0, Format.INODE_BASE_BYTES);
        }
    }

    private static void mendExtraSizes(byte[] b, int wrong, int right) {
        if (Superblock.minExtraInodeSize(b, 0) == wrong) {
            Superblock.setMinExtraInodeSize(b, 0, right);
        }
        if (Superblock.wantExtraInodeSize(b, 0) == wrong) {
            Superblock.setWantExtraInodeSize(b, 0, right);
        }
    }

    private static void setLargeFile(byte[] b) {
        makeDynamic(b);
        Superblock.setRoCompat(b, 0, Superblock.roCompat(b, 0) | Features.RO_COMPAT_LARGE_FILE);
    }

    private void writeBackup(int group) {
        byte[] b = scan.edits.edit(geometry().firstBlockOfGroup(group), BlockRole.SUPERBLOCK);
        System.arraycopy(scan.volume.superblock, 0, b, 0, Format.SUPERBLOCK_BYTES);
        Superblock.setGroupOfCopy(b, 0, group);
        Superblock.setState(b, 0, 0);
    }

    private void clearRecord(int inode) {
        byte[] b = scan.edits.inodeBlock(inode);
        int at = scan.volume.geometry.offsetInBlockOfInode(inode);
        Arrays.fill(b, at, at + scan.volume.geometry.inodeSizeBytes(), (byte) 0);
    }

    private void makeRoot() {
        int block = allocation.block();
        if (block != 0) {
            LostAndFound.fillBlock(scan, scan.edits.edit(block, BlockRole.DIRECTORY), Format.ROOT_INODE);
            LostAndFound.fillDirectory(
                    scan,
                    scan.edits.inodeBlock(Format.ROOT_INODE),
                    scan.volume.geometry.offsetInBlockOfInode(Format.ROOT_INODE),
                    0755,
                    block);
        }
    }

    private void makeResizeInode() {
        Geometry geometry = scan.volume.geometry;
        int doubleIndirect = allocation.block();
        if (doubleIndirect == 0) {
            return;
        }
        clearRecord(Format.RESIZE_INODE);
        byte[] b = scan.edits.inodeBlock(Format.RESIZE_INODE);
        int at = geometry.offsetInBlockOfInode(Format.RESIZE_INODE);
        InodeRecord.setMode(b, at, Format.MODE_REGULAR | 0600);
        InodeRecord.setLinkCount(b, at, 1);
        InodeRecord.setSize(b, at, ResizeInode.sizeBytes(geometry));
        scan.sectorCounts.set(b, at, scan.sectorCounts.of(b, at, ResizeInode.blockCount(geometry)));
        InodeRecord.setPointer(b, at, Format.DOUBLE_INDIRECT, doubleIndirect);
        InodeRecord.setModificationTime(b, at, geometry.inodeSizeBytes(), scan.nowSeconds, 0);
        ResizeInode.putDoubleIndirect(geometry, scan.edits.edit(doubleIndirect, BlockRole.INDIRECT), 0);
        for (int i = 0; i < geometry.reservedGdtBlocks(); i++) {
            int block = ResizeInode.reservedBlock(geometry, i);
            ResizeInode.putBackupList(geometry, i, scan.edits.edit(block, BlockRole.RESERVED_DESCRIPTORS), 0);
        }
    }

    /** Writes {@code .} and {@code ..} over the first two entries, or over the first, cut in two where that is long. */
    private void mendDots(int inode, int block) {
        byte[] b = scan.edits.edit(block, BlockRole.DIRECTORY);
        int type = scan.volume.geometry.hasFileType() ? Format.TYPE_DIRECTORY : 0;
        if (DirectoryBlock.defectAt(b, 0, b.length) != null) {
            DirectoryBlock.putFree(b, 0, b.length);
        }
        int second = DirectoryEntry.recordLength(b, 0);
        if (second > DOT_BYTES && salvage.goesOnBehindDot(b)) {
            second = DOT_BYTES;
        } else if (second > MOST_DOT_BYTES || second == b.length) {
            DirectoryBlock.putFree(b, DOT_BYTES, second - DOT_BYTES);
            second = DOT_BYTES;
        }
        if (DirectoryBlock.defectAt(b, second, b.length) != null) {
            DirectoryBlock.putFree(b, second, b.length - second);
        }
        DirectoryEntry.put(b, 0, inode, second, type, new byte[] {'.', 0, 0, 0}, 0, 1);
        Arrays.fill(b, 9, 12, (byte) 0);
        int index = scan.inodes.directory[scan.inodes.ordinal(inode)];
        int found = scan.directories.dotDot[index];
        int parent = scan.directories.parent[index];
        int above = found != 0 ? found : parent != 0 ? parent : Format.ROOT_INODE;
        DirectoryEntry.put(b, second, above, DirectoryEntry.recordLength(b, second), type, new byte[] {'.', '.'}, 0, 2);
        Arrays.fill(b, second + Format.D_NAME + 2, second + Format.D_NAME + 4, (byte) 0);
    }

    /** Fills up to the end of the size: behind it there may be further blocks, which are going to be trimmed. */
    private void fillHoles(int inode) {
        int index = scan.inodes.directory[scan.inodes.ordinal(inode)];
        int at = scan.directories.firstBlock[index];
        int end = scan.directories.firstBlock[index + 1];
        byte[] record = scan.edits.inodeBlock(inode);
        long size = InodeRecord.sizeLow(record, scan.volume.geometry.offsetInBlockOfInode(inode));
        for (long fileBlock = 0; fileBlock < size / scan.volume.blockSize; fileBlock++) {
            if (at < end && scan.directories.fileBlock[at] == fileBlock) {
                at++;
            } else if (growth.add(inode, fileBlock) == 0) {
                return;
            }
        }
    }
}
