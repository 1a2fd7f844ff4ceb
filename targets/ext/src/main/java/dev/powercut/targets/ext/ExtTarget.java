package dev.powercut.targets.ext;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the targets of this layout have in common: how a volume is made and looked at, and who else judges it. */
abstract sealed class ExtTarget implements FileSystemTarget permits Ext2Target, Ext3Target {

    /** Times of records of 128 bytes, the smaller and default ones. */
    static final long TIMESTAMP_GRANULARITY_NANOS = 1_000_000_000;

    private static final FormatRequest DEFAULT_FORMAT = new FormatRequest(8 << 20, 1024, "");

    /** @throws IllegalArgumentException when the request asks for something that there is not */
    abstract MkfsOptions mkfsOptions(FormatRequest request);

    abstract FileSystemType correct();

    abstract FileSystemType without(String barrier);

    abstract FileSystemType planted(String defect);

    @Override
    public final FormatRequest defaultFormat() {
        return DEFAULT_FORMAT;
    }

    @Override
    public final DiskImage format(FormatRequest request) {
        if (request.sizeBytes() < Sector.BYTES) {
            throw new IllegalArgumentException("a disk of " + request.sizeBytes() + " bytes holds no filesystem");
        }
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(request.sizeBytes() / Sector.BYTES));
        try {
            Mkfs.format(disk, mkfsOptions(request).withDeviceIsZero(true));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return disk.image();
    }

    @Override
    public final FileSystemType fileSystem(@Nullable String defect) {
        if (defect == null) {
            return correct();
        }
        return defect.startsWith(Barrier.WITHOUT)
                ? without(defect.substring(Barrier.WITHOUT.length()))
                : planted(defect);
    }

    @Override
    public final String externalJudge() {
        return "e2fsck";
    }

    @Override
    public final BlockKind kindOf(DiskImage image, long sector) {
        return ImageDecoder.kindOf(image, sector);
    }

    @Override
    public final List<String> decode(DiskImage image, long sector) {
        return ImageDecoder.decode(image, sector);
    }
}
