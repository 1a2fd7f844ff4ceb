package dev.powercut.targets.ext.format;

import java.util.List;

/**
 * Feature bits of the superblock, and which of them we understand. Bits and names: kernel documentation, ext4/super; names as
 * {@code mke2fs -O} takes them.
 */
public final class Features {

    private Features() {}

    // ---- compat: who does not know it may read and write all the same ----

    public static final int COMPAT_DIR_PREALLOC = 0x1;
    public static final int COMPAT_IMAGIC_INODES = 0x2;
    /** ext3. */
    public static final int COMPAT_HAS_JOURNAL = 0x4;

    public static final int COMPAT_EXT_ATTR = 0x8;
    public static final int COMPAT_RESIZE_INODE = 0x10;
    public static final int COMPAT_DIR_INDEX = 0x20;
    public static final int COMPAT_SPARSE_SUPER2 = 0x200;
    public static final int COMPAT_FAST_COMMIT = 0x400;
    public static final int COMPAT_STABLE_INODES = 0x800;
    public static final int COMPAT_ORPHAN_FILE = 0x1000;

    // ---- incompat: who does not know it must not mount ----

    public static final int INCOMPAT_COMPRESSION = 0x1;
    public static final int INCOMPAT_FILETYPE = 0x2;
    /** ext3: the journal must be replayed first. */
    public static final int INCOMPAT_RECOVER = 0x4;
    /** The device is an external journal, not a filesystem. */
    public static final int INCOMPAT_JOURNAL_DEV = 0x8;

    public static final int INCOMPAT_META_BG = 0x10;
    public static final int INCOMPAT_EXTENTS = 0x40;
    public static final int INCOMPAT_64BIT = 0x80;
    public static final int INCOMPAT_MMP = 0x100;
    public static final int INCOMPAT_FLEX_BG = 0x200;
    public static final int INCOMPAT_EA_INODE = 0x400;
    public static final int INCOMPAT_DIRDATA = 0x1000;
    public static final int INCOMPAT_CSUM_SEED = 0x2000;
    public static final int INCOMPAT_LARGEDIR = 0x4000;
    public static final int INCOMPAT_INLINE_DATA = 0x8000;
    public static final int INCOMPAT_ENCRYPT = 0x10000;
    public static final int INCOMPAT_CASEFOLD = 0x20000;

    // ---- ro_compat: who does not know it may read ----

    public static final int RO_COMPAT_SPARSE_SUPER = 0x1;
    public static final int RO_COMPAT_LARGE_FILE = 0x2;
    public static final int RO_COMPAT_BTREE_DIR = 0x4;
    public static final int RO_COMPAT_HUGE_FILE = 0x8;
    public static final int RO_COMPAT_GDT_CSUM = 0x10;
    public static final int RO_COMPAT_DIR_NLINK = 0x20;
    public static final int RO_COMPAT_EXTRA_ISIZE = 0x40;
    public static final int RO_COMPAT_QUOTA = 0x100;
    public static final int RO_COMPAT_BIGALLOC = 0x200;
    public static final int RO_COMPAT_METADATA_CSUM = 0x400;
    public static final int RO_COMPAT_READONLY = 0x1000;
    public static final int RO_COMPAT_PROJECT = 0x2000;
    public static final int RO_COMPAT_VERITY = 0x8000;
    public static final int RO_COMPAT_ORPHAN_PRESENT = 0x10000;

    /**
     * Compatible features that a check can account for; others do no harm to a mount, but fsck would not see what they own. A
     * journal is none of ext2's.
     */
    public static final int COMPAT_UNDERSTOOD = COMPAT_DIR_PREALLOC
            | COMPAT_IMAGIC_INODES
            | COMPAT_EXT_ATTR
            | COMPAT_RESIZE_INODE
            | COMPAT_DIR_INDEX
            | COMPAT_SPARSE_SUPER2
            | COMPAT_STABLE_INODES;

    /** The same, of an ext3 image. */
    public static final int COMPAT_UNDERSTOOD_EXT3 = COMPAT_UNDERSTOOD | COMPAT_HAS_JOURNAL;

    /** An image with any other incompatible feature is refused. */
    public static final int INCOMPAT_UNDERSTOOD = INCOMPAT_FILETYPE;

    /** The same, of an ext3 image. */
    public static final int INCOMPAT_UNDERSTOOD_EXT3 = INCOMPAT_UNDERSTOOD | INCOMPAT_RECOVER;

    /** An image with any other read-only compatible feature is mounted read-only. */
    public static final int RO_COMPAT_UNDERSTOOD = RO_COMPAT_SPARSE_SUPER | RO_COMPAT_LARGE_FILE;

    /** Read-only compatible features that a check can account for: one more, by which inodes count sectors in 48 bits, or blocks. */
    public static final int RO_COMPAT_CHECKED = RO_COMPAT_UNDERSTOOD | RO_COMPAT_HUGE_FILE;

    private static final List<String> COMPAT_NAMES = List.of(
            "dir_prealloc",
            "imagic_inodes",
            "has_journal",
            "ext_attr",
            "resize_inode",
            "dir_index",
            "lazy_bg",
            "exclude_inode",
            "exclude_bitmap",
            "sparse_super2",
            "fast_commit",
            "stable_inodes",
            "orphan_file");

    private static final List<String> INCOMPAT_NAMES = List.of(
            "compression",
            "filetype",
            "needs_recovery",
            "journal_dev",
            "meta_bg",
            "",
            "extent",
            "64bit",
            "mmp",
            "flex_bg",
            "ea_inode",
            "",
            "dirdata",
            "metadata_csum_seed",
            "large_dir",
            "inline_data",
            "encrypt",
            "casefold");

    private static final List<String> RO_COMPAT_NAMES = List.of(
            "sparse_super",
            "large_file",
            "btree_dir",
            "huge_file",
            "uninit_bg",
            "dir_nlink",
            "extra_isize",
            "snapshot",
            "quota",
            "bigalloc",
            "metadata_csum",
            "replica",
            "read-only",
            "project",
            "shared_blocks",
            "verity",
            "orphan_present");

    /** Names of compatible features for people, separated by spaces; a bit without a name as {@code compat-0x80000}. */
    public static String compatNames(int bits) {
        return names(bits, COMPAT_NAMES, "compat");
    }

    /** Names of incompatible features for people. */
    public static String incompatNames(int bits) {
        return names(bits, INCOMPAT_NAMES, "incompat");
    }

    /** Names of read-only compatible features for people. */
    public static String roCompatNames(int bits) {
        return names(bits, RO_COMPAT_NAMES, "ro_compat");
    }

    private static String names(int bits, List<String> names, String word) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((bits >>> bit & 1) == 0) {
                continue;
            }
            if (!text.isEmpty()) {
                text.append(' ');
            }
            boolean named = bit < names.size() && !names.get(bit).isEmpty();
            text.append(named ? names.get(bit) : word + "-0x" + Integer.toHexString(1 << bit));
        }
        return text.toString();
    }
}
