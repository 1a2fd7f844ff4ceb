package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;

/** On ext3, whose data goes to its place before the commit. */
final class MappedFilesOnExt3Test extends MappedFilesContract {

    @Override
    FileSystemType type() {
        return new Ext3Type();
    }

    @Override
    DiskImage format() {
        return Rig.format(8 * Rig.MIB, options -> options.withJournal(1024));
    }

    @Override
    String mountOptions() {
        return "nofua";
    }

    @Override
    List<String> kept() {
        // Neighbours go in one request.
        return List.of("aa", "bb");
    }
}
