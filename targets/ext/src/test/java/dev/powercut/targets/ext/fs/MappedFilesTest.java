package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;

/** On ext2. */
final class MappedFilesTest extends MappedFilesContract {

    @Override
    FileSystemType type() {
        return new Ext2Type();
    }

    @Override
    DiskImage format() {
        return Rig.format();
    }

    @Override
    String mountOptions() {
        return "";
    }

    @Override
    List<String> kept() {
        return List.of("aa", "ab", "ba", "bb");
    }
}
