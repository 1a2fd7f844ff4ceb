package dev.powercut.targets.ext.mkfs;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.Bitmap;
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
import dev.powercut.targets.ext.journal.JournalChecksum;
import dev.powercut.targets.ext.journal.JournalChecksums;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.JournalTree;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;

/**
 * Makes an ext2 or ext3 volume: zeroes (unless the device is known to be zero), bitmaps, tables, root directory, lost+found, backups;
 * flush; superblock; flush.
 *
 * <p>Group 0 after its tables: root directory, lost+found, then the double indirect block of the resize inode, if any, then the
 * journal, if any.
 */
public final class Mkfs {

    private static final Trigger FORMAT = new Trigger.Format();

    private static final byte[] DOT = {'.'};
    private static final byte[] DOT_DOT = {'.', '.'};
    private static final byte[] LOST_AND_FOUND = {'l', 'o', 's', 't', '+', 'f', 'o', 'u', 'n', 'd'};

    private static final int LOST_AND_FOUND_INODE = Format.FIRST_INODE;

    /** Sectors that one request zeroes. */
    private static final int ZERO_SECTORS = 256;

    private final BlockDevice device;
    private final MkfsOptions options;
    private final Geometry geometry;
    private final byte[] block;
    private final byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
    private final byte[] descriptors;

    private Mkfs(BlockDevice device, MkfsOptions options, Geometry geometry) {
        this.device = device;
        this.options = options;
        this.geometry = geometry;
        this.block = new byte[geometry.blockSizeBytes()];
        this.descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
    }

    /**
     * Makes a volume that fills the device, up to a last group that would be too small to be of use.
     *
     * @throws DeviceTooSmallException when the device cannot hold the tables and first directories
     * @throws IllegalArgumentException when no device could; the message says which options contradict each other
     */
    public static Geometry format(BlockDevice device, MkfsOptions options) throws DeviceTooSmallException {
        if (options.inodeSizeBytes() > options.blockSizeBytes()) {
            throw new IllegalArgumentException("inodes of " + options.inodeSizeBytes()
                    + " bytes do not fit into blocks of " + options.blockSizeBytes() + " bytes");
        }
        long deviceBytes = device.sectorCount() * Sector.BYTES;
        long blocks = Math.min(deviceBytes / options.blockSizeBytes(), Integer.MAX_VALUE);
        Geometry geometry = Plan.of(options, (int) blocks);
        if (geometry == null) {
            int least = Plan.minimumBlocks(options);
            if (least == 0) {
                throw new IllegalArgumentException("no device has room for so many inodes of "
                        + options.inodeSizeBytes() + " bytes: ask for fewer with inodes or bytes-per-inode");
            }
            throw new DeviceTooSmallException(deviceBytes, (long) least * options.blockSizeBytes());
        }
        new Mkfs(device, options, geometry).make();
        return geometry;
    }

    private void make() {
        if (!options.deviceIsZero()) {
            zero(0, Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES + 2, BlockRole.BOOT);
        }
        int rootBlock = firstFreeBlock(0);
        int lostAndFoundBlocks = Plan.lostAndFoundBlocks(geometry.blockSizeBytes());
        int doubleIndirect = rootBlock + 1 + lostAndFoundBlocks;
        boolean resize = geometry.hasCompat(Features.COMPAT_RESIZE_INODE);
        int contents = 1 + lostAndFoundBlocks + (resize ? 1 : 0);

        JournalPlacement journal = placeJournal(contents);
        fillDescriptors(contents, journal);
        fillSuperblock();
        if (geometry.hasJournal()) {
            journal.tree().putFields(superblock, 0);
        }
        for (int group = 0; group < geometry.groupCount(); group++) {
            writeBitmaps(group, (group == 0 ? contents : 0) + journal.takenIn(group));
            if (!options.deviceIsZero()) {
                zero(
                        geometry.sectorOf(inodeTable(group)),
                        (long) geometry.inodeTableBlocks() * geometry.sectorsPerBlock(),
                        BlockRole.INODE_TABLE);
            }
        }
        writeRootDirectory(rootBlock);
        writeLostAndFound(rootBlock + 1, lostAndFoundBlocks);
        writeInodes(rootBlock, lostAndFoundBlocks, doubleIndirect, journal);
        if (geometry.hasJournal()) {
            writeJournal(journal.tree());
        }
        if (resize) {
            writeResizeBlocks(doubleIndirect);
        }
        for (int group = 0; group < geometry.groupCount(); group++) {
            if (geometry.hasSuperblock(group)) {
                writeHead(group);
            }
        }
        device.flush(cause(BlockRole.SUPERBLOCK));
        Superblock.setGroupOfCopy(superblock, 0, 0);
        device.write(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, 2, superblock, 0, cause(BlockRole.SUPERBLOCK));
        device.flush(cause(BlockRole.SUPERBLOCK));
    }

    private static Cause cause(BlockRole role) {
        return new Cause(role.kind(), FORMAT);
    }

    private int blockBitmap(int group) {
        return geometry.firstBlockOfGroup(group) + geometry.headBlocks(group);
    }

    private int inodeTable(int group) {
        return blockBitmap(group) + 2;
    }

    /** First block of a group after its metadata. */
    private int firstFreeBlock(int group) {
        return inodeTable(group) + geometry.inodeTableBlocks();
    }

    private void zero(long sector, long count, BlockRole role) {
        byte[] zeroes = new byte[ZERO_SECTORS * Sector.BYTES];
        for (long done = 0; done < count; done += ZERO_SECTORS) {
            device.write(sector + done, (int) Math.min(ZERO_SECTORS, count - done), zeroes, 0, cause(role));
        }
    }

    private JournalPlacement placeJournal(int contentsOfGroup0) {
        int[] firstFree = new int[geometry.groupCount()];
        for (int group = 0; group < firstFree.length; group++) {
            firstFree[group] = firstFreeBlock(group) + (group == 0 ? contentsOfGroup0 : 0);
        }
        return new JournalPlacement(geometry, firstFree, Plan.journalBlocks(options, geometry.blockCount()));
    }

    /** Blocks of pointers, an empty log, and its superblock. */
    private void writeJournal(JournalTree journal) {
        for (JournalTree.Node node : journal.nodes()) {
            System.arraycopy(node.pointers(), 0, block, 0, block.length);
            writeBlock(node.block(), BlockRole.INDIRECT);
        }
        int[] blocks = journal.blocks();
        if (!options.deviceIsZero()) {
            for (int each : blocks) {
                zero(geometry.sectorOf(each), geometry.sectorsPerBlock(), BlockRole.JOURNAL_DATA);
            }
        }
        Arrays.fill(block, (byte) 0);
        JournalSuperblock.put(block, 0, block.length, blocks.length, bytes(options.uuid()));
        if (options.journalChecksum() != JournalChecksum.NONE) {
            JournalSuperblock.setFeatures(block, 0, options.journalChecksum(), false);
            JournalChecksums.sealSuperblock(block, 0);
        }
        writeBlock(blocks[0], BlockRole.JOURNAL_SUPERBLOCK);
    }

    private void fillDescriptors(int contentsOfGroup0, JournalPlacement journal) {
        for (int group = 0; group < geometry.groupCount(); group++) {
            int at = group * Format.DESCRIPTOR_BYTES;
            GroupDescriptor.setBlockBitmap(descriptors, at, blockBitmap(group));
            GroupDescriptor.setInodeBitmap(descriptors, at, blockBitmap(group) + 1);
            GroupDescriptor.setInodeTable(descriptors, at, inodeTable(group));
            int used = firstFreeBlock(group) - geometry.firstBlockOfGroup(group);
            int free =
                    geometry.blocksInGroup(group) - used - (group == 0 ? contentsOfGroup0 : 0) - journal.takenIn(group);
            GroupDescriptor.setFreeBlockCount(descriptors, at, free);
            GroupDescriptor.setFreeInodeCount(
                    descriptors, at, geometry.inodesPerGroup() - (group == 0 ? LOST_AND_FOUND_INODE : 0));
            GroupDescriptor.setUsedDirectoryCount(descriptors, at, group == 0 ? 2 : 0);
        }
    }

    private void fillSuperblock() {
        byte[] b = superblock;
        int freeBlocks = 0;
        for (int group = 0; group < geometry.groupCount(); group++) {
            freeBlocks += GroupDescriptor.freeBlockCount(descriptors, group * Format.DESCRIPTOR_BYTES);
        }
        int log = Integer.numberOfTrailingZeros(geometry.blockSizeBytes() / 1024);
        Superblock.setInodeCount(b, 0, geometry.inodeCount());
        Superblock.setBlockCount(b, 0, geometry.blockCount());
        Superblock.setReservedBlockCount(b, 0, (int) ((long) geometry.blockCount() * options.reservedPercent() / 100));
        Superblock.setFreeBlockCount(b, 0, freeBlocks);
        Superblock.setFreeInodeCount(b, 0, geometry.inodeCount() - LOST_AND_FOUND_INODE);
        Superblock.setFirstDataBlock(b, 0, geometry.firstDataBlock());
        Superblock.setLogBlockSize(b, 0, log);
        Superblock.setLogClusterSize(b, 0, log);
        Superblock.setBlocksPerGroup(b, 0, geometry.blocksPerGroup());
        Superblock.setClustersPerGroup(b, 0, geometry.blocksPerGroup());
        Superblock.setInodesPerGroup(b, 0, geometry.inodesPerGroup());
        Superblock.setMaxMountCount(b, 0, -1);
        Superblock.setMagic(b, 0, Format.MAGIC);
        Superblock.setState(b, 0, Format.STATE_VALID);
        Superblock.setErrorBehaviour(b, 0, 1);
        Superblock.setRevision(b, 0, Format.REVISION_DYNAMIC);
        Superblock.setFirstInode(b, 0, geometry.firstInode());
        Superblock.setInodeSize(b, 0, geometry.inodeSizeBytes());
        Superblock.setCompat(b, 0, geometry.compat());
        Superblock.setIncompat(b, 0, geometry.incompat());
        Superblock.setRoCompat(b, 0, geometry.roCompat());
        Superblock.setReservedGdtBlocks(b, 0, geometry.reservedGdtBlocks());
        Superblock.setUuid(b, 0, bytes(options.uuid()));
        Superblock.setHashSeed(b, 0, bytes(options.hashSeed()));
        Superblock.setHashVersion(b, 0, 1);
        Superblock.setFlags(b, 0, Format.FLAG_SIGNED_HASH);
        Superblock.setVolumeName(b, 0, options.volumeName());
        Superblock.setWriteTimeSeconds(b, 0, options.nowSeconds());
        Superblock.setLastCheckSeconds(b, 0, options.nowSeconds());
        Superblock.setMkfsTimeSeconds(b, 0, options.nowSeconds());
        if (geometry.inodeSizeBytes() > Format.INODE_BASE_BYTES) {
            Superblock.setMinExtraInodeSize(b, 0, Format.EXTRA_ISIZE_KNOWN_BYTES);
            Superblock.setWantExtraInodeSize(b, 0, Format.EXTRA_ISIZE_KNOWN_BYTES);
        }
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** Bits beyond the group's blocks and inodes are 1, so that nothing is ever allocated there. */
    private void writeBitmaps(int group, int contents) {
        int bits = 8 * geometry.blockSizeBytes();
        Arrays.fill(block, (byte) 0);
        Bitmap.setRange(block, 0, 0, firstFreeBlock(group) - geometry.firstBlockOfGroup(group) + contents);
        Bitmap.setRange(block, 0, geometry.blocksInGroup(group), bits);
        writeBlock(blockBitmap(group), BlockRole.BLOCK_BITMAP);
        Arrays.fill(block, (byte) 0);
        Bitmap.setRange(block, 0, 0, group == 0 ? LOST_AND_FOUND_INODE : 0);
        Bitmap.setRange(block, 0, geometry.inodesPerGroup(), bits);
        writeBlock(blockBitmap(group) + 1, BlockRole.INODE_BITMAP);
    }

    private void writeRootDirectory(int rootBlock) {
        Arrays.fill(block, (byte) 0);
        putEntry(0, Format.ROOT_INODE, 12, DOT);
        putEntry(12, Format.ROOT_INODE, 12, DOT_DOT);
        putEntry(24, LOST_AND_FOUND_INODE, geometry.blockSizeBytes() - 24, LOST_AND_FOUND);
        writeBlock(rootBlock, BlockRole.DIRECTORY);
    }

    private void writeLostAndFound(int firstBlock, int count) {
        Arrays.fill(block, (byte) 0);
        putEntry(0, LOST_AND_FOUND_INODE, 12, DOT);
        putEntry(12, Format.ROOT_INODE, geometry.blockSizeBytes() - 12, DOT_DOT);
        writeBlock(firstBlock, BlockRole.DIRECTORY);
        Arrays.fill(block, (byte) 0);
        DirectoryBlock.putFree(block, 0, geometry.blockSizeBytes());
        for (int i = 1; i < count; i++) {
            writeBlock(firstBlock + i, BlockRole.DIRECTORY);
        }
    }

    private void putEntry(int at, int inode, int recordLength, byte[] name) {
        DirectoryEntry.put(block, at, inode, recordLength, Format.TYPE_DIRECTORY, name, 0, name.length);
    }

    private void writeInodes(int rootBlock, int lostAndFoundBlocks, int doubleIndirect, JournalPlacement journal) {
        int perBlock = geometry.inodesPerBlock();
        for (int first = 1; first <= LOST_AND_FOUND_INODE; first += perBlock) {
            Arrays.fill(block, (byte) 0);
            for (int inode = first; inode < first + perBlock; inode++) {
                int at = geometry.offsetInBlockOfInode(inode);
                switch (inode) {
                    case Format.BAD_BLOCKS_INODE -> stamp(at);
                    case Format.ROOT_INODE -> putDirectory(at, 0755, 3, rootBlock, 1);
                    case Format.RESIZE_INODE -> putResizeInode(at, doubleIndirect);
                    case Format.JOURNAL_INODE -> putJournalInode(at, journal.tree());
                    case LOST_AND_FOUND_INODE -> putDirectory(at, 0700, 2, rootBlock + 1, lostAndFoundBlocks);
                    default -> {}
                }
            }
            writeBlock(inodeTable(0) + geometry.inodeTableBlockOf(first), BlockRole.INODE_TABLE);
        }
    }

    private void stamp(int at) {
        int size = geometry.inodeSizeBytes();
        InodeRecord.setExtraSize(block, at, size, Format.EXTRA_ISIZE_KNOWN_BYTES);
        InodeRecord.setAccessTime(block, at, size, options.nowSeconds(), 0);
        InodeRecord.setChangeTime(block, at, size, options.nowSeconds(), 0);
        InodeRecord.setModificationTime(block, at, size, options.nowSeconds(), 0);
        InodeRecord.setCreationTime(block, at, size, options.nowSeconds(), 0);
    }

    private void putDirectory(int at, int permissions, int links, int firstBlock, int count) {
        stamp(at);
        InodeRecord.setMode(block, at, Format.MODE_DIRECTORY | permissions);
        InodeRecord.setLinkCount(block, at, links);
        InodeRecord.setSize(block, at, (long) count * geometry.blockSizeBytes());
        InodeRecord.setSectorCount(block, at, (long) count * geometry.sectorsPerBlock());
        for (int i = 0; i < count; i++) {
            InodeRecord.setPointer(block, at, i, firstBlock + i);
        }
    }

    private void putResizeInode(int at, int doubleIndirect) {
        if (!geometry.hasCompat(Features.COMPAT_RESIZE_INODE)) {
            return;
        }
        stamp(at);
        InodeRecord.setMode(block, at, Format.MODE_REGULAR | 0600);
        InodeRecord.setLinkCount(block, at, 1);
        InodeRecord.setSize(block, at, ResizeInode.sizeBytes(geometry));
        InodeRecord.setSectorCount(block, at, ResizeInode.blockCount(geometry) * geometry.sectorsPerBlock());
        InodeRecord.setPointer(block, at, Format.DOUBLE_INDIRECT, doubleIndirect);
    }

    private void putJournalInode(int at, JournalTree journal) {
        if (geometry.hasJournal()) {
            stamp(at);
            journal.putInode(block, at);
        }
    }

    private void writeResizeBlocks(int doubleIndirect) {
        ResizeInode.putDoubleIndirect(geometry, block, 0);
        writeBlock(doubleIndirect, BlockRole.INDIRECT);
        for (int i = 0; i < geometry.reservedGdtBlocks(); i++) {
            ResizeInode.putBackupList(geometry, i, block, 0);
            writeBlock(ResizeInode.reservedBlock(geometry, i), BlockRole.RESERVED_DESCRIPTORS);
        }
    }

    /** Superblock and descriptors of a group; not the primary superblock, which comes last of all. */
    private void writeHead(int group) {
        int first = geometry.firstBlockOfGroup(group);
        if (group > 0) {
            Arrays.fill(block, (byte) 0);
            System.arraycopy(superblock, 0, block, 0, superblock.length);
            Superblock.setGroupOfCopy(block, 0, group);
            writeBlock(first, BlockRole.SUPERBLOCK);
        }
        device.write(
                geometry.sectorOf(first + 1),
                geometry.descriptorBlocks() * geometry.sectorsPerBlock(),
                descriptors,
                0,
                cause(BlockRole.GROUP_DESCRIPTORS));
    }

    private void writeBlock(int number, BlockRole role) {
        device.write(geometry.sectorOf(number), geometry.sectorsPerBlock(), block, 0, cause(role));
    }
}
