package dev.powercut.targets.ext;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.planted.LogBarriers;
import dev.powercut.targets.ext.planted.LogDefects;
import dev.powercut.targets.ext.redo.DataMode;
import dev.powercut.targets.ext.redo.Ext3Options;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ext3: the layout of ext2 with a redo log, as a target. */
public final class Ext3Target implements FileSystemTarget {

    private static final FormatRequest DEFAULT_FORMAT = new FormatRequest(8 << 20, 1024, "");

    /** Times of records of 128 bytes, the smaller and default ones. */
    private static final long TIMESTAMP_GRANULARITY_NANOS = 1_000_000_000;

    private static final List<String> IN_ORDER = List.of(CrashModel.PREFIX.name());

    private static final List<String> ANY_ORDER =
            List.of(CrashModel.PREFIX.name(), CrashModel.REORDER.name(), CrashModel.TORN.name());

    /** For {@link java.util.ServiceLoader}. */
    public Ext3Target() {}

    @Override
    public String name() {
        return "ext3";
    }

    @Override
    public String summary() {
        return "the ext3 filesystem: ext2 with a redo log (JBD2), so that a crash keeps whole operations";
    }

    @Override
    public List<PlantedDefect> defects() {
        return LogDefects.all();
    }

    @Override
    public List<PlantedDefect> furtherDefects() {
        return LogDefects.further();
    }

    @Override
    public List<Barrier> barriers() {
        return LogBarriers.all();
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
            Mkfs.format(disk, FormatOptions.parseExt3(request).withDeviceIsZero(true));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return disk.image();
    }

    @Override
    public FileSystemType fileSystem(@Nullable String defect) {
        if (defect == null) {
            return new Ext3Type();
        }
        return defect.startsWith(Barrier.WITHOUT)
                ? LogBarriers.remove(defect.substring(Barrier.WITHOUT.length()))
                : LogDefects.plant(defect);
    }

    @Override
    public Checker newChecker() {
        return Fsck.ofExt3(RecoveryRules.ALL);
    }

    @Override
    public Checker newChecker(@Nullable String defect) {
        return defect == null || defect.startsWith(Barrier.WITHOUT)
                ? newChecker()
                : Fsck.ofExt3(LogDefects.rules(defect));
    }

    @Override
    public List<String> comparedMounts() {
        return List.of("data=journal", "data=ordered", "data=writeback");
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        Ext3Options options = optionsOf(mountOptions);
        return new Guarantees(
                options.data() != DataMode.WRITEBACK,
                true,
                false,
                true,
                options.data() == DataMode.WRITEBACK,
                TIMESTAMP_GRANULARITY_NANOS,
                options.barriers() ? ANY_ORDER : IN_ORDER);
    }

    @Override
    public String weakness() {
        return "the superblock is written in place and has no checksum, so a device on which a sector is not atomic, or that leaves"
                + " garbage in sectors in flight, can spoil what recovery has to begin with";
    }

    /** Options that cannot be mounted with promise as none do. */
    private static Ext3Options optionsOf(String mountOptions) {
        try {
            return Ext3Options.parse(mountOptions);
        } catch (MountException e) {
            return Ext3Options.parse("");
        }
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
