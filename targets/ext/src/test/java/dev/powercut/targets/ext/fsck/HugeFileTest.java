package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the feature huge_file an inode counts its room in 48 bits, in blocks when its flag says so; as for e2fsck. */
class HugeFileTest {

    private final Fsck fsck = new Fsck();

    /** @param count what the inode of a file of 3 blocks of 4 KiB counts */
    @ParameterizedTest
    @CsvSource({
        "true, false, 24, 0", //
        "true, true, 3, 0",
        "true, true, 24, 4",
        "true, false, 3, 4",
        "true, false, 0x100000018, 4",
        "false, false, 24, 0",
        "false, true, 24, 0",
        "false, true, 3, 4",
        "false, false, 0x100000018, 4"
    })
    void countsAreThoseOfE2fsck(boolean feature, boolean flag, String count, int exit) {
        Surgery s =
                Surgery.on(8 << 20, MkfsOptions.defaults().withBlockSize(4096).withInodeSize(256));
        int at = s.inodeOffset(s.file(Format.ROOT_INODE, "file", 3));
        if (feature) {
            int roCompat = Superblock.roCompat(s.b, Surgery.SUPERBLOCK);
            Superblock.setRoCompat(s.b, Surgery.SUPERBLOCK, roCompat | Features.RO_COMPAT_HUGE_FILE);
        }
        InodeRecord.setFlags(s.b, at, flag ? Format.INODE_HUGE_FILE : 0);
        InodeRecord.setSectorCount(s.b, at, Long.decode(count));
        assertEquals(exit, E2fsprogs.e2fsck(s.image()).exit());
        SimulatedDisk disk = Surgery.disk(s.image());
        FsckReport check = fsck.check(disk);
        assertEquals(exit, check.exitCode(), () -> check.lines().toString());
        assertEquals(exit == 0 ? 0 : 1, fsck.repair(disk).exitCode());
        assertEquals(List.of(), fsck.check(disk).lines());
        E2fsprogs.assertClean(disk.image());
    }
}
