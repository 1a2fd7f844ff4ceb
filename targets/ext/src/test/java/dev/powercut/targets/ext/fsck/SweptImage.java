package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Small sound images with one of everything that has fields, by block size, inode size and features. */
enum SweptImage {
    MKE2FS_1K_128(1024, "-I", "128"),
    MKE2FS_1K_256_INDEXED(1024, "-I", "256"),
    MKE2FS_2K_256(2048, "-I", "256"),
    MKE2FS_4K_128(4096, "-I", "128"),
    MKE2FS_REVISION_0(1024, "-r", "0"),
    MKE2FS_GROUPS(1024, "-I", "256", "-g", "512", "-N", "128", "-O", "^filetype,^resize_inode,^sparse_super"),
    MKE2FS_SPARSE_SUPER2(1024, "-I", "256", "-g", "512", "-N", "128", "-O", "sparse_super2,^resize_inode");

    private static final int LARGE_ENOUGH_BLOCKS = 1500;

    private final int blockSize;
    private final List<String> arguments;

    SweptImage(int blockSize, String... arguments) {
        this.blockSize = blockSize;
        this.arguments = new ArrayList<>(List.of("-t", "ext2", "-b", Integer.toString(blockSize)));
        this.arguments.addAll(List.of(arguments));
        if (!this.arguments.contains("-N")) {
            this.arguments.addAll(List.of("-N", "64"));
        }
    }

    DiskImage image() {
        Surgery s = new Surgery(E2fsprogs.mke2fs((long) LARGE_ENOUGH_BLOCKS * blockSize, arguments, debugfs()));
        int docs = s.directory(Format.ROOT_INODE, "docs");
        s.directory(docs, "deep");
        s.file(docs, "file", 3);
        s.file(docs, "larger", 16);
        s.file(docs, "n".repeat(255), 0);
        s.symlink(docs, "fast", "target");
        s.symlink(docs, "slow", "t".repeat(100));
        s.special(docs, "pipe", Format.MODE_FIFO);
        s.special(docs, "device", Format.MODE_BLOCK_DEVICE);
        deep(s, docs);
        if (this == MKE2FS_2K_256) {
            s.map(Format.BAD_BLOCKS_INODE, 0, s.allocateBlock());
            s.map(Format.BAD_BLOCKS_INODE, 12, s.allocateBlock());
        }
        if (this != MKE2FS_1K_256_INDEXED) {
            return s.image();
        }
        int wide = s.directory(Format.ROOT_INODE, "wide");
        int file = s.lookup(docs, "file");
        for (int i = 0; i < 30; i++) {
            s.link(wide, i + "x".repeat(150), file, Format.TYPE_REGULAR);
            s.addLinks(file, 1);
        }
        return E2fsprogs.repairedByE2fsck(s.image(), "-fyD");
    }

    /** A file with a block at two depths, and holes. */
    private void deep(Surgery s, int docs) {
        int file = s.file(docs, "sparse", 1);
        for (long at : new long[] {12 + 3, 12 + s.blockSize / 4 + 5}) {
            int block = s.allocateBlock();
            Arrays.fill(s.b, s.blockOffset(block), s.blockOffset(block + 1), (byte) 7);
            s.map(file, at, block);
            InodeRecord.setSize(s.b, s.inodeOffset(file), (at + 1) * s.blockSize);
        }
    }

    private String debugfs() {
        if (this == MKE2FS_REVISION_0) {
            return "";
        }
        return """
                write /etc/hostname one
                ea_set one user.short value
                ea_set one user.other another
                write /etc/hostname two
                ea_set two user.long %s
                """.formatted("v".repeat(200));
    }
}
