package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.ImageFormatException;
import dev.powercut.targets.ext.format.Superblock;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/**
 * An opened image: its device, superblock, descriptors and what follows from them. Where the primary superblock or descriptors
 * are not valid, those of a backup stand in for them, and a problem says so.
 */
@NullUnmarked // The fields are set by open, before which nothing is read.
final class Volume {

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

    /**
     * Opens an image.
     *
     * @return false when no valid descriptors were found, so that nothing more can be looked at
     * @throws ImageFormatException when there is no volume that we can check
     */
    boolean open(BlockDevice newDevice, List<Problem> problems) throws ImageFormatException {
        device = newDevice;
        long deviceBytes = device.sectorCount() * Sector.BYTES;
        if (deviceBytes < Format.SUPERBLOCK_OFFSET_BYTES + Format.SUPERBLOCK_BYTES) {
            throw new ImageFormatException(
                    "a device of " + deviceBytes + " bytes has no superblock",
                    Format.SUPERBLOCK_OFFSET_BYTES,
                    "the image is truncated, or not an image");
        }
        readSuperblock(Format.SUPERBLOCK_OFFSET_BYTES);
        try {
            geometry = Geometry.of(superblock, 0, deviceBytes);
        } catch (ImageFormatException primary) {
            geometry = backupSuperblock(deviceBytes, primary, problems);
        }
        refuseUnknownFeatures();
        blockSize = geometry.blockSizeBytes();
        sectorsPerBlock = geometry.sectorsPerBlock();
        groupCount = geometry.groupCount();
        inodeCount = geometry.inodeCount();
        firstDataBlock = geometry.firstDataBlock();
        return readDescriptors(problems);
    }

    private void readSuperblock(long offsetBytes) {
        device.read(offsetBytes / Sector.BYTES, Format.SUPERBLOCK_BYTES / Sector.BYTES, superblock, 0);
    }

    /** Looks where the backups of group 1 and 3 are when groups have their usual size. */
    private Geometry backupSuperblock(long deviceBytes, ImageFormatException primary, List<Problem> problems)
            throws ImageFormatException {
        for (int size = Format.MIN_BLOCK_SIZE_BYTES; size <= Format.MAX_BLOCK_SIZE_BYTES; size *= 2) {
            for (int group = 1; group <= 3; group += 2) {
                long block = group * 8L * size + (size == Format.MIN_BLOCK_SIZE_BYTES ? 1 : 0);
                if ((block + 1) * size > deviceBytes) {
                    continue;
                }
                readSuperblock(block * size);
                Geometry found = geometryOrNull(deviceBytes);
                if (found != null && found.blockSizeBytes() == size && Superblock.groupOfCopy(superblock, 0) == group) {
                    Superblock.setGroupOfCopy(superblock, 0, 0);
                    Superblock.setState(superblock, 0, 0);
                    problems.add(new Problem(ProblemKind.SUPERBLOCK_CORRUPT, 0, (int) block, 0, 0, 0, primary.what()));
                    return found;
                }
            }
        }
        throw primary;
    }

    private Geometry geometryOrNull(long deviceBytes) {
        try {
            return Geometry.of(superblock, 0, deviceBytes);
        } catch (ImageFormatException notOne) {
            return null;
        }
    }

    /** What a feature that we do not know owns on the volume would look leaked. */
    private void refuseUnknownFeatures() throws ImageFormatException {
        int compat = geometry.compat() & ~Features.COMPAT_UNDERSTOOD;
        if (compat != 0 || geometry.mustBeReadOnly()) {
            String names =
                    compat != 0 ? Features.compatNames(compat) : Features.roCompatNames(geometry.unknownRoCompat());
            throw new ImageFormatException(
                    "the image uses features that this fsck does not know: " + names,
                    Format.SUPERBLOCK_OFFSET_BYTES
                            + (long) (compat != 0 ? Format.S_FEATURE_COMPAT : Format.S_FEATURE_RO_COMPAT),
                    "check it with e2fsck");
        }
    }

    private boolean readDescriptors(List<Problem> problems) {
        int bytes = geometry.descriptorBlocks() * blockSize;
        if (descriptors.length != bytes) {
            descriptors = new byte[bytes];
        }
        String reason = "";
        for (int group = 0; group < groupCount; group++) {
            if (!geometry.hasSuperblock(group)) {
                continue;
            }
            int superblockOfGroup = geometry.firstBlockOfGroup(group);
            device.read(
                    geometry.sectorOf(superblockOfGroup + 1),
                    geometry.descriptorBlocks() * sectorsPerBlock,
                    descriptors,
                    0);
            try {
                table = GroupTable.of(geometry, descriptors, 0);
                if (group > 0) {
                    problems.add(new Problem(ProblemKind.DESCRIPTORS_CORRUPT, 0, superblockOfGroup, 0, 0, 0, reason));
                }
                return true;
            } catch (ImageFormatException e) {
                reason = group == 0 ? e.what() : reason;
            }
        }
        problems.add(new Problem(ProblemKind.DESCRIPTORS_LOST, 0, 0, 0, 0, 0, reason));
        return false;
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
