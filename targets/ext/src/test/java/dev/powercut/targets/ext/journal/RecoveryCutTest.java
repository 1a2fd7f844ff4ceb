package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power fails during recovery, at any write, in any order that the device allows: the next recovery comes to the same. */
class RecoveryCutTest {

    /** An image whose log holds what debugfs did to another: two files gone or cut short, both on the list of orphans. */
    private static LogBuilder withOrphans(JournalChecksum checksum) throws Exception {
        DiskImage before = E2fsprogs.mke2fs(
                8 << 20,
                List.of("-t", "ext3", "-b", "1024", "-J", "size=1"),
                "write /usr/bin/env gone\nwrite /usr/sbin/e2fsck large\nwrite /usr/bin/env cut\nmkdir folder\n");
        DiskImage after = E2fsprogs.changedByDebugfs(before, """
                sif gone links_count 0
                sif gone dtime 13
                sif large links_count 0
                sif large dtime 14
                sif cut size 3000
                ssv last_orphan 12
                unlink gone
                unlink large
                """);
        LogBuilder log = new LogBuilder(before, checksum, 1000, -1);
        byte[] a = new byte[1024];
        byte[] b = new byte[1024];
        for (int block = 1; block < 8192; block++) {
            before.read(block * 2L, 2, a, 0);
            after.read(block * 2L, 2, b, 0);
            if (!Arrays.equals(a, b)) {
                log.log(block, b.clone());
            }
        }
        log.commit();
        log.log(7000, log.contents(7000, 1)).commit();
        log.log(7001, log.contents(7001, 1)).flush();
        return log;
    }

    private static WriteLog recovery(DiskImage image) throws Exception {
        WriteLog written = new WriteLog(image);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), written);
        RecoveryReport report = new Recovery().recover(disk, 1_800_000_000L);
        assertTrue(report.wasDue());
        return written;
    }

    private static DiskImage after(WriteLog log) {
        DiskImage image = log.base();
        for (int i = 0; i < log.size(); i++) {
            image = WriteLog.apply(image, log.get(i));
        }
        return image;
    }

    private static void assertSameVolume(LogBuilder log, DiskImage expected, DiskImage found, String where) {
        byte[] a = new byte[1024];
        byte[] b = new byte[1024];
        for (int block = 0; block < 8192; block++) {
            if (!log.map.owns(block)) {
                expected.read(block * 2L, 2, a, 0);
                found.read(block * 2L, 2, b, 0);
                int number = block;
                assertArrayEquals(a, b, () -> where + ", block " + number);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = JournalChecksum.class,
            names = {"NONE", "V3"})
    void anyCutComesToTheSame(JournalChecksum checksum) throws Exception {
        LogBuilder log = withOrphans(checksum);
        WriteLog written = recovery(log.image());
        DiskImage expected = after(written);
        E2fsprogs.assertClean(expected);
        for (CrashModel model : List.of(CrashModel.PREFIX, CrashModel.REORDER)) {
            CrashStates states = CrashStates.of(written, model);
            int step = Math.max(1, states.imageCount() / 150);
            for (int image = 0; image < states.imageCount(); image += step) {
                DiskImage cut = states.image(image);
                byte[] superblock = new byte[1024];
                cut.read(2, 2, superblock, 0);
                if (Recovery.isDue(superblock, 0)) {
                    assertSameVolume(log, expected, after(recovery(cut)), model.name() + " " + image);
                } else {
                    assertSameVolume(log, expected, cut, model.name() + " " + image);
                }
            }
        }
    }

    @Test
    void orphansInTheLogAreWorkedOffAsByE2fsck() throws Exception {
        LogBuilder log = withOrphans(JournalChecksum.NONE);
        DiskImage ours = after(recovery(log.image()));
        DiskImage theirs = E2fsprogs.repairedByE2fsck(log.image(), "-fp");
        String commands = "ls -l /\nffi 5\nffb 5\nstat cut\nicheck 7000\n";
        String expected = E2fsprogs.debugfs(theirs, commands);
        assertFalse(expected.contains("gone"), expected);
        assertEquals(expected, E2fsprogs.debugfs(ours, commands));
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), ours);
        assertEquals(
                List.of(),
                Fsck.ofExt3(RecoveryRules.ALL).run(disk, FsckOptions.CHECK).lines());
    }

    /** Transactions of few blocks, and a file that has blocks in every group: it is cut back in several. */
    @Test
    void orphanTooLargeForOneTransactionIsCutBackInSeveral() throws Exception {
        DiskImage image = E2fsprogs.mke2fs(
                10 << 20, List.of("-t", "ext3", "-b", "1024", "-g", "256", "-J", "size=1", "-O", "^resize_inode"), "");
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), ScatteredOrphan.in(image, 1150));
        byte[] superblock = new byte[1024];
        disk.read(2, 2, superblock, 0);
        Geometry geometry = Geometry.ofExt3(superblock, 0, disk.sectorCount() * Sector.BYTES);
        byte[] descriptors = new byte[geometry.descriptorBlocks() * 1024];
        disk.read(4, descriptors.length / Sector.BYTES, descriptors, 0);
        JournalVolume volume = new JournalVolume();
        volume.open(disk, GroupTable.of(geometry, descriptors, 0));
        volume.openJournal(superblock);
        RecoveryTransaction transaction = new RecoveryTransaction(volume);
        transaction.begin(7);
        OrphanList orphans = new OrphanList(volume);
        orphans.run(1_800_000_000L, 24, edits -> {
            assertTrue(edits.count() <= 24, () -> edits.count() + " blocks");
            transaction.commit(edits);
        });
        volume.writeSuperblock(0, transaction.sequence());
        assertEquals(1, orphans.released);
        assertTrue(transaction.sequence() > 7 + 5, "only " + (transaction.sequence() - 7));
        E2fsprogs.assertClean(disk.image());
    }
}
