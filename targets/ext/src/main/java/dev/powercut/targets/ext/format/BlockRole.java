package dev.powercut.targets.ext.format;

import dev.powercut.sim.disk.BlockKind;

/** What a block of the volume is; its {@link #kind} names it in the causes of writes. */
public enum BlockRole {
    /** Block 0 of a volume with 1 KiB blocks. */
    BOOT("boot"),
    SUPERBLOCK("superblock"),
    GROUP_DESCRIPTORS("group-descriptors"),
    RESERVED_DESCRIPTORS("reserved-descriptors"),
    BLOCK_BITMAP("block-bitmap"),
    INODE_BITMAP("inode-bitmap"),
    INODE_TABLE("inode-table"),
    /** A block of pointers to blocks. */
    INDIRECT("indirect"),
    DIRECTORY("directory"),
    /** The target of a symbolic link that is too long for its inode. */
    SYMLINK("symlink"),
    /** A block of extended attributes. */
    XATTR("xattr"),
    /** Contents of a file. */
    DATA("data");

    private final BlockKind kind;

    BlockRole(String name) {
        this.kind = new BlockKind(name);
    }

    public BlockKind kind() {
        return kind;
    }
}
