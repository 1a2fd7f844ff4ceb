package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.Superblock;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * An opened image: its device, superblock, descriptors and what follows from them. Where the primary superblock or descriptors
 * are not sound, others stand in for them, and a problem says so.
 */
@NullUnmarked // The fields are set by open, before which nothing is read.
final class Volume {

    private final boolean ext3;
    BlockDevice device;
    Geometry geometry;
    GroupTable table;
    /** The superblock record. */
    final byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
    /** All group descriptors, in whole blocks. */
    byte[] descriptors = {};

    /** Measures that the hot paths take from here rather than work out again. */
    int blockSize;

    int sectorsPerBlock;
    int groupCount;
    int inodeCount;
    int firstDataBlock;

    /** @param ext3 whether images may have a journal */
    Volume(boolean ext3) {
        this.ext3 = ext3;
    }

    /**
     * Opens an image.
     *
     * @throws ImageFormatException when there is no volume that we can check
     */
    void open(BlockDevice newDevice, FsckOptions options, List<Problem> problems) throws ImageFormatException {
        device = newDevice;
        geometry = new SuperblockChoice(device, ext3, problems).choose(superblock, options);
        blockSize = geometry.blockSizeBytes();
        sectorsPerBlock = geometry.sectorsPerBlock();
        groupCount = geometry.groupCount();
        inodeCount = geometry.inodeCount();
        firstDataBlock = geometry.firstDataBlock();
        int bytes = geometry.descriptorBlocks() * blockSize;
        if (descriptors.length != bytes) {
            descriptors = new byte[bytes];
        }
        new DescriptorChoice(device, geometry, descriptors, problems).choose();
        table = GroupTable.of(geometry, descriptors, 0);
    }

    /** Reads a block. */
    void read(int block, byte[] target, int offset) {
        device.read((long) block * sectorsPerBlock, sectorsPerBlock, target, offset);
    }

    /** Block that holds the superblock, and the offset of the superblock in it. */
    int superblockBlock() {
        return Format.SUPERBLOCK_OFFSET_BYTES / blockSize;
    }

    int superblockOffset() {
        return Format.SUPERBLOCK_OFFSET_BYTES % blockSize;
    }

    /** True when the image is marked clean, without errors seen. */
    boolean markedClean() {
        return Superblock.state(superblock, 0) == Format.STATE_VALID;
    }

    /** The latest time in the superblock; more than any inode number, since a smaller deletion time would look like one. */
    long latestSeconds() {
        long latest = Math.max(
                Math.max(Superblock.writeTimeSeconds(superblock, 0), Superblock.mountTimeSeconds(superblock, 0)),
                Math.max(Superblock.lastCheckSeconds(superblock, 0), Superblock.mkfsTimeSeconds(superblock, 0)));
        return Math.max(latest, inodeCount + 1L);
    }

    /**
     * True when small deletion times are a problem: not where the superblock's own times are as small, as on a machine
     * without a clock.
     */
    boolean checksLowDeletionTimes() {
        return Superblock.writeTimeSeconds(superblock, 0) >= inodeCount
                && isUnsetOrLarge(Superblock.mountTimeSeconds(superblock, 0))
                && isUnsetOrLarge(Superblock.mkfsTimeSeconds(superblock, 0));
    }

    private boolean isUnsetOrLarge(long seconds) {
        return seconds == 0 || seconds >= inodeCount;
    }
}
