package dev.powercut.targets.ext;

import dev.powercut.check.target.Barrier;
import dev.powercut.check.target.Checker;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import dev.powercut.targets.ext.planted.LogBarriers;
import dev.powercut.targets.ext.planted.LogDefects;
import dev.powercut.targets.ext.redo.DataMode;
import dev.powercut.targets.ext.redo.Ext3Options;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ext3: the layout of ext2 with a redo log, as a target. */
public final class Ext3Target extends ExtTarget {

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
    MkfsOptions mkfsOptions(FormatRequest request) {
        return FormatOptions.parseExt3(request);
    }

    @Override
    FileSystemType correct() {
        return new Ext3Type();
    }

    @Override
    FileSystemType without(String barrier) {
        return LogBarriers.remove(barrier);
    }

    @Override
    FileSystemType planted(String defect) {
        return LogDefects.plant(defect);
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
                options.barriers() ? Guarantees.ANY_ORDER : Guarantees.IN_ORDER);
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
}
