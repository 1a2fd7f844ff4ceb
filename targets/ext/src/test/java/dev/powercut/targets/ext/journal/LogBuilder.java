package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.Superblock;
import java.util.ArrayList;
import java.util.List;

/** Writes logs into the journal of an ext3 image, block by block, as a test wants them: right or wrong. */
final class LogBuilder {

    private static final Cause CAUSE = new Cause(new BlockKind("test"), new Trigger.Recorded());

    final SimulatedDisk disk;
    final Geometry geometry;
    final GroupTable groups;
    final JournalMap map;
    final JournalGeometry journal;
    final JournalChecksums checksums;
    private final byte[] superblock = new byte[JournalFormat.SUPERBLOCK_BYTES];
    private final List<byte[]> data = new ArrayList<>();
    private final List<Boolean> escapes = new ArrayList<>();
    private final List<Integer> homes = new ArrayList<>();
    private final int start;
    private final int firstSequence;
    int at;
    int sequence;

    /** On an image of ext3 with an empty log. */
    LogBuilder(DiskImage image, JournalChecksum checksum, int start, int sequence) throws ImageFormatException {
        disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        byte[] record = new byte[Format.SUPERBLOCK_BYTES];
        disk.read(2, 2, record, 0);
        geometry = Geometry.ofExt3(record, 0, disk.sectorCount() * Sector.BYTES);
        byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        disk.read(
                geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / Sector.BYTES, descriptors, 0);
        groups = GroupTable.of(geometry, descriptors, 0);
        BlockSource source = BlockSource.of(disk, geometry);
        byte[] inodes = block(groups.blockOfInode(Format.JOURNAL_INODE));
        int inode = geometry.offsetInBlockOfInode(Format.JOURNAL_INODE);
        map = JournalMap.of(source, groups, inodes, inode, 1024);
        disk.read(geometry.sectorOf(map.homeOf(0)), 2, superblock, 0);
        JournalSuperblock.setFeatures(superblock, 0, checksum, false);
        this.start = start;
        this.at = start;
        this.firstSequence = sequence;
        this.sequence = sequence;
        writeSuperblock(start);
        journal = JournalGeometry.of(superblock, 0, geometry.blockSizeBytes(), 1024);
        checksums = new JournalChecksums(journal);
        Superblock.setIncompat(record, 0, Superblock.incompat(record, 0) | Features.INCOMPAT_RECOVER);
        disk.write(2, 2, record, 0, CAUSE);
    }

    void writeSuperblock(int ofStart) {
        JournalSuperblock.setStart(superblock, 0, ofStart);
        JournalSuperblock.setSequence(superblock, 0, firstSequence);
        JournalChecksums.sealSuperblock(superblock, 0);
        disk.write(geometry.sectorOf(map.homeOf(0)), 2, superblock, 0, CAUSE);
    }

    /** The journal says that commit records do not wait for what they commit. */
    LogBuilder async() {
        JournalSuperblock.setFeatures(superblock, 0, journal.checksum(), true);
        writeSuperblock(start);
        return this;
    }

    byte[] block(int number) {
        byte[] b = new byte[geometry.blockSizeBytes()];
        disk.read(geometry.sectorOf(number), geometry.sectorsPerBlock(), b, 0);
        return b;
    }

    void write(int number, byte[] b) {
        disk.write(geometry.sectorOf(number), geometry.sectorsPerBlock(), b, 0, CAUSE);
    }

    /** A block of the log, as it is. */
    byte[] logBlock(int journalBlock) {
        return block(map.homeOf(journalBlock));
    }

    void writeLog(int journalBlock, byte[] b) {
        write(map.homeOf(journalBlock), b);
    }

    /** Puts a block at the head of the log. */
    private void append(byte[] b) {
        writeLog(at, b);
        at = journal.next(at);
    }

    /** Revokes blocks in the transaction. */
    LogBuilder revoke(int... blocks) {
        byte[] b = new byte[geometry.blockSizeBytes()];
        RevokeBlock.start(b, sequence);
        for (int each : blocks) {
            RevokeBlock.add(journal, b, each);
        }
        RevokeBlock.finish(journal, checksums, b);
        append(b);
        return this;
    }

    /** Logs a block, with what it is to hold. */
    LogBuilder log(int home, byte[] contents) {
        byte[] copy = contents.clone();
        boolean escape = JournalBlock.hasMagic(copy, 0);
        if (escape) {
            JournalBlock.escape(copy, 0);
        }
        homes.add(home);
        data.add(copy);
        escapes.add(escape);
        return this;
    }

    /** Writes descriptors and data of what was logged, without a commit block. */
    LogBuilder flush() {
        DescriptorWriter writer = new DescriptorWriter(journal, checksums);
        byte[] b = new byte[geometry.blockSizeBytes()];
        for (int from = 0; from < homes.size(); from += journal.mostTags()) {
            int to = Math.min(homes.size(), from + journal.mostTags());
            writer.start(b, sequence);
            for (int i = from; i < to; i++) {
                writer.add(homes.get(i), data.get(i), 0, escapes.get(i));
            }
            writer.finish();
            checksums.addPayload(b, 0);
            append(b);
            for (int i = from; i < to; i++) {
                checksums.addPayload(data.get(i), 0);
                append(data.get(i));
            }
        }
        homes.clear();
        data.clear();
        escapes.clear();
        return this;
    }

    /** Completes the transaction. */
    LogBuilder commit() {
        flush();
        byte[] b = new byte[geometry.blockSizeBytes()];
        CommitBlock.put(journal, checksums, b, sequence, 1_800_000_000L + (sequence - firstSequence), 7);
        append(b);
        checksums.beginPayload();
        sequence++;
        return this;
    }

    int start() {
        return start;
    }

    DiskImage image() {
        return disk.image();
    }

    /** A block whose every byte tells where it belongs and which version it is. */
    byte[] contents(int home, int version) {
        byte[] b = new byte[geometry.blockSizeBytes()];
        for (int i = 0; i < b.length; i++) {
            b[i] = (byte) (home * 31 + version * 7 + i * (version + 3));
        }
        return b;
    }
}
