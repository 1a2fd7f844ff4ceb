package dev.powercut.targets.logfs.fs;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.target.ImageTool.CheckRequest;
import dev.powercut.check.tree.Node;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.FileSystemStatistics;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsImageTool;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.fsck.FuzzedImage;
import dev.powercut.targets.logfs.mkfs.MkfsOptions;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage that does not matter for reading: such an image is read, with a word on it, and refused for writing, with what mends it. */
class OverlookedDamageTest {

    private static final String MENDS = "mend with fsck -y --type logfs";
    private static final LogfsImageTool TOOL = new LogfsImageTool();

    private static ImageBuilder volume() {
        ImageBuilder b = ImageBuilder.populated(2 << 20, MkfsOptions.defaults().withBlocks(1024, 64 << 10));
        int directory = b.directory(1, "behind");
        b.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
        b.file(directory, "file", 3, 1);
        b.clean(1);
        b.group();
        return b;
    }

    private final Node.Directory sound = SecondReader.read(volume().image());

    private void isReadWithAWord(DiskImage image, String word) {
        assertNull(Trees.difference(sound, Trees.mounted(image, true)));
        List<String> remarks = TOOL.remarks(ImageBuilder.disk(image));
        assertEquals(1, remarks.size(), remarks::toString);
        assertTrue(remarks.getFirst().contains(word), remarks::toString);
        assertTrue(remarks.getFirst().contains(MENDS), remarks::toString);
    }

    private static void isRefusedForWriting(DiskImage image, String why) {
        MountException refused = assertThrows(MountException.class, () -> Trees.mounted(image, false));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(why), message);
        assertTrue(message.contains(MENDS), message);
    }

    private void isMended(DiskImage image) {
        SimulatedDisk disk = ImageBuilder.disk(image);
        assertEquals(
                1,
                TOOL.check(disk, new CheckRequest(CheckMode.YES, Map.of(), 0)).exitCode());
        assertNull(Trees.difference(sound, Trees.mounted(disk.image(), false)));
        assertEquals(List.of(), TOOL.remarks(disk));
    }

    @Test
    void aSoundImageIsReadWithoutAWord() {
        assertNull(Trees.difference(sound, Trees.mounted(volume().image(), true)));
        assertEquals(List.of(), TOOL.remarks(ImageBuilder.disk(volume().image())));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {Format.SB_MAGIC, Format.SB_REVISION, Format.SB_BLOCK_SIZE, Format.SB_BLOCK_COUNT, Format.SB_CHECKSUM
            })
    void aDamagedSuperblockIsReadFromItsBackup(int field) {
        ImageBuilder b = volume();
        b.bytes()[field] ^= 0x55;
        isReadWithAWord(b.image(), "its backup in block " + b.g.backupBlock() + " was read instead");
        isRefusedForWriting(b.image(), "restores it from its backup");
        isMended(b.image());
    }

    @Test
    void withoutASoundBackupNothingIsRead() {
        ImageBuilder b = volume();
        b.bytes()[Format.SB_BLOCK_SIZE] ^= 1;
        b.bytes()[b.g.backupBlock() * 1024 + Format.SB_BLOCK_SIZE] ^= 1;
        DiskImage image = b.image();
        MountException refused = assertThrows(MountException.class, () -> Trees.mounted(image, true));
        assertTrue(String.valueOf(refused.getMessage()).contains("checksum is wrong"), refused.getMessage());
        assertTrue(!String.valueOf(refused.getMessage()).contains(MENDS), refused.getMessage());
        assertEquals(List.of(), TOOL.remarks(ImageBuilder.disk(image)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, (64 << 10) + 1})
    void aCountThatCannotBeIsOverlookedByWhoOnlyReads(int count) {
        for (int segment : new int[] {0, 1, 20}) {
            ImageBuilder b = volume();
            int at = b.usageEntryAt(segment);
            put32(b.bytes(), at + Format.USE_LIVE, count);
            FuzzedImage.seal(b.g, b.bytes(), at / 1024);
            String why = "segment " + segment + " counts " + Integer.toUnsignedString(count);
            if (segment == 20) {
                isReadWithAWord(b.image(), why + " live bytes");
                isRefusedForWriting(b.image(), why + " live bytes");
            } else {
                // What the tables take comes to it.
                isReadWithAWord(b.image(), "segment " + segment + " counts ");
                isRefusedForWriting(b.image(), "segment " + segment + " counts ");
            }
            isMended(b.image());
            assertRoomIsWithinBounds(b.image());
        }
    }

    @Test
    void manyCountsThatCannotBeAreOneRemark() {
        ImageBuilder b = volume();
        for (int segment = 0; segment < b.g.segmentCount(); segment++) {
            put32(b.bytes(), b.usageEntryAt(segment) + Format.USE_LIVE, -1 - segment);
        }
        FuzzedImage.seal(b.g, b.bytes(), b.usageEntryAt(0) / 1024);
        isReadWithAWord(b.image(), "others as wrongly");
        assertRoomIsWithinBounds(b.image());
        isMended(b.image());
    }

    private static void assertRoomIsWithinBounds(DiskImage image) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new LogfsType(), SimulatedDisk.unlogged(world, image), true, "");
        FileSystemStatistics room = kernel.process(0, 0).statfs("/");
        assertTrue(room.freeBlocks() >= 0 && room.freeBlocks() <= room.blockCount(), room::toString);
    }
}
