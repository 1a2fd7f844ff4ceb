package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ext3 images that mke2fs makes are sound to our fsck, whatever their shape, and what it does to them is to e2fsck. */
class ForeignJournalTest {

    private static final String FILES =
            "mkdir a\nwrite /usr/bin/env a/b\nwrite /usr/sbin/e2fsck large\nsymlink s a/b\nln a/b c\nsif a/b links_count 2\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | -b 1024",
                "8 | -b 1024 -J size=1",
                "8 | -b 1024 -J size=3 -O ^dir_index",
                "12 | -b 2048 -J size=2 -I 128",
                "32 | -b 1024 -J size=8 -O ^resize_inode,sparse_super2",
                "16 | -b 4096 -J size=4",
                "64 | -b 4096",
                "64 | -b 1024 -g 2048 -J size=16",
            })
    void imageIsSound(int mib, String options) {
        List<String> arguments = new ArrayList<>(List.of("-t", "ext3"));
        arguments.addAll(List.of(options.trim().split(" ")));
        DiskImage image = E2fsprogs.mke2fs((long) mib << 20, arguments, FILES);
        DiskImage dirty = E2fsprogs.changedByDebugfs(image, "jo\njw -b " + freeBlock(image) + " /usr/bin/env\njc\n");
        Fsck fsck = Fsck.ofExt3(RecoveryRules.ALL);
        for (DiskImage each : List.of(image, dirty)) {
            SimulatedDisk disk = Surgery.disk(each);
            assertEquals(List.of(), fsck.check(disk).lines());
            FsckReport report = fsck.run(disk, FsckOptions.PREEN);
            assertEquals(FsckReport.EXIT_CLEAN, report.exitCode());
            assertEquals(
                    each == dirty,
                    report.recovery() != null && report.recovery().transactions() == 1);
            E2fsprogs.assertClean(disk.image());
        }
    }

    /** Near the end, behind the journal and all files. */
    private static int freeBlock(DiskImage image) {
        byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
        image.read(2, 2, superblock, 0);
        return Superblock.blockCount(superblock, 0) - 3;
    }
}
