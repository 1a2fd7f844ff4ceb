package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;
import org.jspecify.annotations.NullUnmarked;

/**
 * A volume with its journal, as recovery reads and writes it. An object is scratch memory: what it knows of the last journal it keeps as
 * long as the next image has the same.
 */
@NullUnmarked // The fields are set by open, before which nothing is read.
final class JournalVolume {

    private final Cause[] causes = new Cause[BlockRole.values().length];

    private BlockDevice device;
    private Geometry geometry;
    private GroupTable groups;
    private int sectorsPerBlock;
    private JournalMap map;
    /** The geometry for which {@link #map} was found sound, and where its tables were. */
    private Geometry mappedGeometry;

    private GroupTable mappedGroups;
    private JournalGeometry journal;
    private JournalChecksums checksums;
    private TagCursor tags;
    /** First 1,024 bytes of the journal's superblock, as on the device. */
    private final byte[] superblock = new byte[JournalFormat.SUPERBLOCK_BYTES];

    private final byte[] measured = new byte[JournalFormat.SUPERBLOCK_BYTES];
    private final byte[] backup = new byte[Format.INODE_BASE_BYTES];
    private byte[] scratch = {};
    private byte[] nodes = {};
    private int writtenSectors;
    private boolean fromBackup;
    private boolean backupAgrees;

    JournalVolume() {
        for (BlockRole role : BlockRole.values()) {
            causes[role.ordinal()] = new Cause(role.kind(), new Trigger.Recovery());
        }
    }

    /**
     * Opens a volume, without its journal.
     *
     * @param newGroups of the volume, whose geometry is that of ext3
     */
    void open(BlockDevice newDevice, GroupTable newGroups) {
        device = newDevice;
        groups = newGroups;
        geometry = newGroups.geometry();
        sectorsPerBlock = geometry.sectorsPerBlock();
        writtenSectors = 0;
        if (scratch.length != geometry.blockSizeBytes()) {
            scratch = new byte[geometry.blockSizeBytes()];
            nodes = new byte[geometry.blockSizeBytes()];
        }
    }

    /**
     * Finds the journal: through its inode, or, where that is not one of a journal, through the copy that the superblock has.
     *
     * @param volumeSuperblock record of 1,024 bytes
     * @throws ImageFormatException when there is no journal that could be read
     */
    void openJournal(byte[] volumeSuperblock) throws ImageFormatException {
        mapJournal(volumeSuperblock);
        openSuperblock();
    }

    /** The first part of that: finds its blocks. */
    void mapJournal(byte[] volumeSuperblock) throws ImageFormatException {
        int inode = Superblock.journalInode(volumeSuperblock, 0);
        if (inode != Format.JOURNAL_INODE) {
            throw new ImageFormatException(
                    inode == 0 && Superblock.journalDevice(volumeSuperblock, 0) != 0
                            ? "the journal is on another device"
                            : "the journal is said to be in inode " + Integer.toUnsignedString(inode) + ", not in "
                                    + Format.JOURNAL_INODE,
                    Format.SUPERBLOCK_OFFSET_BYTES + (long) Format.S_JOURNAL_INUM,
                    inode == 0 && Superblock.journalDevice(volumeSuperblock, 0) != 0
                            ? Recovery.UNSUPPORTED
                            : Recovery.MAKE_ANEW);
        }
        read(groups.blockOfInode(inode), scratch);
        int at = geometry.offsetInBlockOfInode(inode);
        boolean hasBackup = Superblock.journalBackupType(volumeSuperblock, 0) == 1;
        fromBackup = false;
        backupAgrees = true;
        try {
            mapInode(scratch, at);
            backupAgrees = !hasBackup || isLikeBackup(volumeSuperblock, scratch, at);
        } catch (ImageFormatException e) {
            if (!hasBackup) {
                throw e;
            }
            takeBackup(volumeSuperblock);
            try {
                mapInode(backup, 0);
            } catch (ImageFormatException neither) {
                throw e;
            }
            fromBackup = true;
        }
    }

    private static boolean isLikeBackup(byte[] b, byte[] record, int at) {
        boolean same = Superblock.journalBlockWord(b, 0, Format.POINTER_COUNT) == (int) InodeRecord.sizeHigh(record, at)
                && Superblock.journalBlockWord(b, 0, Format.POINTER_COUNT + 1) == (int) InodeRecord.sizeLow(record, at);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            same &= Superblock.journalBlockWord(b, 0, i) == InodeRecord.pointer(record, at, i);
        }
        return same;
    }

    private void takeBackup(byte[] b) {
        InodeRecord.setMode(backup, 0, Format.MODE_REGULAR | 0600);
        InodeRecord.setLinkCount(backup, 0, 1);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            InodeRecord.setPointer(backup, 0, i, Superblock.journalBlockWord(b, 0, i));
        }
        InodeRecord.setSizeHigh(backup, 0, Superblock.journalBlockWord(b, 0, Format.POINTER_COUNT) & 0xFFFF_FFFFL);
        InodeRecord.setSizeLow(backup, 0, Superblock.journalBlockWord(b, 0, Format.POINTER_COUNT + 1) & 0xFFFF_FFFFL);
    }

    private void mapInode(byte[] record, int at) throws ImageFormatException {
        long blocks = InodeRecord.size(record, at) / geometry.blockSizeBytes();
        if (!InodeRecord.isRegular(record, at)
                || InodeRecord.linkCount(record, at) == 0
                || (InodeRecord.flags(record, at) & (Format.INODE_EXTENTS | Format.INODE_INLINE_DATA)) != 0
                || blocks < JournalFormat.MIN_JOURNAL_BLOCKS
                || blocks > geometry.blockCount()) {
            throw new ImageFormatException(
                    "inode " + Format.JOURNAL_INODE + " is no journal: mode "
                            + Integer.toOctalString(InodeRecord.mode(record, at)) + ", "
                            + InodeRecord.size(record, at) + " bytes",
                    geometry.sectorOf(groups.blockOfInode(Format.JOURNAL_INODE)) * Sector.BYTES
                            + geometry.offsetInBlockOfInode(Format.JOURNAL_INODE),
                    Recovery.MAKE_ANEW);
        }
        BlockSource source = this::read;
        if (!isMapped(source, record, at, (int) blocks)) {
            map = null;
            map = JournalMap.of(source, groups, record, at, (int) blocks);
            mappedGeometry = geometry;
            mappedGroups = groups;
            journal = null;
        }
    }

    /** @throws ImageFormatException when the superblock is none, or its log starts nowhere */
    private void openSuperblock() throws ImageFormatException {
        device.read(sectorOf(map.homeOf(0)), superblock.length / Sector.BYTES, superblock, 0);
        if (journal == null || !hasSameMeasures()) {
            journal = null;
            journal = JournalGeometry.of(superblock, 0, geometry.blockSizeBytes(), map.blockCount());
            checksums = new JournalChecksums(journal);
            tags = new TagCursor(journal);
            System.arraycopy(superblock, 0, measured, 0, superblock.length);
        } else if (journal.checksum().isPerBlock() && !JournalChecksums.isSuperblockSound(superblock, 0)) {
            throw new ImageFormatException(
                    "the checksum of the journal's superblock is wrong", JournalFormat.S_CHECKSUM, Recovery.EMPTY_LOG);
        }
        int start = JournalSuperblock.start(superblock, 0);
        if (start != 0 && !journal.isLogBlock(start)) {
            throw new ImageFormatException(
                    "the log is said to start at block " + Integer.toUnsignedString(start) + " of the journal's "
                            + journal.blockCount(),
                    JournalFormat.S_START,
                    Recovery.EMPTY_LOG);
        }
    }

    private boolean isMapped(BlockSource source, byte[] record, int at, int blocks) {
        return map != null
                && hasShapeOf(mappedGeometry)
                && mappedGroups.hasSamePlaces(groups)
                && map.isOf(source, record, at, blocks, nodes);
    }

    /** The same volume but for the flag that recovery is needed, which comes and goes. */
    private boolean hasShapeOf(Geometry other) {
        return geometry.blockCount() == other.blockCount()
                && geometry.blockSizeBytes() == other.blockSizeBytes()
                && geometry.blocksPerGroup() == other.blocksPerGroup()
                && geometry.inodesPerGroup() == other.inodesPerGroup()
                && geometry.inodeSizeBytes() == other.inodeSizeBytes()
                && geometry.reservedGdtBlocks() == other.reservedGdtBlocks()
                && geometry.compat() == other.compat()
                && geometry.roCompat() == other.roCompat()
                && geometry.backupGroup1() == other.backupGroup1()
                && geometry.backupGroup2() == other.backupGroup2();
    }

    /** Whether the superblock differs from the one that was found sound only where it changes from one transaction to the next. */
    private boolean hasSameMeasures() {
        int from = JournalFormat.S_SEQUENCE;
        int to = JournalFormat.S_FEATURE_COMPAT;
        int uuidEnd = JournalFormat.S_UUID + JournalFormat.UUID_BYTES;
        return Arrays.equals(superblock, 0, from, measured, 0, from)
                && Arrays.equals(superblock, to, uuidEnd, measured, to, uuidEnd)
                && superblock[JournalFormat.S_CHECKSUM_TYPE] == measured[JournalFormat.S_CHECKSUM_TYPE];
    }

    // ---- What it is ----

    Geometry geometry() {
        return geometry;
    }

    GroupTable groups() {
        return groups;
    }

    JournalGeometry journal() {
        return journal;
    }

    JournalState state() {
        return new JournalState(
                fromBackup,
                backupAgrees,
                JournalSuperblock.start(superblock, 0),
                JournalSuperblock.sequence(superblock, 0),
                JournalSuperblock.errno(superblock, 0),
                JournalSuperblock.userCount(superblock, 0),
                map,
                journal);
    }

    JournalMap map() {
        return map;
    }

    JournalChecksums checksums() {
        return checksums;
    }

    TagCursor tags() {
        return tags;
    }

    /** The journal's superblock, 1,024 bytes. */
    byte[] superblock() {
        return superblock;
    }

    boolean isInVolume(long block) {
        return block >= geometry.firstDataBlock() && block < geometry.blockCount();
    }

    /** Whether a block may be logged: of the volume, but not of the journal itself. */
    boolean isHome(long block) {
        return isInVolume(block) && !map.owns((int) block);
    }

    /** Whether a block is the one that the volume's superblock is in. */
    boolean isSuperblock(int block) {
        return block == geometry.firstDataBlock();
    }

    /**
     * Whether what is logged for that block has a superblock in it that this volume may have had: one that is sound, with all measures
     * that never change. (A volume may grow while it is mounted.)
     */
    boolean mayBecomeSuperblock(byte[] logged) {
        int at = Format.SUPERBLOCK_OFFSET_BYTES % logged.length;
        try {
            Geometry found = Geometry.ofExt3(logged, at, device.sectorCount() * Sector.BYTES);
            return found.hasJournal()
                    && found.blockSizeBytes() == geometry.blockSizeBytes()
                    && found.blocksPerGroup() == geometry.blocksPerGroup()
                    && found.inodesPerGroup() == geometry.inodesPerGroup()
                    && found.inodeSizeBytes() == geometry.inodeSizeBytes();
        } catch (ImageFormatException e) {
            return false; // The caller says where it was found, and what becomes of it.
        }
    }

    /** Whether a block is one of those that the volume's group descriptors are in. */
    boolean isDescriptors(int block) {
        int index = block - geometry.firstDescriptorBlock();
        return index >= 0 && index < geometry.descriptorBlocks();
    }

    /** Whether what is logged for such a block has every group's bitmaps and table where they are: they never move. */
    boolean mayBecomeDescriptors(int block, byte[] logged) {
        int perBlock = logged.length / Format.DESCRIPTOR_BYTES;
        int first = (block - geometry.firstDescriptorBlock()) * perBlock;
        int count = Math.min(perBlock, geometry.groupCount() - first);
        for (int i = 0; i < count; i++) {
            int at = i * Format.DESCRIPTOR_BYTES;
            if (GroupDescriptor.blockBitmap(logged, at) != groups.blockBitmap(first + i)
                    || GroupDescriptor.inodeBitmap(logged, at) != groups.inodeBitmap(first + i)
                    || GroupDescriptor.inodeTable(logged, at) != groups.inodeTable(first + i)) {
                return false;
            }
        }
        return true;
    }

    // ---- Reading and writing ----

    private long sectorOf(int block) {
        return (long) block * sectorsPerBlock;
    }

    void read(int block, byte[] target) {
        device.read(sectorOf(block), sectorsPerBlock, target, 0);
    }

    void readJournal(int journalBlock, byte[] target) {
        readJournal(journalBlock, target, 0);
    }

    void readJournal(int journalBlock, byte[] target, int offset) {
        device.read(sectorOf(map.homeOf(journalBlock)), sectorsPerBlock, target, offset);
    }

    void writeJournal(int journalBlock, byte[] source, BlockRole role) {
        write(map.homeOf(journalBlock), 1, source, role);
    }

    /** Writes blocks that follow one another. */
    void write(int block, int count, byte[] source, BlockRole role) {
        device.write(sectorOf(block), count * sectorsPerBlock, source, 0, causes[role.ordinal()]);
        writtenSectors += count * sectorsPerBlock;
    }

    /** Writes the journal's superblock with another start and sequence: one sector, so that it changes at once. */
    void writeSuperblock(int start, int sequence) {
        JournalSuperblock.setStart(superblock, 0, start);
        JournalSuperblock.setSequence(superblock, 0, sequence);
        JournalChecksums.sealSuperblock(superblock, 0);
        device.write(sectorOf(map.homeOf(0)), 1, superblock, 0, causes[BlockRole.JOURNAL_SUPERBLOCK.ordinal()]);
        writtenSectors++;
    }

    /** Reads the first sector of the volume's superblock. */
    void readVolumeSuperblock(byte[] target) {
        device.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, 1, target, 0);
    }

    /** Writes it. */
    void writeVolumeSuperblock(byte[] source) {
        device.write(
                Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, 1, source, 0, causes[BlockRole.SUPERBLOCK.ordinal()]);
        writtenSectors++;
    }

    void flush(BlockRole role) {
        device.flush(causes[role.ordinal()]);
    }

    int writtenSectors() {
        return writtenSectors;
    }
}
