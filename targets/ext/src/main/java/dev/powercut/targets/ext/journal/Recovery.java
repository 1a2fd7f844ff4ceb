package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.Superblock;

/**
 * What mount and fsck do with an ext3 image that was not unmounted: scan the log ({@link LogScan}), replay it ({@link Replay}), work off
 * the orphans ({@link OrphanList}), empty the log. Its last steps, each flushed before the next:
 *
 * <ol>
 *   <li>replayed blocks are home. Until then the log is what it was, and a cut means that recovery begins again with the same result;
 *   <li>orphans, each one transaction of its own ({@link RecoveryTransaction});
 *   <li>the journal's superblock says that the log is empty; the next sequence is one that no block in the log has;
 *   <li>the volume's superblock says that no recovery is needed.
 * </ol>
 *
 * <p>A journal that was aborted says so by an error number. The volume's superblock is told first, durably, that the volume has errors;
 * then the journal forgets.
 *
 * <p>The work is in proportion to the log in use. An object is scratch memory: it is used again and again, by one thread at a time, on
 * any images; the measures of the last journal are kept, and looked at again only as far as they may have changed.
 */
public final class Recovery {

    /** The remedy of a journal that is damaged. */
    public static final String MAKE_ANEW = "fsck -y makes the journal anew";

    /** The remedy of a journal whose superblock is damaged. */
    public static final String EMPTY_LOG = "fsck -y makes the log empty";

    /** The remedy of a journal whose superblock says wrongly where the ring of its log is. */
    public static final String SET_MEASURES = "fsck -y puts it right and replays the log";

    /** The remedy of a journal that is of another kind than those we know. */
    public static final String UNSUPPORTED = "let e2fsck replay it first";

    private static final int SUPERBLOCK_SECTORS = Format.SUPERBLOCK_BYTES / Sector.BYTES;

    private final RecoveryRules rules;
    private final JournalVolume volume = new JournalVolume();
    private final LogScan scan;
    private final Replay replay;
    private final OrphanList orphans = new OrphanList(volume);
    private final RecoveryTransaction transaction = new RecoveryTransaction(volume);
    private final byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
    private byte[] descriptors = {};

    public Recovery() {
        this(RecoveryRules.ALL);
    }

    /** @param rules all, unless a defect is planted */
    public Recovery(RecoveryRules rules) {
        this.rules = rules;
        this.scan = new LogScan(rules);
        this.replay = new Replay(rules);
    }

    /** Whether an image must be recovered before it is used, by its superblock of 1,024 bytes. */
    public static boolean isDue(byte[] b, int at) {
        return (Superblock.compat(b, at) & Features.COMPAT_HAS_JOURNAL) != 0
                && ((Superblock.incompat(b, at) & Features.INCOMPAT_RECOVER) != 0 || Superblock.lastOrphan(b, at) != 0);
    }

    /**
     * Recovers an image, when that is due. Superblock and descriptors are read anew; whoever has them must read them again.
     *
     * @param nowSeconds deletion time of orphans, seconds since 1970; 0 takes the latest time in the superblock
     * @throws ImageFormatException when the volume or its journal cannot be used; nothing was written
     */
    public RecoveryReport recover(BlockDevice device, long nowSeconds) throws ImageFormatException {
        if (device.sectorCount() < 2 * SUPERBLOCK_SECTORS) {
            throw new ImageFormatException(
                    "the device has only " + device.sectorCount() + " sectors, too few for a superblock",
                    0,
                    "give a whole image");
        }
        device.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, SUPERBLOCK_SECTORS, superblock, 0);
        Geometry geometry = Geometry.ofExt3(superblock, 0, device.sectorCount() * Sector.BYTES);
        if (!isDue(superblock, 0)) {
            return RecoveryReport.NOTHING;
        }
        byte[] all = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        device.read(geometry.sectorOf(geometry.firstDescriptorBlock()), all.length / Sector.BYTES, all, 0);
        return recover(device, superblock, GroupTable.of(geometry, all, 0), nowSeconds);
    }

    /**
     * Looks at the journal of an image, and changes nothing.
     *
     * @param record superblock, 1,024 bytes, of an image with a journal
     * @throws ImageFormatException when the journal cannot be used
     */
    public JournalState look(BlockDevice device, byte[] record, GroupTable groups) throws ImageFormatException {
        volume.open(device, groups);
        volume.openJournal(record);
        return volume.state();
    }

    /**
     * Where the blocks of a journal are, whatever they hold.
     *
     * @throws ImageFormatException when neither the inode nor the copy in the superblock leads to a journal
     */
    public JournalMap map(BlockDevice device, byte[] record, GroupTable groups) throws ImageFormatException {
        volume.open(device, groups);
        volume.mapJournal(record);
        return volume.map();
    }

    /** Where the log of the image is that was recovered or looked at last, and now is empty: first sector and count in turn. */
    public long[] leftovers() {
        return volume.map().logSectors(volume.geometry().sectorsPerBlock());
    }

    /**
     * Recovers an image whose superblock and descriptors have been read, and found sound.
     *
     * @param record superblock, 1,024 bytes
     * @throws ImageFormatException when the journal cannot be used; nothing was written
     */
    public RecoveryReport recover(BlockDevice device, byte[] record, GroupTable groups, long nowSeconds)
            throws ImageFormatException {
        if (!isDue(record, 0)) {
            return RecoveryReport.NOTHING;
        }
        boolean isReplayed = (Superblock.incompat(record, 0) & Features.INCOMPAT_RECOVER) != 0;
        volume.open(device, groups);
        volume.openJournal(record);
        int start = isReplayed ? JournalSuperblock.start(volume.superblock(), 0) : 0;
        int sequence = isReplayed ? JournalSuperblock.sequence(volume.superblock(), 0) : sequenceAfterLog();
        scan.run(volume, start, sequence);
        replay.run(volume, scan);
        workOffOrphans(nowSeconds, start == 0 ? sequence : Sequence.next(scan.endSequence));
        empty();
        return new RecoveryReport(
                true,
                scan.transactions,
                replay.replayed,
                replay.passedOver,
                scan.end,
                scan.hasDropped(),
                scan.hasLost(volume.journal()),
                scan.endSequence,
                orphans.released,
                orphans.truncated,
                orphans.isSound,
                volume.writtenSectors());
    }

    /**
     * The sequence of the next transaction on an image that says that it needs no recovery, and whose log is not empty all the same. As
     * Linux, we believe the image: what is in the log is not replayed, since it may be older than what is home. But no new transaction
     * may have a sequence that is in the log, lest an old one be taken for its successor. (fsck -y, as e2fsck, replays.)
     *
     * @throws ImageFormatException when the journal cannot be used
     */
    public int sequenceAfterLog(BlockDevice device, byte[] record, GroupTable groups) throws ImageFormatException {
        volume.open(device, groups);
        volume.openJournal(record);
        return sequenceAfterLog();
    }

    private int sequenceAfterLog() {
        int start = JournalSuperblock.start(volume.superblock(), 0);
        int sequence = JournalSuperblock.sequence(volume.superblock(), 0);
        if (start == 0) {
            return sequence;
        }
        scan.run(volume, start, sequence);
        return Sequence.next(scan.endSequence);
    }

    private void workOffOrphans(long nowSeconds, int sequence) {
        transaction.begin(sequence);
        long now = nowSeconds > 0 ? nowSeconds : latestSeconds();
        if (rules.keeps(RecoveryRule.PROCESS_ORPHANS)) {
            orphans.run(now, transaction.capacity(), transaction::commit);
        } else {
            orphans.skip();
        }
    }

    /** The latest time in the superblock, and more than any number of an inode. */
    private long latestSeconds() {
        volume.readVolumeSuperblock(superblock);
        long latest = Math.max(
                Math.max(Superblock.writeTimeSeconds(superblock, 0), Superblock.mountTimeSeconds(superblock, 0)),
                Superblock.lastCheckSeconds(superblock, 0));
        return Math.max(latest, volume.geometry().inodeCount() + 1L);
    }

    private void empty() {
        byte[] journal = volume.superblock();
        noteError();
        boolean wasEmpty = JournalSuperblock.start(journal, 0) == 0;
        if (!wasEmpty || JournalSuperblock.errno(journal, 0) != 0) {
            if (rules.keeps(RecoveryRule.FLUSH_BEFORE_EMPTYING)) {
                volume.flush(BlockRole.JOURNAL_SUPERBLOCK);
            }
            JournalSuperblock.setErrno(journal, 0, 0);
            volume.writeSuperblock(0, transaction.sequence());
            volume.flush(BlockRole.JOURNAL_SUPERBLOCK);
        }
        volume.readVolumeSuperblock(superblock);
        Superblock.setIncompat(superblock, 0, Superblock.incompat(superblock, 0) & ~Features.INCOMPAT_RECOVER);
        addUp();
        volume.writeVolumeSuperblock(superblock);
        volume.flush(BlockRole.SUPERBLOCK);
    }

    /**
     * Has the volume say that it has errors, when the journal of an image that needs no recovery otherwise was aborted.
     *
     * @throws ImageFormatException when the journal cannot be used
     */
    public void noteError(BlockDevice device, byte[] record, GroupTable groups) throws ImageFormatException {
        volume.open(device, groups);
        volume.openJournal(record);
        byte[] journal = volume.superblock();
        noteError();
        JournalSuperblock.setErrno(journal, 0, 0);
        volume.writeSuperblock(JournalSuperblock.start(journal, 0), JournalSuperblock.sequence(journal, 0));
        volume.flush(BlockRole.JOURNAL_SUPERBLOCK);
    }

    private void noteError() {
        if (JournalSuperblock.errno(volume.superblock(), 0) != 0) {
            volume.readVolumeSuperblock(superblock);
            Superblock.setState(superblock, 0, Superblock.state(superblock, 0) | Format.STATE_ERROR);
            volume.writeVolumeSuperblock(superblock);
            volume.flush(BlockRole.SUPERBLOCK);
        }
    }

    /** Makes the totals what the groups count: Linux lets them go stale while it has a volume mounted. */
    private void addUp() {
        Geometry geometry = volume.geometry();
        int size = geometry.blockSizeBytes();
        if (descriptors.length != size) {
            descriptors = new byte[size];
        }
        int freeBlocks = 0;
        int freeInodes = 0;
        int perBlock = size / Format.DESCRIPTOR_BYTES;
        for (int group = 0; group < geometry.groupCount(); group++) {
            if (group % perBlock == 0) {
                volume.read(geometry.firstDescriptorBlock() + group / perBlock, descriptors);
            }
            int at = group % perBlock * Format.DESCRIPTOR_BYTES;
            freeBlocks += GroupDescriptor.freeBlockCount(descriptors, at);
            freeInodes += GroupDescriptor.freeInodeCount(descriptors, at);
        }
        Superblock.setFreeBlockCount(superblock, 0, freeBlocks);
        Superblock.setFreeInodeCount(superblock, 0, freeInodes);
    }
}
