package dev.powercut.targets.ext.redo;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.journal.JournalBlock;
import dev.powercut.targets.ext.journal.JournalChecksum;
import dev.powercut.targets.ext.journal.JournalChecksums;
import dev.powercut.targets.ext.journal.JournalFormat;
import dev.powercut.targets.ext.journal.JournalGeometry;
import dev.powercut.targets.ext.journal.JournalMap;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.Sequence;
import java.util.List;

/**
 * The ring of blocks on the disk, as the mounted filesystem writes it. From the tail, where recovery would begin, to the head, where the
 * next block goes, lie the transactions that are not all home.
 *
 * <pre>
 *   | superblock |   free   | tail: oldest transaction | … | latest transaction | head: free … |
 * </pre>
 */
final class Log {

    /** The share of the log that one transaction may take, as in jbd2: so there is room for one while others wait for checkpoints. */
    private static final int TRANSACTIONS_IN_LOG = 4;

    private final BlockWriter writer;
    private final MetadataCache cache;
    private final JournalMap map;
    private final JournalGeometry geometry;
    private final JournalChecksums checksums;
    private final byte[] superblock;
    private final int sectorsPerBlock;
    private int head;
    private int used;
    private int nextSequence;
    private boolean isOpen;

    private Log(BlockWriter writer, MetadataCache cache, JournalMap map, JournalGeometry geometry, byte[] superblock) {
        this.writer = writer;
        this.cache = cache;
        this.map = map;
        this.geometry = geometry;
        this.checksums = new JournalChecksums(geometry);
        this.superblock = superblock;
        this.sectorsPerBlock = geometry.blockSizeBytes() / Sector.BYTES;
        this.head = geometry.firstLogBlock();
        this.nextSequence = JournalSuperblock.sequence(superblock, 0);
    }

    /**
     * The log of a volume, whose contents are not needed any more.
     *
     * @param options say which checksums commit records shall have, where the journal has none of its own
     * @throws ImageFormatException when the journal cannot be used
     */
    static Log of(
            BlockDevice device,
            JournalMap map,
            Geometry volume,
            MetadataCache cache,
            BlockWriter writer,
            Ext3Options options)
            throws ImageFormatException {
        byte[] superblock = new byte[JournalFormat.SUPERBLOCK_BYTES];
        device.read(volume.sectorOf(map.homeOf(0)), superblock.length / Sector.BYTES, superblock, 0);
        JournalGeometry found = JournalGeometry.of(superblock, 0, volume.blockSizeBytes(), map.blockCount());
        JournalGeometry geometry = withFeatures(superblock, found, options);
        return new Log(writer, cache, map, geometry, superblock);
    }

    private static JournalGeometry withFeatures(byte[] superblock, JournalGeometry found, Ext3Options options)
            throws ImageFormatException {
        JournalChecksum checksum = found.checksum().isPerBlock()
                ? found.checksum()
                : options.checksum() ? JournalChecksum.COMMIT : JournalChecksum.NONE;
        if (!JournalSuperblock.isV2(superblock, 0)) {
            // The first version has no features; those bytes mean nothing in it.
            JournalBlock.putHeader(superblock, 0, JournalFormat.TYPE_SUPERBLOCK_V2, 0);
            JournalSuperblock.setUuid(superblock, 0, new byte[JournalFormat.UUID_BYTES]);
        }
        JournalSuperblock.setFeatures(superblock, 0, checksum, options.asyncCommit());
        JournalChecksums.sealSuperblock(superblock, 0);
        return JournalGeometry.of(superblock, 0, found.blockSizeBytes(), found.blockCount());
    }

    /** Whether the superblock says that there is something in the log. */
    boolean wasLeftFull() {
        return JournalSuperblock.start(superblock, 0) != 0;
    }

    /** The next transaction has a given sequence. */
    void continueWith(int sequence) {
        nextSequence = sequence;
    }

    /** Whether the superblock says that an earlier mount has aborted the log. */
    boolean wasAborted() {
        return JournalSuperblock.errno(superblock, 0) != 0;
    }

    /** The volume says now that it has errors. */
    void forgetAbort() {
        JournalSuperblock.setErrno(superblock, 0, 0);
    }

    /** Whether recovery has been told where this mount's log begins. */
    boolean isOpen() {
        return isOpen;
    }

    JournalGeometry geometry() {
        return geometry;
    }

    JournalChecksums checksums() {
        return checksums;
    }

    /** Sequence of the next transaction. */
    int nextSequence() {
        return nextSequence;
    }

    /** The transaction with the next sequence has been written. */
    void advanceSequence() {
        nextSequence = Sequence.next(nextSequence);
    }

    /** Where the next block goes. */
    int head() {
        return head;
    }

    /** Blocks that can be written. One more stays free, so that a full log does not look like an empty one. */
    int freeBlocks() {
        return geometry.logBlocks() - 1 - used;
    }

    /** The most blocks of one transaction, without its descriptors, its record, and revokes of all that can be in the log. */
    int mostInTransaction() {
        int share = geometry.logBlocks() / TRANSACTIONS_IN_LOG;
        return share - geometry.descriptorsFor(share) - 1 - geometry.revokeBlocksFor(geometry.logBlocks());
    }

    /** Whether the largest transaction may not find room. */
    boolean isLow() {
        return freeBlocks() < geometry.logBlocks() / TRANSACTIONS_IN_LOG;
    }

    /** Whether a transaction can be written. */
    boolean hasRoomFor(Transaction transaction) {
        int blocks = transaction.blockCount();
        return freeBlocks()
                >= blocks + geometry.descriptorsFor(blocks) + geometry.revokeBlocksFor(transaction.revokeCount()) + 1;
    }

    /** Writes the next block. */
    void append(byte[] block, BlockRole role, Trigger trigger, List<Cause.Dirtied> dirtied) {
        Cause cause = new Cause(role.kind(), trigger, dirtied);
        writer.writeMetadata(nextSector(), sectorsPerBlock, block, 0, cause);
        advance();
    }

    /** Writes the next block with FUA. */
    void appendThrough(byte[] block, BlockRole role, Trigger trigger, List<Cause.Dirtied> dirtied) {
        Cause cause = new Cause(role.kind(), trigger, dirtied);
        writer.writeThrough(nextSector(), sectorsPerBlock, block, 0, cause);
        advance();
    }

    private long nextSector() {
        return (long) map.homeOf(head) * sectorsPerBlock;
    }

    private void advance() {
        head = geometry.next(head);
        used++;
    }

    /** The oldest blocks are not needed any more. */
    void release(int blocks) {
        used -= blocks;
    }

    /** Starts with an empty log at the beginning of the ring. */
    void rewind() {
        head = geometry.firstLogBlock();
        used = 0;
    }

    /**
     * Writes where the log begins: one sector, so that it changes at once.
     *
     * @param start the first block of the first transaction; 0 when there is nothing in the log that is needed
     * @param sequence of that transaction, or of the next
     */
    void writeStart(int start, int sequence, boolean fua, Site site, Trigger trigger) {
        isOpen = true;
        JournalSuperblock.setStart(superblock, 0, start);
        JournalSuperblock.setSequence(superblock, 0, sequence);
        writeSuperblock(fua, site, trigger);
    }

    /** Writes that the log was aborted; where it begins stays as it was. */
    void writeError(boolean fua, Site site) {
        JournalSuperblock.setErrno(superblock, 0, -Errno.EIO.number());
        writeSuperblock(fua, site, new Trigger.Ordering(site));
    }

    private void writeSuperblock(boolean fua, Site site, Trigger trigger) {
        JournalChecksums.sealSuperblock(superblock, 0);
        Cause cause = new Cause(BlockRole.JOURNAL_SUPERBLOCK.kind(), trigger, List.of(cache.dirtiedBy(site)));
        long sector = (long) map.homeOf(0) * sectorsPerBlock;
        if (fua) {
            writer.writeThrough(sector, 1, superblock, 0, cause);
        } else {
            writer.writeMetadata(sector, 1, superblock, 0, cause);
        }
    }
}
