package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;
import java.util.Arrays;

/**
 * What the resize inode (7) holds, which keeps blocks after the descriptors of group 0 and of every backup group so that the
 * volume can grow. Its double indirect block points to the reserved blocks of group 0; each of them is written as an indirect
 * block that points to the same block of every backup group. Everything follows from the geometry but the place of the double
 * indirect block. Source: what resize2fs and e2fsck expect (lib/ext2fs/res_gdt.c of e2fsprogs, as a source of facts).
 */
public final class ResizeInode {

    private ResizeInode() {}

    /** Fills {@code b} from {@code at} on with the double indirect block. */
    public static void putDoubleIndirect(Geometry geometry, byte[] b, int at) {
        int size = geometry.blockSizeBytes();
        int pointers = size / 4;
        Arrays.fill(b, at, at + size, (byte) 0);
        for (int i = 0; i < geometry.reservedGdtBlocks(); i++) {
            int slot = (geometry.descriptorBlocks() + i) % pointers;
            LittleEndian.put32(b, at + 4 * slot, reservedBlock(geometry, i));
        }
    }

    /** Fills {@code b} from {@code at} on with the contents of one reserved block of group 0. */
    public static void putBackupList(Geometry geometry, int index, byte[] b, int at) {
        int size = geometry.blockSizeBytes();
        Arrays.fill(b, at, at + size, (byte) 0);
        int slot = 0;
        for (int group = 1; group < geometry.groupCount() && slot < size / 4; group++) {
            if (geometry.hasSuperblock(group)) {
                int block = reservedBlock(geometry, index) + group * geometry.blocksPerGroup();
                LittleEndian.put32(b, at + 4 * slot++, block);
            }
        }
    }

    /** The reserved block of group 0 with an index from 0. */
    public static int reservedBlock(Geometry geometry, int index) {
        return geometry.firstDescriptorBlock() + geometry.descriptorBlocks() + index;
    }

    /** Blocks that the inode owns: the double indirect block, and the reserved blocks of all groups. */
    public static long blockCount(Geometry geometry) {
        int copies = 0;
        for (int group = 0; group < geometry.groupCount(); group++) {
            copies += geometry.hasSuperblock(group) ? 1 : 0;
        }
        return 1 + (long) geometry.reservedGdtBlocks() * copies;
    }

    /** Size that the inode has: all that the double indirect block reaches. */
    public static long sizeBytes(Geometry geometry) {
        BlockMap map = geometry.blockMap();
        return map.firstFileBlock(Format.TRIPLE_INDIRECT) * geometry.blockSizeBytes();
    }
}
