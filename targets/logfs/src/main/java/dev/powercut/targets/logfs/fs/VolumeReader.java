package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Superblock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the superblock and the newest checkpoint. */
final class VolumeReader {

    private VolumeReader() {}

    private static final int[] BLOCK_SIZES = {1024, 2048, 4096};

    /** @throws ImageFormatException when it is not sound, whatever its backup is */
    static Geometry superblock(BlockDevice device) throws ImageFormatException {
        return superblock(device, false, new ArrayList<>());
    }

    /**
     * Reads the superblock; where nothing is written its backup will do as well.
     *
     * @param remarks gets why it was the backup
     */
    static Geometry superblock(BlockDevice device, boolean readOnly, List<String> remarks) throws ImageFormatException {
        try {
            return decode(device, 0);
        } catch (ImageFormatException first) {
            Geometry backup = backup(device);
            if (backup == null) {
                throw first;
            } else if (!readOnly) {
                throw new ImageFormatException(
                        first.what(),
                        first.offsetBytes(),
                        "mend with fsck -y --type logfs, which restores it from its backup");
            }
            remarks.add(first.what() + " (at byte " + first.offsetBytes() + "); its backup in block "
                    + backup.backupBlock() + " was read instead: mend with fsck -y --type logfs");
            return backup;
        }
    }

    private static Geometry decode(BlockDevice device, long positionBytes) throws ImageFormatException {
        byte[] sector = new byte[Sector.BYTES];
        device.read(positionBytes / Sector.BYTES, 1, sector, 0);
        return Superblock.decode(sector, 0, device.sectorCount() * Sector.BYTES, positionBytes);
    }

    /** The backup is in the last block, however long blocks are; null when none is there that says so itself. */
    private static @Nullable Geometry backup(BlockDevice device) {
        for (int size : BLOCK_SIZES) {
            long block = device.sectorCount() * Sector.BYTES / size - 1;
            if (block >= 1) {
                try {
                    Geometry g = decode(device, block * size);
                    if (g.blockSizeBytes() == size && g.backupBlock() == block) {
                        return g;
                    }
                } catch (ImageFormatException e) {
                    // Not there.
                }
            }
        }
        return null;
    }

    static Checkpoint newestCheckpoint(BlockDevice device, Geometry g, Checksum checksum, Discipline rules)
            throws ImageFormatException {
        Checkpoint a = checkpoint(device, g, checksum, rules, g.checkpointA());
        Checkpoint b = checkpoint(device, g, checksum, rules, g.checkpointB());
        if (a == null && b == null) {
            throw new ImageFormatException(
                    "neither checkpoint is whole",
                    (long) g.checkpointA() * g.blockSizeBytes(),
                    "mend with fsck -y --type logfs, which rebuilds what can be found in the segments");
        }
        return a == null || b != null && b.sequence() > a.sequence() ? java.util.Objects.requireNonNull(b) : a;
    }

    private static @Nullable Checkpoint checkpoint(
            BlockDevice device, Geometry g, Checksum checksum, Discipline rules, int block) {
        long sector = (long) block * g.sectorsPerBlock();
        byte[] head = new byte[Sector.BYTES];
        device.read(sector, 1, head, 0);
        int length = Checkpoint.lengthBytes(g, head);
        if (length == 0) {
            return null;
        }
        byte[] b = java.util.Arrays.copyOf(head, length);
        device.read(sector + 1, length / Sector.BYTES - 1, b, Format.CP_POINTERS);
        return !rules.checksCheckpoints() || Checkpoint.isWhole(checksum, b, length) ? Checkpoint.decode(g, b) : null;
    }
}
