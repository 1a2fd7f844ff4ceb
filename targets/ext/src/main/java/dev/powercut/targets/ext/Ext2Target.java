package dev.powercut.targets.ext;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.planted.Barriers;
import dev.powercut.targets.ext.planted.Defects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ext2 with careful ordering, as a target. */
public final class Ext2Target implements FileSystemTarget {

    private static final FormatRequest DEFAULT_FORMAT = new FormatRequest(8 << 20, 1024, "");

    /** Times of records of 128 bytes, the smaller and default ones. */
    private static final long TIMESTAMP_GRANULARITY_NANOS = 1_000_000_000;

    private static final List<String> IN_ORDER = List.of(CrashModel.PREFIX.name());

    private static final List<String> ANY_ORDER =
            List.of(CrashModel.PREFIX.name(), CrashModel.REORDER.name(), CrashModel.TORN.name());

    /** For {@link java.util.ServiceLoader}. */
    public Ext2Target() {}

    @Override
    public String name() {
        return "ext2";
    }

    @Override
    public String summary() {
        return "the ext2 filesystem, whose writes are ordered so that a crash wastes space at worst";
    }

    @Override
    public List<PlantedDefect> defects() {
        return Defects.all();
    }

    @Override
    public List<Barrier> barriers() {
        return Barriers.all();
    }

    @Override
    public FormatRequest defaultFormat() {
        return DEFAULT_FORMAT;
    }

    @Override
    public DiskImage format(FormatRequest request) {
        if (request.sizeBytes() < Sector.BYTES) {
            throw new IllegalArgumentException("a disk of " + request.sizeBytes() + " bytes holds no filesystem");
        }
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(request.sizeBytes() / Sector.BYTES));
        try {
            Mkfs.format(disk, FormatOptions.parse(request).withDeviceIsZero(true));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return disk.image();
    }

    @Override
    public FileSystemType fileSystem(@Nullable String defect) {
        if (defect == null) {
            return new Ext2Type();
        }
        return defect.startsWith(Barrier.WITHOUT)
                ? Barriers.remove(defect.substring(Barrier.WITHOUT.length()))
                : Defects.plant(defect);
    }

    @Override
    public Checker newChecker() {
        return new Fsck();
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        return new Guarantees(
                true, true, true, false, TIMESTAMP_GRANULARITY_NANOS, hasBarriers(mountOptions) ? ANY_ORDER : IN_ORDER);
    }

    /** Options that cannot be mounted with promise as none do; the kernel's own are none of ext2's. */
    private static boolean hasBarriers(String mountOptions) {
        boolean barriers = true;
        for (String option : mountOptions.split(",", -1)) {
            barriers = switch (option) {
                case "barrier", "barrier=1" -> true;
                case "nobarrier", "barrier=0" -> false;
                default -> barriers;
            };
        }
        return barriers;
    }

    @Override
    public String externalJudge() {
        return "e2fsck";
    }

    @Override
    public BlockKind kindOf(DiskImage image, long sector) {
        return ImageDecoder.kindOf(image, sector);
    }

    @Override
    public List<String> decode(DiskImage image, long sector) {
        return ImageDecoder.decode(image, sector);
    }
}
