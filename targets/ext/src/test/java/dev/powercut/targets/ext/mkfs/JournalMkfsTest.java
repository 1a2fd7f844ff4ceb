package dev.powercut.targets.ext.mkfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes that mkfs makes with a journal are true ext3 volumes. */
class JournalMkfsTest {

    private static DiskImage format(long sizeBytes, MkfsOptions options) throws DeviceTooSmallException {
        SimulatedDisk disk =
                SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(sizeBytes / Sector.BYTES));
        Mkfs.format(disk, options);
        return disk.image();
    }

    private static MkfsOptions options(int blockSize, int journalBlocks) {
        return MkfsOptions.defaults()
                .withBlockSize(blockSize)
                .withJournal(journalBlocks)
                .withDeviceIsZero(true);
    }

    private static List<String> journalLines(DiskImage image) {
        return E2fsprogs.dumpe2fs(image)
                .lines()
                .filter(line -> line.startsWith("Journal") || line.startsWith("Total journal"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "1024, 128, 8, -1, false",
        "1024, 256, 8, 1024, true",
        "2048, 256, 16, -1, true",
        "4096, 128, 16, 1024, false",
        "4096, 256, 64, 5000, true",
        "1024, 128, 40, 12000, true"
    })
    void isCleanForTheRealChecker(int blockSize, int inodeSize, int mib, int journal, boolean resize) throws Exception {
        E2fsprogs.assertClean(format(
                (long) mib << 20,
                options(blockSize, journal).withInodeSize(inodeSize).withResizeInode(resize)));
    }

    @ParameterizedTest
    @CsvSource({"1024, 2", "1024, 8", "1024, 31", "1024, 32", "2048, 64", "4096, 90", "1024, 256"})
    void journalIsAsLargeAsTheRealToolMakesIt(int blockSize, int mib) throws Exception {
        DiskImage theirs =
                E2fsprogs.mke2fs((long) mib << 20, List.of("-t", "ext3", "-b", Integer.toString(blockSize)), "");
        DiskImage ours = format((long) mib << 20, options(blockSize, MkfsOptions.DEFAULT_JOURNAL));
        assertEquals(journalLines(theirs), journalLines(ours));
    }

    @Test
    void journalHasTheIdentityOfTheVolume() throws Exception {
        DiskImage image = format(8 << 20, options(1024, 1024));
        String listing = E2fsprogs.debugfs(image, "logdump -a\nstat <8>\nshow_super_stats -h\n");
        assertTrue(listing.contains("Journal starts at block 0, transaction 1"), listing);
        assertTrue(listing.contains("TOTAL: 1029"), listing);
        assertTrue(listing.contains("Journal backup:           inode blocks"), listing);
        assertTrue(listing.contains("has_journal"), listing);
    }

    @Test
    void journalThatDoesNotFitIsRefused() throws Exception {
        DeviceTooSmallException tooSmall =
                assertThrows(DeviceTooSmallException.class, () -> format(1 << 20, options(1024, 1024)));
        E2fsprogs.assertClean(format(tooSmall.minimumBytes(), options(1024, 1024)));
        assertThrows(DeviceTooSmallException.class, () -> format(8 << 20, options(1024, 4500)));
        assertThrows(IllegalArgumentException.class, () -> options(1024, 1023));
    }

    @Test
    void journalOnADirtyDeviceIsMadeEmpty() throws Exception {
        byte[] dirt = new byte[8 << 20];
        Arrays.fill(dirt, (byte) 0xC0);
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.of(dirt));
        Mkfs.format(disk, options(1024, 1024).withDeviceIsZero(false));
        E2fsprogs.assertClean(disk.image());
    }
}
