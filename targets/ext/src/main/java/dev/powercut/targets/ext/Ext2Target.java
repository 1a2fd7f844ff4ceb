package dev.powercut.targets.ext;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import dev.powercut.targets.ext.planted.Barriers;
import dev.powercut.targets.ext.planted.Defects;
import java.util.List;

/** ext2 with careful ordering, as a target. */
public final class Ext2Target extends ExtTarget {

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
    MkfsOptions mkfsOptions(FormatRequest request) {
        return FormatOptions.parse(request);
    }

    @Override
    FileSystemType correct() {
        return new Ext2Type();
    }

    @Override
    FileSystemType without(String barrier) {
        return Barriers.remove(barrier);
    }

    @Override
    FileSystemType planted(String defect) {
        return Defects.plant(defect);
    }

    @Override
    public Checker newChecker() {
        return new Fsck();
    }

    @Override
    public Guarantees guarantees(String mountOptions) {
        return new Guarantees(
                true,
                true,
                true,
                false,
                TIMESTAMP_GRANULARITY_NANOS,
                hasBarriers(mountOptions) ? Guarantees.ANY_ORDER : Guarantees.IN_ORDER);
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
}
