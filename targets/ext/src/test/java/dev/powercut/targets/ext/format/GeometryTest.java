package dev.powercut.targets.ext.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Measures of a volume, and the refusal of superblocks that do not hold together. */
class GeometryTest {

    /** A superblock of 20,481 blocks of 1 KiB in three groups. */
    private static byte[] superblock() {
        byte[] b = new byte[1024];
        Superblock.setMagic(b, 0, Format.MAGIC);
        Superblock.setRevision(b, 0, 1);
        Superblock.setBlockCount(b, 0, 20_481);
        Superblock.setFirstDataBlock(b, 0, 1);
        Superblock.setBlocksPerGroup(b, 0, 8192);
        Superblock.setClustersPerGroup(b, 0, 8192);
        Superblock.setInodesPerGroup(b, 0, 512);
        Superblock.setInodeCount(b, 0, 1536);
        Superblock.setInodeSize(b, 0, 256);
        Superblock.setFirstInode(b, 0, 11);
        Superblock.setCompat(b, 0, Features.COMPAT_EXT_ATTR);
        Superblock.setIncompat(b, 0, Features.INCOMPAT_FILETYPE);
        Superblock.setRoCompat(b, 0, Features.RO_COMPAT_SPARSE_SUPER);
        return b;
    }

    private static final long DEVICE_BYTES = 20_481L * 1024;

    private static ImageFormatException refused(Consumer<byte[]> change) {
        byte[] b = superblock();
        change.accept(b);
        return assertThrows(ImageFormatException.class, () -> Geometry.of(b, 0, DEVICE_BYTES));
    }

    @Test
    void measuresFollowFromTheSuperblock() throws ImageFormatException {
        Geometry g = Geometry.of(superblock(), 0, DEVICE_BYTES);
        assertEquals(3, g.groupCount());
        assertEquals(8193, g.firstBlockOfGroup(1));
        assertEquals(4096, g.blocksInGroup(2));
        assertEquals(1, g.groupOfBlock(8193));
        assertEquals(0, g.indexOfBlock(8193));
        assertEquals(0, g.groupOfInode(512));
        assertEquals(1, g.groupOfInode(513));
        assertEquals(128, g.inodeTableBlocks());
        assertEquals(1, g.inodeTableBlockOf(5));
        assertEquals(256, g.offsetInBlockOfInode(6));
        assertEquals(1, g.descriptorBlocks());
        assertEquals(2, g.headBlocks(0));
        assertEquals(2, g.headBlocks(1));
        assertEquals(0, g.headBlocks(2));
    }

    @Test
    void sparseBackupsAreInPowersOfThreeFiveSeven() throws ImageFormatException {
        Geometry g = Geometry.of(superblock(), 0, DEVICE_BYTES);
        StringBuilder groups = new StringBuilder();
        for (int group = 0; group < 400; group++) {
            if (g.hasSuperblock(group)) {
                groups.append(group).append(' ');
            }
        }
        assertEquals("0 1 3 5 7 9 25 27 49 81 125 243 343 ", groups.toString());
    }

    @Test
    void everythingThatContradictsIsRefusedWithItsPlace() {
        assertEquals(1024 + 0x38, refused(b -> Superblock.setMagic(b, 0, 0)).offsetBytes());
        assertTrue(refused(b -> Superblock.setIncompat(b, 0, 0x42)).what().contains("extent"));
        assertTrue(refused(b -> Superblock.setBlockCount(b, 0, 20_482)).remedy().contains("truncated"));
        refused(b -> Superblock.setLogBlockSize(b, 0, 3));
        refused(b -> Superblock.setLogBlockSize(b, 0, -1));
        refused(b -> Superblock.setRevision(b, 0, 2));
        refused(b -> Superblock.setBlockCount(b, 0, -1));
        refused(b -> Superblock.setBlockCount(b, 0, 0));
        refused(b -> Superblock.setBlocksPerGroup(b, 0, 0));
        refused(b -> Superblock.setBlocksPerGroup(b, 0, 8200));
        refused(b -> Superblock.setClustersPerGroup(b, 0, 4096));
        refused(b -> Superblock.setInodesPerGroup(b, 0, 0));
        refused(b -> Superblock.setInodeCount(b, 0, 1535));
        refused(b -> Superblock.setInodeSize(b, 0, 192));
        refused(b -> Superblock.setInodeSize(b, 0, 2048));
        refused(b -> Superblock.setFirstInode(b, 0, 3));
        refused(b -> Superblock.setFirstDataBlock(b, 0, 0));
        refused(b -> Superblock.setReservedGdtBlocks(b, 0, 257));
    }

    @Test
    void unknownReadOnlyFeaturesForbidWritingOnly() throws ImageFormatException {
        byte[] b = superblock();
        Superblock.setRoCompat(b, 0, Features.RO_COMPAT_HUGE_FILE | Features.RO_COMPAT_SPARSE_SUPER);
        Geometry g = Geometry.of(b, 0, DEVICE_BYTES);
        assertTrue(g.mustBeReadOnly());
        assertEquals("huge_file", Features.roCompatNames(g.unknownRoCompat()));
    }

    /** Any bytes give a geometry that is in range, or a refusal; never anything else. */
    @Property(seed = "1", tries = 2000)
    void changedBytesAreRefusedOrStayInRange(@ForAll @Size(min = 1, max = 6) int[] changes) {
        byte[] b = superblock();
        for (int change : changes) {
            b[(change >>> 8) % 0x68] = (byte) change;
        }
        Superblock.setMagic(b, 0, Format.MAGIC);
        try {
            Geometry g = Geometry.of(b, 0, DEVICE_BYTES);
            assertTrue(g.volumeBytes() <= DEVICE_BYTES);
            assertTrue(g.groupCount() >= 1 && g.inodeCount() >= 8);
            assertTrue(g.firstBlockOfGroup(g.groupCount() - 1) < g.blockCount());
        } catch (ImageFormatException expected) {
            assertTrue(expected.offsetBytes() >= 1024 && expected.offsetBytes() < 2048);
        }
    }

    @Test
    void rolesOfAllBlocksOfAGroup() throws ImageFormatException {
        Geometry g = Geometry.of(superblock(), 0, DEVICE_BYTES);
        byte[] d = new byte[96];
        for (int group = 0; group < 3; group++) {
            int start = g.firstBlockOfGroup(group) + g.headBlocks(group);
            GroupDescriptor.setBlockBitmap(d, group * 32, start);
            GroupDescriptor.setInodeBitmap(d, group * 32, start + 1);
            GroupDescriptor.setInodeTable(d, group * 32, start + 2);
        }
        GroupTable table = GroupTable.of(g, d, 0);
        assertEquals(BlockRole.BOOT, table.roleOf(0));
        assertEquals(BlockRole.SUPERBLOCK, table.roleOf(1));
        assertEquals(BlockRole.GROUP_DESCRIPTORS, table.roleOf(2));
        assertEquals(BlockRole.BLOCK_BITMAP, table.roleOf(3));
        assertEquals(BlockRole.INODE_BITMAP, table.roleOf(4));
        assertEquals(BlockRole.INODE_TABLE, table.roleOf(5));
        assertEquals(BlockRole.INODE_TABLE, table.roleOf(132));
        assertEquals(BlockRole.DATA, table.roleOf(133));
        assertEquals(BlockRole.BLOCK_BITMAP, table.roleOf(16385));
        assertEquals(16387 + 1, table.blockOfInode(1025 + 5));

        GroupDescriptor.setInodeBitmap(d, 32, g.firstBlockOfGroup(2));
        assertThrows(ImageFormatException.class, () -> GroupTable.of(g, d, 0));
        GroupDescriptor.setInodeBitmap(d, 32, GroupDescriptor.blockBitmap(d, 32));
        assertThrows(ImageFormatException.class, () -> GroupTable.of(g, d, 0));
        GroupDescriptor.setInodeBitmap(d, 32, GroupDescriptor.inodeTable(d, 32) + 127);
        assertThrows(ImageFormatException.class, () -> GroupTable.of(g, d, 0));
    }
}
