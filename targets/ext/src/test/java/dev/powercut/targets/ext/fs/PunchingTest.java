package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PunchingTest {

    private static final int PUNCH = 3;
    private static final int ZERO = 0x10;

    static Stream<DiskImage> formats() {
        return Rig.formats().stream();
    }

    /** Ranges in a file of some 1,100 blocks: direct, indirect and doubly indirect, whole and in part. */
    private static long[][] ranges(int block) {
        return new long[][] {
            {0, 1},
            {block / 2, block},
            {block, 2 * block},
            {5 * block + 7, 3 * block},
            {11 * block, 2 * block},
            {10 * block + 1, 300L * block},
            {12 * block, 256L * block},
            {268 * block, 10 * block},
            {500 * block - 1, 2},
            {600 * block, 500L * block},
            {1099 * block, block},
            {0, 1100L * block},
        };
    }

    @ParameterizedTest
    @MethodSource("formats")
    void holesReadAsZeroesAndTheirBlocksAreFreeAgain(DiskImage format) {
        int block = new Rig(format).process.statfs("/").blockSizeBytes();
        for (long[] range : ranges(block)) {
            Rig rig = new Rig(format);
            long freeAtFirst = rig.process.statfs("/").freeBlocks();
            byte[] contents = Rig.pattern(3, 1100 * block);
            rig.write("/file", contents);
            rig.fsync("/file");
            int fd = rig.process.open("/file", OpenFlags.O_RDWR, 0);
            rig.process.fallocate(fd, PUNCH, range[0], range[1]);
            Arrays.fill(contents, (int) range[0], (int) (range[0] + range[1]), (byte) 0);
            assertArrayEquals(contents, rig.read("/file"));
            rig.process.fsync(fd);
            rig.process.close(fd);
            long used = rig.process.stat("/file").blocks512() * 512 / block;
            rig.process.sync();
            assertEquals(freeAtFirst - used, rig.process.statfs("/").freeBlocks(), "from " + range[0]);
            DiskImage image = rig.unmount();
            E2fsprogs.assertClean(image);
            assertArrayEquals(contents, new Rig(image).read("/file"));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void holesInWhatIsNotWrittenYetGiveBackWhatWasReserved(DiskImage format) {
        Rig rig = new Rig(format);
        int block = rig.process.statfs("/").blockSizeBytes();
        long freeAtFirst = rig.process.statfs("/").freeBlocks();
        byte[] contents = Rig.pattern(5, 40 * block);
        rig.write("/file", contents);
        int fd = rig.process.open("/file", OpenFlags.O_RDWR, 0);
        rig.process.fallocate(fd, PUNCH, 3L * block + 1, 20L * block);
        Arrays.fill(contents, 3 * block + 1, 23 * block + 1, (byte) 0);
        assertArrayEquals(contents, rig.read("/file"));
        long promised = rig.process.stat("/file").blocks512();
        assertEquals(
                freeAtFirst - promised * 512 / block, rig.process.statfs("/").freeBlocks());
        rig.process.fsync(fd);
        assertEquals(promised, rig.process.stat("/file").blocks512());
        rig.process.pwrite(fd, contents, 0, block, 10L * block);
        System.arraycopy(contents, 0, contents, 10 * block, block);
        rig.process.close(fd);
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        assertArrayEquals(contents, new Rig(image).read("/file"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void allocationFillsHolesWithZeroesAndKeepsData(DiskImage format) {
        Rig rig = new Rig(format);
        int block = rig.process.statfs("/").blockSizeBytes();
        rig.write("/file", 30L * block, Rig.pattern(7, block));
        int fd = rig.process.open("/file", OpenFlags.O_RDWR, 0);
        rig.process.fallocate(fd, 0, block, 60L * block);
        assertEquals(61L * block, rig.process.fstat(fd).sizeBytes());
        long blocks = rig.process.fstat(fd).blocks512();
        assertEquals(block, rig.process.lseek(fd, 0, 3));
        assertEquals(61L * block, rig.process.lseek(fd, block, 4));
        rig.process.fsync(fd);
        assertEquals(blocks, rig.process.fstat(fd).blocks512());
        assertEquals(61L * (block / 512), blocks, 1.0 * block / 512);
        rig.process.fallocate(fd, ZERO, 29L * block + 5, block);
        byte[] expected = new byte[61 * block];
        System.arraycopy(Rig.pattern(7, block), 5, expected, 30 * block + 5, block - 5);
        assertArrayEquals(expected, rig.read("/file"));
        rig.process.close(fd);
        DiskImage image = rig.unmount();
        E2fsprogs.assertClean(image);
        assertArrayEquals(expected, new Rig(image).read("/file"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void allocationOfMoreThanThereIsFailsAndChangesNothing(DiskImage format) {
        Rig rig = new Rig(format);
        rig.write("/file", new byte[10]);
        rig.fsync("/file");
        long free = rig.process.statfs("/").freeBlocks();
        int fd = rig.process.open("/file", OpenFlags.O_RDWR, 0);
        assertEquals(Errno.ENOSPC, Rig.errnoOf(() -> rig.process.fallocate(fd, 0, 0, 1L << 30)));
        assertEquals(Errno.EFBIG, Rig.errnoOf(() -> rig.process.fallocate(fd, 0, 0, Long.MAX_VALUE)));
        assertEquals(Errno.EOPNOTSUPP, Rig.errnoOf(() -> rig.process.fallocate(fd, 1, 0, 11)));
        assertEquals(Errno.EOPNOTSUPP, Rig.errnoOf(() -> rig.process.fallocate(fd, 2, 0, 1)));
        assertEquals(10, rig.process.fstat(fd).sizeBytes());
        assertEquals(free, rig.process.statfs("/").freeBlocks());
        rig.fileSystem.syncAll(new Trigger.WriteBack());
    }
}
