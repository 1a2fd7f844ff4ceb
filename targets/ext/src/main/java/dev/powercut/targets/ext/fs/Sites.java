package dev.powercut.targets.ext.fs;

import dev.powercut.sim.disk.Site;

/**
 * The places at which ext2 dirties, orders and flushes, each with why. The names are stable: they appear in causes of writes, in
 * reports, and in what is planted.
 */
public final class Sites {

    private Sites() {}

    // ---- Orders: inodes and entries ----

    public static final Site INODE_BEFORE_ENTRY =
            site("create.inode-before-entry", "an entry never names an inode that is not initialised");
    public static final Site INODE_BITMAP_BEFORE_ENTRY =
            site("create.inode-bitmap-before-entry", "an entry never names an inode that the bitmap says is free");
    public static final Site FIRST_BLOCK_BEFORE_INODE =
            site("mkdir.first-block-before-inode", "a directory never points to a first block without . and ..");
    public static final Site PARENT_COUNT_BEFORE_ENTRY = site(
            "mkdir.parent-count-before-entry", "a parent counts the .. of a new directory before it can be reached");
    public static final Site SYMLINK_TARGET_BEFORE_INODE =
            site("symlink.target-before-inode", "a symbolic link never points to a block without its target");
    public static final Site LINK_COUNT_BEFORE_ENTRY =
            site("link.count-before-entry", "a link count is never lower than the number of names");
    public static final Site ENTRY_GONE_BEFORE_COUNT =
            site("unlink.entry-gone-before-count", "a link count is never lower than the number of names");
    public static final Site ENTRY_GONE_BEFORE_PARENT_COUNT = site(
            "rmdir.entry-gone-before-parent-count",
            "a parent counts the .. of a directory as long as it can be reached");

    // ---- Orders: rename ----

    public static final Site RENAME_COUNT_BEFORE_ENTRY =
            site("rename.count-before-new-entry", "what moves has two names for a while, and counts both");
    public static final Site OLD_ENTRY_BEFORE_NEW = site(
            "rename.old-entry-before-new",
            ".. names a directory that has an entry for what moves, also when it was made just now");
    public static final Site NEW_ENTRY_BEFORE_OLD_GONE =
            site("rename.new-entry-before-old-gone", "what moves has a name at any time");
    public static final Site NEW_ENTRY_BEFORE_DOT_DOT =
            site("rename.new-entry-before-dotdot", ".. names a directory that has an entry for what moves");
    public static final Site NEW_PARENT_COUNT_BEFORE_DOT_DOT =
            site("rename.new-parent-count-before-dotdot", "a parent counts each .. that names it");
    public static final Site FORMER_DOT_DOT_BEFORE_DOT_DOT = site(
            "rename.former-dotdot-before-dotdot",
            "directories form no loop: what is above the new parent has left what moves below it");
    public static final Site DOT_DOT_BEFORE_OLD_GONE =
            site("rename.dotdot-before-old-gone", ".. names a directory that has an entry for what moves");
    public static final Site FORMER_ENTRY_GONE_BEFORE_ENTRY = site(
            "rename.former-entry-gone-before-entry",
            "a directory has lost its former name before it loses or changes the present one");
    public static final Site DOT_DOT_BEFORE_OLD_PARENT_COUNT =
            site("rename.dotdot-before-old-parent-count", "a parent counts each .. that names it");
    public static final Site OLD_ENTRY_GONE_BEFORE_COUNT =
            site("rename.old-gone-before-count", "a link count is never lower than the number of names");
    public static final Site REPLACED_BEFORE_COUNT =
            site("rename.replaced-before-count", "a link count is never lower than the number of names");
    public static final Site REPLACED_BEFORE_PARENT_COUNT = site(
            "rename.replaced-before-parent-count",
            "a parent counts the .. of a directory as long as it can be reached");

    // ---- Orders: directories ----

    public static final Site ENTRY_GONE_BEFORE_REUSE = site(
            "directory.entry-gone-before-reuse",
            "the bytes of an entry are not overwritten while a crash might still show it");
    public static final Site REMOVED_BEFORE_SAME_NAME =
            site("directory.removed-before-same-name", "a directory never has a name twice");
    public static final Site NAMES_DURABLE =
            site("directory.names-durable", "what relied on a change of names has nothing to wait for any more");
    public static final Site ENTRY_BYTES_BEFORE_LENGTH =
            site("directory.entry-bytes-before-length", "an entry is complete before the length that exposes it");
    public static final Site ENTRY_TYPE_OPEN =
            site("directory.entry-type-open", "an entry whose type lies in another sector never tells a wrong type");
    public static final Site DIRECTORY_BLOCK_BEFORE_POINTER =
            site("directory.block-before-pointer", "a directory never points to a block without entries");
    public static final Site INDEX_GIVEN_UP_BEFORE_CHANGE = site(
            "directory.index-before-change",
            "a hashed directory is changed as a linear one only when nothing takes it for a hashed one");

    // ---- Orders: blocks ----

    public static final Site BITMAP_BEFORE_POINTER =
            site("allocate.bitmap-before-pointer", "nothing points to a block that the bitmap says is free");
    public static final Site NODE_BEFORE_POINTER =
            site("allocate.indirect-before-pointer", "nothing points to an indirect block that is not initialised");
    public static final Site DATA_BEFORE_POINTER =
            site("write.data-before-pointer", "a file never shows what was in a block before");
    public static final Site DATA_BEFORE_SIZE =
            site("write.data-before-size", "a file's size never covers what was not written");
    public static final Site POINTER_BEFORE_SIZE =
            site("write.pointer-before-size", "a file's size never covers a block whose pointer was not written");
    public static final Site LARGE_FILE_BEFORE_SIZE =
            site("write.large-file-before-size", "a superblock tells of files of 2 GiB before there is one");
    public static final Site SHRINK_BEFORE_NODE =
            site("truncate.size-before-indirect", "a file does not lose blocks before its size tells so");
    public static final Site SHRINK_BEFORE_FREE =
            site("truncate.shrink-before-free", "a block is free only when the inode durably does not point to it");
    public static final Site PUNCH_BEFORE_FREE =
            site("punch.inode-before-free", "a block is free only when the inode durably does not point to it");
    public static final Site NODE_CLEARED_BEFORE_FREE = site(
            "truncate.indirect-before-free",
            "a block is free only when the indirect block durably does not point to it");
    public static final Site SIZE_BEFORE_TAIL = site(
            "truncate.size-before-tail",
            "the end that was cut off is not overwritten while a crash might still show it");
    public static final Site DELETE_BEFORE_BLOCKS_FREE = site(
            "evict.inode-before-blocks-free",
            "a block is free only when the deleted inode durably does not point to it");
    public static final Site DELETE_BEFORE_INODE_FREE = site(
            "evict.inode-before-inode-free", "an inode is free only when its record durably says that it was deleted");
    public static final Site DELETE_BEFORE_ATTRIBUTE_COUNT =
            site("evict.inode-before-attribute-count", "an attribute block counts each inode that points to it");
    public static final Site ATTRIBUTE_COUNT_BEFORE_FREE = site(
            "evict.attribute-count-before-free", "an attribute block is free only when durably no inode points to it");

    // ---- Flushes and forced writes ----

    public static final Site UNCLEAN_BEFORE_CHANGE =
            site("superblock.unclean-before-change", "an image that is being changed does not pass for a clean one");
    public static final Site CLEAN_AFTER_ALL =
            site("superblock.clean-after-all", "an image is marked clean when all else is durable");
    public static final Site SPACE_RAN_OUT =
            site("allocate.space-ran-out", "blocks that are being freed are needed now");
    public static final Site INODES_RAN_OUT =
            site("allocate.inodes-ran-out", "inodes that are being freed are needed now");
    public static final Site FSYNC_FLUSH = site("fsync.flush", "what fsync promises is durable when it returns");
    public static final Site SYNC_FLUSH = site("sync.flush", "what sync promises is durable when it returns");
    public static final Site UNMOUNT_FLUSH = site("unmount.flush", "all is durable at the end of a mount");

    // ---- Changes ----

    public static final Site BLOCK_BITMAP = site("allocate.block-bitmap", "marks a block as used");
    public static final Site BLOCK_BITMAP_FREE = site("free.block-bitmap", "marks a block as free");
    public static final Site INODE_BITMAP = site("allocate.inode-bitmap", "marks an inode as used");
    public static final Site INODE_BITMAP_FREE = site("free.inode-bitmap", "marks an inode as free");
    public static final Site INODE_RECORD_CLEARED =
            site("create.inode-cleared", "clears what an earlier user left in an inode record");
    public static final Site CREATE_INODE = site("create.inode", "initialises an inode");
    public static final Site CREATE_ENTRY = site("create.entry", "adds the entry of a new inode");
    public static final Site MKDIR_PARENT_COUNT = site("mkdir.parent-count", "counts the .. of a new directory");
    public static final Site SYMLINK_TARGET = site("symlink.target", "fills the block of a long symbolic link");
    public static final Site LINK_COUNT = site("link.count", "raises the link count");
    public static final Site LINK_ENTRY = site("link.entry", "adds a further entry");
    public static final Site UNLINK_ENTRY = site("unlink.entry", "removes an entry");
    public static final Site UNLINK_COUNT = site("unlink.count", "lowers the link count");
    public static final Site RMDIR_ENTRY = site("rmdir.entry", "removes the entry of a directory");
    public static final Site RMDIR_COUNT =
            site("rmdir.count", "lowers the link counts of a removed directory and its parent");
    public static final Site RENAME_TIME = site("rename.time", "sets the change time of what moves");
    public static final Site RENAME_COUNT_RAISED = site("rename.count-raised", "counts the new name of what moves");
    public static final Site RENAME_NEW_PARENT_COUNT =
            site("rename.new-parent-count", "counts the directories in the new parent");
    public static final Site RENAME_NEW_ENTRY =
            site("rename.new-entry", "adds the new name, or makes an existing one name what moves");
    public static final Site DOT_DOT = site("rename.dotdot", "makes .. name the new parent");
    public static final Site RENAME_OLD_ENTRY = site("rename.old-entry", "removes the old name");
    public static final Site RENAME_COUNT_LOWERED =
            site("rename.count-lowered", "counts the old name of what has moved no longer");
    public static final Site RENAME_OLD_PARENT_COUNT =
            site("rename.old-parent-count", "counts the .. of what has moved no longer");
    public static final Site RENAME_REPLACED_COUNT =
            site("rename.replaced-count", "lowers the link count of what was replaced");
    public static final Site DIRECTORY_TIMES =
            site("directory.times", "sets the times of a directory whose entries have changed");
    public static final Site DIRECTORY_BLOCK_MADE = site("directory.block", "makes a block of free entries");
    public static final Site DIRECTORY_POINTER =
            site("directory.pointer", "points to a new directory block from an indirect block");
    public static final Site DIRECTORY_GROWN = site("directory.grown", "makes a new block part of a directory");
    public static final Site INDEX_GIVEN_UP = site("directory.index-given-up", "clears the flag of a hashed directory");
    public static final Site NODE_ZEROED = site("allocate.indirect", "makes an indirect block of holes");
    public static final Site NODE_POINTER =
            site("allocate.indirect-pointer", "points to a new indirect block from another one");
    public static final Site DATA_POINTER = site("write.pointer", "points to new data");
    public static final Site SIZE = site("write.size", "lets the size cover what was written");
    public static final Site LARGE_FILE = site("write.large-file", "tells that there is a file of 2 GiB or more");
    public static final Site TRUNCATE = site("truncate.inode", "sets a smaller size and clears pointers");
    public static final Site NODE_CLEARED = site("truncate.indirect", "clears pointers of an indirect block");
    public static final Site PUNCH = site("punch.inode", "clears pointers to blocks that become a hole");
    public static final Site NODE_PUNCHED =
            site("punch.indirect", "clears pointers of an indirect block to blocks that become a hole");
    public static final Site DELETE = site("evict.inode", "clears a deleted inode and sets its deletion time");
    public static final Site ATTRIBUTE_COUNT =
            site("evict.attribute-count", "lowers the count of owners of an attribute block");
    public static final Site ORPHAN_LIST =
            site("orphans", "links inodes that a mount after a crash finishes with, or takes one off");
    public static final Site ATTRIBUTES = site("attributes.inode", "sets mode, owner or times");
    public static final Site COUNTS = site("counts", "writes the summary counts of groups and superblock");

    private static Site site(String name, String why) {
        return new Site("ext2." + name, why);
    }
}
