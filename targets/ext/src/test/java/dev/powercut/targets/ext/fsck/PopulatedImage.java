package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Sound images with some of everything: files of all map depths, directories of many blocks, links of both kinds, devices, shared
 * attribute blocks, several groups. Made by our mkfs, by mke2fs, and by mke2fs and debugfs alone.
 */
enum PopulatedImage {
    OURS_1K_128(1024, 128, 20, false),
    OURS_1K_256_RESIZE(1024, 256, 20, true),
    OURS_2K_256(2048, 256, 40, false),
    OURS_4K_128(4096, 128, 10, true),
    MKE2FS_1K_256("-b", "1024", "-I", "256", "-g", "2048"),
    MKE2FS_2K_1024("-b", "2048", "-I", "1024", "-g", "2048", "-N", "800"),
    MKE2FS_2K_128("-b", "2048", "-I", "128", "-g", "2048"),
    MKE2FS_4K_256("-b", "4096", "-I", "256", "-g", "1024"),
    MKE2FS_1K_EVERY_GROUP("-b", "1024", "-I", "128", "-g", "2048", "-O", "^sparse_super,^resize_inode,^filetype"),
    MKE2FS_INDEXED("-b", "1024", "-I", "256", "-g", "4096"),
    MKE2FS_REVISION_0("-b", "1024", "-r", "0", "-g", "4096");

    private static final int MKE2FS_MIB = 12;

    private final int blockSize;
    private final int inodeSize;
    private final int mib;
    private final boolean resize;
    private final List<String> arguments;

    PopulatedImage(int blockSize, int inodeSize, int mib, boolean resize) {
        this.blockSize = blockSize;
        this.inodeSize = inodeSize;
        this.mib = mib;
        this.resize = resize;
        this.arguments = List.of();
    }

    PopulatedImage(String... arguments) {
        this.blockSize = 0;
        this.inodeSize = 0;
        this.mib = MKE2FS_MIB;
        this.resize = false;
        List<String> all = new ArrayList<>(List.of("-t", "ext2", "-N", "2000"));
        all.addAll(List.of(arguments));
        this.arguments = all;
    }

    DiskImage image() {
        Surgery s = arguments.isEmpty()
                ? Surgery.on(
                        (long) mib << 20,
                        MkfsOptions.defaults()
                                .withBlockSize(blockSize)
                                .withInodeSize(inodeSize)
                                .withResizeInode(resize))
                : new Surgery(E2fsprogs.mke2fs((long) mib << 20, arguments, debugfs()));
        populate(s);
        return this == MKE2FS_INDEXED ? indexed(s) : s.image();
    }

    /** With a directory of several levels of index, and smaller ones. */
    private static DiskImage indexed(Surgery s) {
        int wide = s.directory(Format.ROOT_INODE, "wide");
        int file = s.file(wide, "file", 3);
        for (int i = 0; i < 900; i++) {
            s.link(wide, i + "x".repeat(i % 200), file, Format.TYPE_REGULAR);
            s.addLinks(file, 1);
        }
        return E2fsprogs.repairedByE2fsck(s.image(), "-fyD");
    }

    /** What only debugfs can make: attributes in inodes and blocks. */
    private String debugfs() {
        if (this == MKE2FS_REVISION_0) {
            return "";
        }
        StringBuilder commands = new StringBuilder("mkdir /attributes\ncd /attributes\n");
        for (int i = 0; i < 6; i++) {
            commands.append("symlink s").append(i).append(" target\n");
            commands.append("write /etc/hostname f").append(i).append('\n');
            commands.append("ea_set f")
                    .append(i)
                    .append(" user.short value")
                    .append(i)
                    .append('\n');
            commands.append("ea_set f")
                    .append(i)
                    .append(" user.long ")
                    .append("v".repeat(150 + 40 * i))
                    .append('\n');
        }
        return commands.toString();
    }

    private static void populate(Surgery s) {
        int root = Format.ROOT_INODE;
        int many = s.directory(root, "many");
        for (int i = 0; i < 20; i++) {
            s.file(many, "file with a rather long name, as people like them, number " + i, i % 5);
        }
        int first = s.lookup(many, "file with a rather long name, as people like them, number 1");
        for (int i = 0; i < 60 * s.blockSize / 1024; i++) {
            s.link(many, "n".repeat(180) + i, first, Format.TYPE_REGULAR);
            s.addLinks(first, 1);
        }
        int deep = root;
        for (int level = 0; level < 6; level++) {
            deep = s.directory(deep, "level" + level);
            s.file(deep, "a", 1);
            s.file(deep, "b", 13 + level);
            s.symlink(deep, "fast", "target " + level);
            s.symlink(deep, "slow", "t".repeat(100 + level));
        }
        for (int i = 0; i < 12; i++) {
            int directory = s.directory(root, "d" + i);
            s.file(directory, "one", i);
            s.file(directory, "empty", 0);
        }
        s.special(root, "pipe", Format.MODE_FIFO);
        s.special(root, "socket", Format.MODE_SOCKET);
        InodeRecord.setPointer(s.b, s.inodeOffset(s.special(root, "null", Format.MODE_CHARACTER_DEVICE)), 0, 0x103);
        InodeRecord.setPointer(s.b, s.inodeOffset(s.special(root, "sda", Format.MODE_BLOCK_DEVICE)), 0, 0x800);
        depths(s);
        if ((Superblock.compat(s.b, 1024) & Features.COMPAT_EXT_ATTR) != 0) {
            int block = s.allocateBlock();
            for (int i = 0; i < 5; i++) {
                s.attributes(
                        s.lookup(many, "file with a rather long name, as people like them, number " + (10 + i)), block);
            }
        }
    }

    /** Files that need one, two and three indirect blocks on the way, mostly holes. */
    private static void depths(Surgery s) {
        int pointers = s.blockSize / 4;
        long[] starts = {5, 12, 12 + pointers, 12L + pointers + (long) pointers * pointers};
        for (int depth = 0; depth < starts.length; depth++) {
            int file = s.file(Format.ROOT_INODE, "depth" + depth, 2);
            for (int i = 3; i < 8; i++) {
                int block = s.allocateBlock();
                LittleEndian.put32(s.b, s.blockOffset(block) + 8, file * 31 + i);
                s.map(file, starts[depth] + i, block);
                s.map(file, starts[depth] + (i - 2L) * pointers / 3 + 9, s.allocateBlock());
            }
            boolean large = depth == 3 && s.blockSize == 4096;
            long size = (starts[depth] + 2L * pointers + 30) * s.blockSize;
            InodeRecord.setSize(s.b, s.inodeOffset(file), size);
            if (large || size > Integer.MAX_VALUE) {
                Superblock.setRoCompat(s.b, 1024, Superblock.roCompat(s.b, 1024) | Features.RO_COMPAT_LARGE_FILE);
            }
        }
    }
}
