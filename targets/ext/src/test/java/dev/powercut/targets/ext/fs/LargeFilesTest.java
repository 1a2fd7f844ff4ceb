package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.BlockMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sparse and large files: every level of indirect blocks, sizes beyond 2 GiB, the largest size. */
class LargeFilesTest {

    static List<DiskImage> formats() {
        return Rig.formats();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void blocksOfAllLevelsAreFoundAgainAndGivenBack(DiskImage image) {
        Rig rig = new Rig(image);
        int blockSize = rig.process.statfs("/").blockSizeBytes();
        BlockMap map = new BlockMap(blockSize);
        long freeBefore = rig.process.statfs("/").freeBlocks();
        long[] places = {
            0,
            11L * blockSize,
            12L * blockSize,
            map.firstFileBlock(13) * blockSize - 10,
            map.firstFileBlock(13) * blockSize + 5L * blockSize,
            map.firstFileBlock(14) * blockSize - 100,
            map.firstFileBlock(14) * blockSize + map.span(2) * blockSize,
            map.maxFileSizeBytes() - 300
        };
        for (int i = 0; i < places.length; i++) {
            rig.write("/file", places[i], pattern(i, 300));
        }
        assertEquals(map.maxFileSizeBytes(), rig.process.stat("/file").sizeBytes());
        DiskImage after = rig.unmount();
        E2fsprogs.assertClean(after);

        Rig again = new Rig(after);
        for (int i = 0; i < places.length; i++) {
            assertArrayEquals(pattern(i, 300), again.read("/file", places[i], 300), "at " + places[i]);
        }
        again.process.truncate("/file", places[4] + 7);
        assertEquals(7, again.read("/file", places[4], 300).length);
        assertArrayEquals(pattern(2, 300), again.read("/file", places[2], 300));
        again.process.unlink("/file");
        assertEquals(freeBefore, again.process.statfs("/").freeBlocks());
        E2fsprogs.assertClean(again.unmount());
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 4096})
    void beyondTheLargestSizeThereIsEfbig(int blockSize) {
        Rig rig = new Rig(Rig.format(8 * Rig.MIB, options -> options.withBlockSize(blockSize)));
        long largest = new BlockMap(blockSize).maxFileSizeBytes();
        rig.write("/file", largest - 10, pattern(1, 10));
        assertEquals(Errno.EFBIG, Rig.errnoOf(() -> rig.write("/file", largest, new byte[1])));
        assertEquals(Errno.EFBIG, Rig.errnoOf(() -> rig.process.truncate("/file", largest + 1)));
        assertEquals(largest, rig.process.stat("/file").sizeBytes());
        rig.process.truncate("/file", largest);
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void theSuperblockTellsOfFilesBeyondTwoGibibytes() {
        DiskImage format = withoutLargeFile(Rig.format(8 * Rig.MIB, options -> options.withBlockSize(4096)));
        Rig small = new Rig(format);
        small.write("/file", Integer.MAX_VALUE - 1L, new byte[] {1});
        assertFalse(hasLargeFile(small.unmount()));
        Rig large = new Rig(format);
        large.write("/file", Integer.MAX_VALUE, new byte[] {1});
        DiskImage image = large.unmount();
        assertTrue(hasLargeFile(image));
        E2fsprogs.assertClean(image);
    }

    private static DiskImage withoutLargeFile(DiskImage image) {
        byte[] superblock = new byte[Sector.BYTES];
        image.sector(2).copyTo(superblock, 0);
        superblock[0x64] &= ~2;
        return image.with(2, Sector.copyOf(superblock, 0));
    }

    private static boolean hasLargeFile(DiskImage image) {
        return (image.sector(2).at(0x64) & 2) != 0;
    }

    @Test
    void holesTakeNoSpaceAndOnlyWhatIsWrittenIsAllocated() {
        Rig rig = new Rig(Rig.format());
        rig.write("/file", 100 * 1024 + 10, pattern(1, 1));
        rig.fsync("/file");
        // One block of data and one of pointers, of 1 KiB each.
        assertEquals(4, rig.process.stat("/file").blocks512());
        rig.process.truncate("/file", 1 << 30);
        rig.fsync("/file");
        assertEquals(4, rig.process.stat("/file").blocks512());
        E2fsprogs.assertClean(rig.unmount());
    }

    @Test
    void aFileThatGrowsAgainShowsZeroesWhereItWasCut() {
        Rig rig = new Rig(Rig.format());
        rig.write("/file", pattern(1, 5000));
        rig.process.sync();
        rig.process.truncate("/file", 1500);
        rig.process.truncate("/file", 9000);
        byte[] expected = new byte[9000];
        System.arraycopy(pattern(1, 1500), 0, expected, 0, 1500);
        assertArrayEquals(expected, rig.read("/file"));
        assertArrayEquals(expected, new Rig(rig.unmount()).read("/file"));
    }
}
