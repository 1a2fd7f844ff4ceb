package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.Arrays;

/**
 * A volume of a few hundred KiB with one of everything that a checker or a mount looks at, so that as many as possible of the
 * bytes that a fuzzer puts wrong matter, and a look at all of them takes microseconds.
 */
record SmallVolume(DiskImage image, int[] metadata) {

    /** The volume that a format gives, with an image of so many blocks. */
    static SmallVolume of(int blocks, MkfsOptions options) {
        Surgery s = Surgery.on((long) blocks * options.blockSizeBytes(), options.withInodeCount(32));
        int docs = s.directory(Format.ROOT_INODE, "docs");
        int deep = s.directory(docs, "deep");
        s.directory(deep, "deeper");
        for (int i = 0; i < 5; i++) {
            s.file(i % 2 == 0 ? docs : deep, "file-" + i, i);
        }
        int large = deepFile(s);
        s.link(docs, "also large", large, Format.TYPE_REGULAR);
        s.addLinks(large, 1);
        s.symlink(Format.ROOT_INODE, "short", "docs/deep");
        s.symlink(Format.ROOT_INODE, "long", "x".repeat(100));
        s.special(Format.ROOT_INODE, "pipe", Format.MODE_FIFO);
        s.special(Format.ROOT_INODE, "device", Format.MODE_CHARACTER_DEVICE);
        s.file(docs, "n".repeat(255), 1);
        int attributes = s.allocateBlock();
        s.attributes(large, attributes);
        s.attributes(docs, attributes);
        return new SmallVolume(s.image(), metadata(s, attributes));
    }

    /** A file with one block at each depth of indirection, and holes between. */
    private static int deepFile(Surgery s) {
        int large = s.file(Format.ROOT_INODE, "large", 2);
        long perBlock = s.blockSize / 4;
        long[] blocks = {12, 12 + perBlock, 12 + perBlock + perBlock * perBlock};
        for (long block : blocks) {
            int data = s.allocateBlock();
            Arrays.fill(s.b, s.blockOffset(data), s.blockOffset(data + 1), (byte) 1);
            s.map(large, block, data);
        }
        InodeRecord.setSize(s.b, s.inodeOffset(large), (blocks[2] + 1) * s.blockSize);
        return large;
    }

    /** Offsets of all bytes that mean something: up to the inode tables, the inodes in use, and all blocks but those of data. */
    private static int[] metadata(Surgery s, int attributes) {
        int[] offsets = new int[s.b.length];
        int count = add(offsets, 0, Surgery.SUPERBLOCK, s.blockOffset(s.table.inodeTable(0)));
        int inodes = s.geometry.inodeCount();
        count = add(offsets, count, s.inodeOffset(1), s.inodeOffset(inodes) + s.geometry.inodeSizeBytes());
        count = add(offsets, count, s.blockOffset(attributes), s.blockOffset(attributes + 1));
        for (int inode = 1; inode <= inodes; inode++) {
            boolean directory = InodeRecord.isDirectory(s.b, s.inodeOffset(inode));
            boolean regular = InodeRecord.isRegular(s.b, s.inodeOffset(inode));
            for (int i = 0; i < Format.POINTER_COUNT && (directory || regular); i++) {
                int depth = Math.max(0, i - Format.DIRECT_POINTERS + 1);
                count = tree(s, s.pointer(inode, i), depth, directory, offsets, count);
            }
        }
        return Arrays.copyOf(offsets, count);
    }

    private static int tree(Surgery s, int block, int depth, boolean directory, int[] offsets, int before) {
        int count = before;
        if (block != 0 && (depth > 0 || directory)) {
            count = add(offsets, count, s.blockOffset(block), s.blockOffset(block + 1));
            for (int at = s.blockOffset(block); depth > 0 && at < s.blockOffset(block + 1); at += 4) {
                count = tree(s, LittleEndian.s32(s.b, at), depth - 1, directory, offsets, count);
            }
        }
        return count;
    }

    private static int add(int[] offsets, int before, int from, int to) {
        int count = before;
        for (int at = from; at < to; at++) {
            offsets[count++] = at;
        }
        return count;
    }
}
