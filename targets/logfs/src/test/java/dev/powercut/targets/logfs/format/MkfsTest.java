package dev.powercut.targets.logfs.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.fs.LogfsType;
import dev.powercut.targets.logfs.fsck.Fsck;
import dev.powercut.targets.logfs.mkfs.DeviceTooSmallException;
import dev.powercut.targets.logfs.mkfs.Mkfs;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mkfs writes is what the format says, read back through the decoders. */
class MkfsTest {

    private static SimulatedDisk disk(long bytes) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(bytes / Sector.BYTES));
    }

    private static byte[] blocks(SimulatedDisk disk, Geometry g, int block, int count) {
        byte[] b = new byte[count * g.blockSizeBytes()];
        disk.read((long) block * g.sectorsPerBlock(), b.length / Sector.BYTES, b, 0);
        return b;
    }

    private static Checkpoint checkpoint(SimulatedDisk disk, Geometry g, long sequence) {
        byte[] b = blocks(disk, g, g.checkpointBlock(sequence), g.checkpointBlocks());
        int length = Checkpoint.lengthBytes(g, b);
        assertTrue(length > 0);
        return Objects.requireNonNull(Checkpoint.decode(g, new Checksum(g.volumeId()), b, length));
    }

    @ParameterizedTest
    @CsvSource({"8388608, 1024, 65536", "8388608, 4096, 65536", "67108864, 4096, 262144", "3000832, 2048, 16384"})
    void aFreshVolumeHasARootAndNothingElse(long bytes, int blockSize, int segmentBytes) throws Exception {
        SimulatedDisk disk = disk(bytes);
        Geometry made = Mkfs.format(disk, MkfsOptions.defaults().withBlocks(blockSize, segmentBytes));
        byte[] sector = blocks(disk, made, 0, 1);
        assertEquals(made, Superblock.decode(sector, 0, bytes, 0));
        assertEquals(made, Superblock.decode(blocks(disk, made, made.backupBlock(), 1), 0, bytes, 0));
        assertTrue(made.fileBlocks() * blockSize > bytes / 2, made::toString);

        Checkpoint newest = checkpoint(disk, made, 1);
        assertEquals(1, newest.sequence());
        assertEquals(0, checkpoint(disk, made, 0).sequence());
        int map = newest.mapBlocks()[0];
        byte[] entries = blocks(disk, made, map, 1);
        int at = Format.ROOT_INODE * Format.MAP_ENTRY_BYTES;
        byte[] inode = blocks(disk, made, LittleEndian.s32(entries, at + Format.MAP_BLOCK), 1);
        assertEquals(Format.ROOT_INODE, InodeRecord.number(inode, 0));
        assertEquals(LittleEndian.s64(entries, at + Format.MAP_VERSION), InodeRecord.version(inode, 0));
        assertEquals(2, InodeRecord.linkCount(inode, 0));

        int first = made.segmentStart(0);
        byte[] write = blocks(disk, made, first, made.segmentBlocks());
        Checksum checksum = new Checksum(made.volumeId());
        assertTrue(Summary.isPlausible(made, write, 0, first));
        assertTrue(Summary.isSound(made, checksum, write, 0));
        assertTrue(Summary.isPayloadWhole(made, checksum, write, 0));
        assertEquals(newest.nextBlock(), Summary.next(write, 0));
        assertEquals(newest.nextSequence(), Summary.sequence(write, 0) + 1);
        write[made.blockSizeBytes() + 5] ^= 1;
        assertFalse(Summary.isPayloadWhole(made, checksum, write, 0));
    }

    @Test
    void aCheckpointWithoutItsTailIsNone() throws Exception {
        SimulatedDisk disk = disk(8 << 20);
        Geometry g = Mkfs.format(disk, MkfsOptions.defaults());
        byte[] b = blocks(disk, g, g.checkpointBlock(1), g.checkpointBlocks());
        int length = Checkpoint.lengthBytes(g, b);
        Checksum checksum = new Checksum(g.volumeId());
        assertNotNull(Checkpoint.decode(g, checksum, b, length));
        b[length - 8]++;
        assertNull(Checkpoint.decode(g, checksum, b, length));
        b[length - 8]--;
        b[Format.CP_POINTERS]++;
        assertNull(Checkpoint.decode(g, checksum, b, length));
    }

    @Test
    void anotherMkfsCountsOnFromTheOldOne() throws Exception {
        SimulatedDisk disk = disk(8 << 20);
        Mkfs.format(disk, MkfsOptions.defaults());
        Geometry again = Mkfs.format(disk, MkfsOptions.defaults());
        assertEquals(4, checkpoint(disk, again, 4).sequence());
        assertEquals(5, checkpoint(disk, again, 5).sequence());
    }

    @Test
    void aDeviceThatIsTooSmallIsRefused() {
        assertThrows(DeviceTooSmallException.class, () -> Mkfs.format(disk(512 << 10), MkfsOptions.defaults()));
    }

    /** As many blocks as addresses reach, of each size: made, mounted, written to, and checked; with one block more there is none. */
    @ParameterizedTest
    @ValueSource(ints = {1024, 4096})
    void theLargestVolumeIsUsedAndALargerOneRefused(int blockSize) throws Exception {
        long bytes = (long) Format.MAX_BLOCKS * blockSize;
        MkfsOptions options = MkfsOptions.defaults().withBlocks(blockSize, MkfsOptions.SEGMENT_BY_SIZE);
        SimulatedDisk disk = disk(bytes);
        Geometry g = Mkfs.format(disk, options);
        assertEquals(Format.MAX_BLOCKS, g.blockCount());
        assertTrue(g.segmentCount() <= Format.MAX_SEGMENTS && g.segmentCount() > Format.MAX_SEGMENTS / 4, g::toString);
        Kernel kernel = new Kernel(World.withOneTask(Choices.zero()), 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new LogfsType(), disk, false, "");
        Process process = kernel.process(0, 0);
        int fd = process.open("/a", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
        process.write(fd, new byte[9000], 0, 9000);
        process.close(fd);
        kernel.unmount("/");
        assertEquals(List.of(), new Fsck().check(disk).lines());

        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Mkfs.format(disk(bytes + blockSize), options));
        assertTrue(String.valueOf(refused.getMessage()).contains("at most 2147483647 blocks"), refused::getMessage);
    }

    @Test
    void segmentsThatAreTooManyAreRefusedAndChosenLongerWhenNobodyAsks() throws Exception {
        long most = (long) Format.MAX_SEGMENTS * Format.DEFAULT_SEGMENT_BYTES;
        MkfsOptions asked = MkfsOptions.defaults().withBlocks(4096, Format.DEFAULT_SEGMENT_BYTES);
        assertEquals(64, Mkfs.format(disk(most), asked).segmentBlocks());
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Mkfs.format(disk(most + Format.DEFAULT_SEGMENT_BYTES), asked));
        assertTrue(String.valueOf(refused.getMessage()).contains("segment=512K"), refused::getMessage);
        assertEquals(64, Mkfs.format(disk(most), MkfsOptions.defaults()).segmentBlocks());
        assertEquals(
                128,
                Mkfs.format(disk(most + Format.DEFAULT_SEGMENT_BYTES), MkfsOptions.defaults())
                        .segmentBlocks());
    }

    @ParameterizedTest
    @CsvSource({
        "0, whole number from 16 on",
        "15, whole number from 16 on",
        "-3, whole number from 16 on",
        "many, whole number from 16 on",
        "2049, at most one inode for each",
        "2147483648, at most 2147483647",
        "4000000000, at most 2147483647"
    })
    void aNumberOfInodesThatCannotBeIsRefusedWithTheReason(String inodes, String reason) {
        FormatRequest request = new FormatRequest(8 << 20, 4096, "inodes=" + inodes);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new LogfsTarget().format(request));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 2048})
    void asManyInodesAsWereAskedForAreThere(int inodes) throws Exception {
        FormatRequest request = new FormatRequest(8 << 20, 4096, "inodes=" + inodes);
        SimulatedDisk disk =
                SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), new LogfsTarget().format(request));
        Geometry g = Superblock.decode(
                blocks(disk, Mkfs.format(disk(8 << 20), MkfsOptions.defaults()), 0, 1), 0, 8 << 20, 0);
        assertEquals(inodes, g.inodeCount());
    }

    @Test
    void extentTreesAreAsShallowAsTheyCanBe() throws Exception {
        Geometry g = Mkfs.format(disk(8 << 20), MkfsOptions.defaults());
        assertEquals(0, InodeRecord.depthFor(g, 10));
        assertEquals(1, InodeRecord.depthFor(g, 11));
        assertEquals(1, InodeRecord.depthFor(g, 40 * 256));
        assertEquals(2, InodeRecord.depthFor(g, 40 * 256 + 1));
        assertEquals(3, InodeRecord.depthFor(g, 40 * 1024 * 256 + 1));
    }
}
