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
    /** Block 0 of the journal. */
    JOURNAL_SUPERBLOCK("journal-superblock"),
    /** In the journal: which home blocks the blocks that follow belong to. */
    JOURNAL_DESCRIPTOR("journal-descriptor"),
    /** In the journal: blocks not to be replayed. */
    JOURNAL_REVOKE("journal-revoke"),
    /** In the journal: a transaction is complete. */
    JOURNAL_COMMIT("journal-commit"),
    /** In the journal: a copy of a home block. */
    JOURNAL_DATA("journal-data"),
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
