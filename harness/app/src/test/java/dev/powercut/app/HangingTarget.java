package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ext2 whose recovery never ends, and asks for nothing. Only JVMs that a test starts for it have it installed. */
public final class HangingTarget implements FileSystemTarget {

    static final String NAME = "hanging";

    private static FileSystemTarget ext2() {
        return Installed.fileSystem("ext2");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "recovery never ends";
    }

    @Override
    public List<PlantedDefect> defects() {
        return List.of();
    }

    @Override
    public FormatRequest defaultFormat() {
        return ext2().defaultFormat();
    }

    @Override
    public DiskImage format(FormatRequest request) {
        return ext2().format(request);
    }

    @Override
    public FileSystemType fileSystem(@Nullable String defect) {
        return ext2().fileSystem(null);
    }

    @Override
    public Checker newChecker() {
        Checker checker = ext2().newChecker();
        return new Checker() {
            @Override
            public CheckResult check(BlockDevice device) {
                return checker.check(device);
            }

            @Override
            public CheckResult recover(BlockDevice device) {
                while (device.sectorCount() > 0) {
                    Thread.onSpinWait();
                }
                return checker.recover(device);
            }

            @Override
            public CheckResult repair(BlockDevice device) {
                return checker.repair(device);
            }
        };
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        return ext2().guarantees(mountOptions);
    }

    @Override
    public @Nullable String externalJudge() {
        return null;
    }

    @Override
    public BlockKind kindOf(DiskImage image, long sector) {
        return ext2().kindOf(image, sector);
    }

    @Override
    public List<String> decode(DiskImage image, long sector) {
        return ext2().decode(image, sector);
    }
}
