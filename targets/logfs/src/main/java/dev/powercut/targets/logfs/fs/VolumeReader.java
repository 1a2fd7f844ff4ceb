package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Superblock;
import org.jspecify.annotations.Nullable;

/** Finds the superblock and the newest checkpoint. */
final class VolumeReader {

    private VolumeReader() {}

    static Geometry superblock(BlockDevice device) throws ImageFormatException {
        byte[] sector = new byte[Sector.BYTES];
        device.read(0, 1, sector, 0);
        return Superblock.decode(sector, 0, device.sectorCount() * Sector.BYTES, 0);
    }

    static Checkpoint newestCheckpoint(BlockDevice device, Geometry g, Checksum checksum, Discipline rules)
            throws ImageFormatException {
        Checkpoint a = checkpoint(device, g, checksum, rules, g.checkpointA());
        Checkpoint b = checkpoint(device, g, checksum, rules, g.checkpointB());
        if (a == null && b == null) {
            throw new ImageFormatException(
                    "neither checkpoint is whole",
                    (long) g.checkpointA() * g.blockSizeBytes(),
                    "fsck -y rebuilds what can be found in the segments");
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
