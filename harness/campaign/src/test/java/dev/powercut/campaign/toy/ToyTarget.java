package dev.powercut.campaign.toy;

import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tiny filesystem that is right, and a good many that are broken: what shows that each oracle fires. */
public final class ToyTarget implements FileSystemTarget {

    private final @Nullable ToyFault checkerFault;
    private final List<ToyFault> planted;
    private int formats;

    /** The right one; what is broken is chosen by defect. */
    public ToyTarget() {
        this(null);
    }

    /** @param checkerFault a fault of its recovery, which no defect of the filesystem covers, or null */
    public ToyTarget(@Nullable ToyFault checkerFault) {
        this(checkerFault, List.of(ToyFault.values()));
    }

    /** @param planted the defects that it says it can have */
    public ToyTarget(@Nullable ToyFault checkerFault, List<ToyFault> planted) {
        this.checkerFault = checkerFault;
        this.planted = List.copyOf(planted);
    }

    @Override
    public String name() {
        return "toy";
    }

    @Override
    public String summary() {
        return "snapshots of everything, in two places in turn";
    }

    @Override
    public List<PlantedDefect> defects() {
        List<PlantedDefect> defects = new ArrayList<>();
        for (ToyFault fault : planted) {
            defects.add(new PlantedDefect(fault.defectName(), "for one oracle to find"));
        }
        return defects;
    }

    @Override
    public FormatRequest defaultFormat() {
        return new FormatRequest(ToyFormat.SECTORS * Sector.BYTES, 512, "");
    }

    @Override
    public DiskImage format(FormatRequest request) {
        if (request.sizeBytes() < ToyFormat.SECTORS * Sector.BYTES) {
            throw new IllegalArgumentException("the toy needs 2M");
        }
        SimulatedDisk disk = SimulatedDisk.unlogged(
                World.withOneTask(Choices.zero()), DiskImage.blank(request.sizeBytes() / Sector.BYTES));
        ToyFormat.write(disk, 2, ToyFileSystem.empty(), false, new Cause(ToyFormat.SNAPSHOT, new Trigger.Format()));
        DiskImage image = disk.image();
        if (checkerFault == ToyFault.FORMAT_DIFFERS) {
            byte[] number = new byte[Sector.BYTES];
            number[0] = (byte) ++formats;
            image = image.with(4000, Sector.copyOf(number, 0));
        }
        return image;
    }

    @Override
    public FileSystemType fileSystem(@Nullable String defect) {
        for (ToyFault fault : ToyFault.values()) {
            if (fault.defectName().equals(defect)) {
                return new ToyType(fault);
            }
        }
        return new ToyType(checkerFault);
    }

    @Override
    public Checker newChecker() {
        return new ToyChecker(checkerFault);
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        return new Guarantees(false, true, false, true, 1, List.of("prefix"));
    }

    @Override
    public @Nullable String externalJudge() {
        return null;
    }

    @Override
    public BlockKind kindOf(DiskImage image, long sector) {
        return sector < 2 ? ToyFormat.HEADER : sector == ToyFormat.STATE_SECTOR ? ToyFormat.STATE : ToyFormat.SNAPSHOT;
    }

    @Override
    public List<String> decode(DiskImage image, long sector) {
        return List.of("first byte " + image.sector(sector).at(0));
    }
}
