package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;

/** On ext3 that logs data, too. */
final class MappedFilesInJournalTest extends MappedFilesContract {

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
        return "nofua,data=journal";
    }

    @Override
    List<String> kept() {
        // They are in one transaction.
        return List.of("aa", "bb");
    }
}
