package dev.powercut.targets.ext.mkfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Volumes that mkfs makes are true ext2 volumes. */
class MkfsTest {

    private static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.seeded(1)), image);
    }

    private static DiskImage format(long sizeBytes, MkfsOptions options) throws DeviceTooSmallException {
        SimulatedDisk disk = disk(DiskImage.blank(sizeBytes / Sector.BYTES));
        Mkfs.format(disk, options.withDeviceIsZero(true));
        return disk.durableImage();
    }

    static Stream<Arguments> volumes() {
        Stream<Arguments> usual = Stream.of(1024, 2048, 4096)
                .flatMap(blockSize -> Stream.of(128, 256)
                        .flatMap(inodeSize -> Stream.of(256L << 10, 1L << 20, (8L << 20) + 512, 20L << 20, 90L << 20)
                                .flatMap(size -> Stream.of(false, true)
                                        .map(resize -> Arguments.of(blockSize, inodeSize, size, resize)))));
        return Stream.concat(usual, largeInodes());
    }

    /** Every inode size above those that are usual, up to the block. */
    private static Stream<Arguments> largeInodes() {
        return Stream.of(1024, 2048, 4096)
                .flatMap(blockSize -> Stream.of(512, 1024, 2048, 4096)
                        .filter(inodeSize -> inodeSize <= blockSize)
                        .flatMap(inodeSize -> Stream.of(1L << 20, (8L << 20) + 512, 20L << 20)
                                .map(size -> Arguments.of(blockSize, inodeSize, size, size > 9 << 20))));
    }

    /** As mke2fs is asked for in these tests: one inode for 4 KiB, or for 16 KiB where these would take all the room. */
    private static int bytesPerInode(int inodeSize) {
        return inodeSize < 4096 ? 4096 : 16_384;
    }

    @ParameterizedTest
    @MethodSource("volumes")
    void isCleanForTheRealChecker(int blockSize, int inodeSize, long sizeBytes, boolean resize) throws Exception {
        MkfsOptions options = MkfsOptions.defaults()
                .withBlockSize(blockSize)
                .withInodeSize(inodeSize)
                .withBytesPerInode(bytesPerInode(inodeSize))
                .withResizeInode(resize)
                .withVolumeName("powercut");
        DiskImage image;
        try {
            image = format(sizeBytes, options);
        } catch (DeviceTooSmallException e) {
            assertTrue(e.minimumBytes() > sizeBytes);
            image = format(e.minimumBytes(), options);
        }
        E2fsprogs.assertClean(image);
    }

    @Test
    void isReadByTheRealTools() throws Exception {
        MkfsOptions options = MkfsOptions.defaults()
                .withBlockSize(2048)
                .withInodeSize(256)
                .withResizeInode(true)
                .withVolumeName("a name of 16 byt")
                .withIdentity(new UUID(0x0123456789abcdefL, 0xfedcba9876543210L), new UUID(1, 2))
                .withReservedPercent(7);
        DiskImage image = format(64 << 20, options);
        String dump = E2fsprogs.dumpe2fs(image);
        assertTrue(dump.contains("a name of 16 byt"), dump);
        assertTrue(dump.contains("01234567-89ab-cdef-fedc-ba9876543210"), dump);
        assertTrue(dump.contains("Backup superblock at 16384"), dump);
        String listing = E2fsprogs.debugfs(image, "ls -l /\nstat /lost+found\nstat <7>\n");
        assertTrue(listing.contains("lost+found"), listing);
        assertTrue(listing.contains("Mode:  0700"), listing);
        assertTrue(listing.contains("crtime: 0x"), listing);
    }

    /** mke2fs on the same request chooses the same numbers. */
    @ParameterizedTest
    @MethodSource("volumes")
    void choosesTheNumbersThatMke2fsChooses(int blockSize, int inodeSize, long sizeBytes, boolean resize)
            throws Exception {
        DiskImage ours;
        try {
            ours = format(
                    sizeBytes,
                    MkfsOptions.defaults()
                            .withBlockSize(blockSize)
                            .withInodeSize(inodeSize)
                            .withBytesPerInode(bytesPerInode(inodeSize))
                            .withResizeInode(resize));
        } catch (DeviceTooSmallException e) {
            return;
        }
        DiskImage theirs = E2fsprogs.mke2fs(
                sizeBytes,
                List.of(
                        "-t",
                        "ext2",
                        "-b",
                        "" + blockSize,
                        "-I",
                        "" + inodeSize,
                        "-i",
                        "" + bytesPerInode(inodeSize),
                        "-O",
                        resize ? "resize_inode" : "^resize_inode"),
                "");
        byte[] a = superblock(ours);
        byte[] b = superblock(theirs);
        for (int field : List.of(
                Format.S_INODES_COUNT,
                Format.S_BLOCKS_COUNT,
                Format.S_R_BLOCKS_COUNT,
                Format.S_FREE_BLOCKS_COUNT,
                Format.S_FREE_INODES_COUNT,
                Format.S_FIRST_DATA_BLOCK,
                Format.S_LOG_BLOCK_SIZE,
                Format.S_BLOCKS_PER_GROUP,
                Format.S_INODES_PER_GROUP,
                Format.S_FIRST_INO,
                Format.S_MIN_EXTRA_ISIZE,
                Format.S_FEATURE_RO_COMPAT)) {
            assertEquals(
                    LittleEndian.s32(b, field), LittleEndian.s32(a, field), "field at " + Integer.toHexString(field));
        }
        assertEquals(Superblock.reservedGdtBlocks(b, 0), Superblock.reservedGdtBlocks(a, 0));
    }

    private static byte[] superblock(DiskImage image) {
        byte[] b = new byte[1024];
        image.read(2, 2, b, 0);
        return b;
    }

    @Test
    void foreignDeviceIsWipedWhereItMatters() throws Exception {
        byte[] garbage = new byte[20 << 20];
        Arrays.fill(garbage, (byte) 0xA5);
        for (int blockSize : List.of(1024, 2048, 4096)) {
            SimulatedDisk disk = disk(DiskImage.of(garbage));
            Mkfs.format(disk, MkfsOptions.defaults().withBlockSize(blockSize).withResizeInode(true));
            E2fsprogs.assertClean(disk.durableImage());
        }
    }

    @Test
    void sameRequestGivesTheSameImage() throws Exception {
        assertEquals(
                format(8 << 20, MkfsOptions.defaults()).hash(),
                format(8 << 20, MkfsOptions.defaults()).hash());
        assertNotEquals(
                format(8 << 20, MkfsOptions.defaults()).hash(),
                format(8 << 20, MkfsOptions.defaults().withNow(1_800_000_000L)).hash());
    }

    @Test
    void geometryReturnedIsWhatTheSuperblockSays() throws DeviceTooSmallException, ImageFormatException {
        SimulatedDisk disk = disk(DiskImage.blank(40_000));
        Geometry made = Mkfs.format(disk, MkfsOptions.defaults().withInodeSize(256));
        assertEquals(made, Geometry.of(superblock(disk.image()), 0, 40_000 * 512));
    }

    @Test
    void smallestDeviceIsToldExactly() throws Exception {
        for (int blockSize : List.of(1024, 2048, 4096)) {
            MkfsOptions options =
                    MkfsOptions.defaults().withBlockSize(blockSize).withInodeCount(100);
            long minimum = assertThrows(DeviceTooSmallException.class, () -> format(512, options))
                    .minimumBytes();
            E2fsprogs.assertClean(format(minimum, options));
            assertThrows(DeviceTooSmallException.class, () -> format(minimum - blockSize, options));
        }
    }

    /** One inode of 4 KiB for each 4 KiB leaves nothing for files, however large the device is; mke2fs refuses it too. */
    @Test
    void inodesThatTakeAllTheRoomAreRefusedByName() {
        MkfsOptions greedy = MkfsOptions.defaults().withBlockSize(4096).withInodeSize(4096);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> format(64 << 20, greedy));
        assertTrue(refusal.toString().contains("bytes-per-inode"), refusal::toString);
    }

    @Test
    void nonsenseIsRefused() {
        MkfsOptions options = MkfsOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.withBlockSize(512));
        assertThrows(IllegalArgumentException.class, () -> options.withInodeSize(64));
        assertThrows(IllegalArgumentException.class, () -> options.withInodeSize(384));
        assertThrows(IllegalArgumentException.class, () -> options.withInodeSize(8192));
        assertThrows(IllegalArgumentException.class, () -> format(8 << 20, options.withInodeSize(2048)));
        assertThrows(IllegalArgumentException.class, () -> options.withReservedPercent(51));
        assertThrows(IllegalArgumentException.class, () -> options.withVolumeName("seventeen bytes.."));
        assertThrows(IllegalArgumentException.class, () -> options.withBytesPerInode(0));
        assertThrows(IllegalArgumentException.class, () -> options.withInodeCount(-1));
    }
}
