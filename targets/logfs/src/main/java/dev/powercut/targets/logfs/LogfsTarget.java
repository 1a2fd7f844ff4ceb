package dev.powercut.targets.logfs;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.Measurement;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.fs.Discipline;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.measure.RecoveryWorkPlot;
import dev.powercut.targets.logfs.measure.WriteCost;
import dev.powercut.targets.logfs.measure.WriteCostPlot;
import dev.powercut.targets.logfs.mkfs.DeviceTooSmallException;
import dev.powercut.targets.logfs.mkfs.Mkfs;
import dev.powercut.targets.logfs.planted.Barriers;
import dev.powercut.targets.logfs.planted.Defects;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log-structured filesystem, as a target. */
public final class LogfsTarget implements FileSystemTarget {

    /**
     * 4 MiB with blocks of 1 KiB and segments of 32 KiB: small blocks make small partial writes, of which every sector is a place to be
     * cut at; small segments make the log go through many of them, and the cleaner run, in a workload of a hundred operations.
     */
    private static final FormatRequest DEFAULT_FORMAT = new FormatRequest(4 << 20, 1024, "segment=32K");

    /** For {@link java.util.ServiceLoader}. */
    public LogfsTarget() {}

    @Override
    public String name() {
        return "logfs";
    }

    @Override
    public String summary() {
        return "a log-structured filesystem: everything goes to a log, which recovery rolls forward from a checkpoint";
    }

    @Override
    public List<PlantedDefect> defects() {
        return Defects.all();
    }

    @Override
    public List<PlantedDefect> furtherDefects() {
        return Defects.further();
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
        int percent = AgedVolume.percent(request);
        try {
            Mkfs.format(disk, FormatOptions.parse(AgedVolume.plain(request)));
            if (percent >= 0) {
                AgedVolume.age(disk, percent);
            }
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return disk.image();
    }

    @Override
    public FileSystemType fileSystem(@Nullable String defect) {
        if (defect == null) {
            return new LogfsType();
        }
        return defect.startsWith(Barrier.WITHOUT)
                ? Barriers.remove(defect.substring(Barrier.WITHOUT.length()))
                : Defects.plant(defect);
    }

    @Override
    public Checker newChecker() {
        return new LogfsChecker(Discipline.correct());
    }

    @Override
    public Checker newChecker(@Nullable String defect) {
        return defect == null || defect.startsWith(Barrier.WITHOUT)
                ? newChecker()
                : new LogfsChecker(Defects.rules(defect));
    }

    @Override
    public List<Measurement> measurements() {
        return List.of(
                new WriteCostPlot(WriteCost.Pattern.UNIFORM),
                new WriteCostPlot(WriteCost.Pattern.HOT_AND_COLD),
                new RecoveryWorkPlot());
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        return new Guarantees(true, true, false, true, 1, Guarantees.ANY_ORDER);
    }

    @Override
    public @Nullable String externalJudge() {
        return null;
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
