package dev.powercut.targets.ext.format;

/**
 * The ext2 disk format, revision 1, on one screen.
 *
 * <pre>
 * volume     | boot 1024 B | group 0 | group 1 | … | group n-1 |      blocks of 1024, 2048 or 4096 bytes
 *              (block 0 when blocks are 1 KiB; else the first quarter or half of block 0, the superblock follows in it)
 *
 * group      | superblock | descriptors | reserved for | block  | inode  | inode table | data, directory, indirect |
 *            | (1 block)  | (of all     | descriptors  | bitmap | bitmap |             | and attribute blocks      |
 *            |            |  groups)    | (resize)     | (1)    | (1)    |             |                           |
 *              `--- only in group 0 and backup groups ---'
 *              sparse_super: backups in groups 1 and powers of 3, 5, 7; else in every group
 *              bitmaps and inode table may lie anywhere in their group: the descriptor tells
 *
 * block      number b, group (b - first data block) / blocks per group; first data block is 1 for 1 KiB blocks, else 0
 * inode      number i from 1, group (i - 1) / inodes per group, index (i - 1) % inodes per group in the table of that group
 *
 * file       i_block[0..11] ─────────────────────────────▶ data       file blocks 0 … 11
 *            i_block[12] ─▶ indirect ─────────────────────▶ data       then p       (p = block size / 4 pointers a block)
 *            i_block[13] ─▶ indirect ─▶ indirect ─────────▶ data       then p²
 *            i_block[14] ─▶ indirect ─▶ indirect ─▶ ind. ─▶ data       then p³;  pointer 0 is a hole
 *
 * directory  | inode u32 | rec_len u16 | name_len u8 | type u8 | name … pad to 4 | next entry … to the end of the block |
 *            entries tile each block; inode 0 is free space; first two entries of block 0 are "." and ".."
 *            hashed directories (dir_index) hide their index in free space, so that they also are linear ones
 * </pre>
 *
 * <p>Every field below: its offset in its record in bytes; type; unit or meaning. Integers are little-endian.
 *
 * <p>Sources: Linux kernel documentation, {@code Documentation/filesystems/ext2.rst} and
 * {@code Documentation/filesystems/ext4/} (super, group_descr, bitmaps, inodes, ifork, directory, attributes); facts of
 * {@code ext2_fs.h} and {@code ext2_ext_attr.h} of e2fsprogs 1.47.
 */
public final class Format {

    private Format() {}

    // ---- Volume ----

    /** Bytes before the superblock, left to a boot loader. */
    public static final int BOOT_BYTES = 1024;

    /** Byte offset of the primary superblock on the volume, whatever the block size. */
    public static final int SUPERBLOCK_OFFSET_BYTES = 1024;

    /** Bytes of the superblock record. */
    public static final int SUPERBLOCK_BYTES = 1024;

    public static final int MIN_BLOCK_SIZE_BYTES = 1024;

    /** Larger blocks exist (up to 64 KiB) on machines with larger pages; they are not read here. */
    public static final int MAX_BLOCK_SIZE_BYTES = 4096;

    /** Unit of {@code i_blocks}, whatever the block size. */
    public static final int SECTOR_BYTES = 512;

    // ---- Superblock ----

    /** u32. All inodes of the volume, free or not. */
    public static final int S_INODES_COUNT = 0x00;
    /** u32. All blocks of the volume, from block 0. */
    public static final int S_BLOCKS_COUNT = 0x04;
    /** u32. Blocks that only the super-user may allocate. */
    public static final int S_R_BLOCKS_COUNT = 0x08;
    /** u32. Free blocks. */
    public static final int S_FREE_BLOCKS_COUNT = 0x0C;
    /** u32. Free inodes. */
    public static final int S_FREE_INODES_COUNT = 0x10;
    /** u32. Block of the superblock: 1 with 1 KiB blocks, else 0. */
    public static final int S_FIRST_DATA_BLOCK = 0x14;
    /** u32. Block size is 1024 shifted left by this. */
    public static final int S_LOG_BLOCK_SIZE = 0x18;
    /** u32. As the block size (once: fragment size; with bigalloc: cluster size). */
    public static final int S_LOG_CLUSTER_SIZE = 0x1C;
    /** u32. Blocks in a group; at most 8 × block size, what one bitmap block can hold. */
    public static final int S_BLOCKS_PER_GROUP = 0x20;
    /** u32. As blocks per group. */
    public static final int S_CLUSTERS_PER_GROUP = 0x24;
    /** u32. Inodes in a group. */
    public static final int S_INODES_PER_GROUP = 0x28;
    /** u32. Last mount, seconds since 1970. */
    public static final int S_MTIME = 0x2C;
    /** u32. Last write of the superblock, seconds since 1970. */
    public static final int S_WTIME = 0x30;
    /** u16. Mounts since the last check. */
    public static final int S_MNT_COUNT = 0x34;
    /** s16. Mounts after which a check is due; 0 or -1 is never. */
    public static final int S_MAX_MNT_COUNT = 0x36;
    /** u16. {@link #MAGIC}. */
    public static final int S_MAGIC = 0x38;
    /** u16. Bits {@link #STATE_VALID}, {@link #STATE_ERROR}, {@link #STATE_ORPHANS}. */
    public static final int S_STATE = 0x3A;
    /** u16. What the kernel does on an error: 1 continue, 2 remount read-only, 3 panic. */
    public static final int S_ERRORS = 0x3C;
    /** u16. */
    public static final int S_MINOR_REV_LEVEL = 0x3E;
    /** u32. Last full check, seconds since 1970. */
    public static final int S_LASTCHECK = 0x40;
    /** u32. Seconds after which a check is due; 0 is never. */
    public static final int S_CHECKINTERVAL = 0x44;
    /** u32. 0 Linux, 1 Hurd, 2 Masix, 3 FreeBSD, 4 Lites. */
    public static final int S_CREATOR_OS = 0x48;
    /** u32. {@link #REVISION_ORIGINAL} or {@link #REVISION_DYNAMIC}; all fields below are of revision 1. */
    public static final int S_REV_LEVEL = 0x4C;
    /** u16. User who may use reserved blocks. */
    public static final int S_DEF_RESUID = 0x50;
    /** u16. Group who may use reserved blocks. */
    public static final int S_DEF_RESGID = 0x52;
    /** u32. First inode that is not reserved. */
    public static final int S_FIRST_INO = 0x54;
    /** u16. Bytes of an inode record: a power of two from 128 to the block size. */
    public static final int S_INODE_SIZE = 0x58;
    /** u16. Group in which this copy of the superblock lies. */
    public static final int S_BLOCK_GROUP_NR = 0x5A;
    /** u32. {@link Features}: unknown bits do no harm. */
    public static final int S_FEATURE_COMPAT = 0x5C;
    /** u32. {@link Features}: an unknown bit forbids to mount. */
    public static final int S_FEATURE_INCOMPAT = 0x60;
    /** u32. {@link Features}: an unknown bit forbids to write. */
    public static final int S_FEATURE_RO_COMPAT = 0x64;
    /** 16 bytes. */
    public static final int S_UUID = 0x68;
    /** 16 bytes, NUL-padded. */
    public static final int S_VOLUME_NAME = 0x78;
    /** 64 bytes, NUL-padded path of the last mount point. */
    public static final int S_LAST_MOUNTED = 0x88;
    /** u32. Unused (compression). */
    public static final int S_ALGORITHM_USAGE_BITMAP = 0xC8;
    /** u8. Blocks to preallocate for a file. */
    public static final int S_PREALLOC_BLOCKS = 0xCC;
    /** u8. Blocks to preallocate for a directory. */
    public static final int S_PREALLOC_DIR_BLOCKS = 0xCD;
    /** u16. Blocks after the descriptors, in group 0 and each backup group, kept for growing the volume. */
    public static final int S_RESERVED_GDT_BLOCKS = 0xCE;
    /** 16 bytes (ext3). UUID of an external journal. */
    public static final int S_JOURNAL_UUID = 0xD0;
    /** u32 (ext3). Inode of the journal. */
    public static final int S_JOURNAL_INUM = 0xE0;
    /** u32 (ext3). Device number of an external journal. */
    public static final int S_JOURNAL_DEV = 0xE4;
    /** u32 (ext3). First inode of the list of orphans, linked by their deletion times. */
    public static final int S_LAST_ORPHAN = 0xE8;
    /** 16 bytes. Seed of the directory hash. */
    public static final int S_HASH_SEED = 0xEC;
    /** u8. 0 legacy, 1 half MD4, 2 TEA. */
    public static final int S_DEF_HASH_VERSION = 0xFC;
    /** u8 (ext3). 1: {@link #S_JNL_BLOCKS} holds a copy of the journal's i_block. */
    public static final int S_JNL_BACKUP_TYPE = 0xFD;
    /** u16. Bytes of a group descriptor with the feature 64bit; else 0 or 32. */
    public static final int S_DESC_SIZE = 0xFE;
    /** u32. */
    public static final int S_DEFAULT_MOUNT_OPTS = 0x100;
    /** u32. First meta block group (feature meta_bg). */
    public static final int S_FIRST_META_BG = 0x104;
    /** u32. When the volume was made, seconds since 1970. */
    public static final int S_MKFS_TIME = 0x108;
    /** 68 bytes (ext3). i_block[15], high and low size of the journal's inode. */
    public static final int S_JNL_BLOCKS = 0x10C;
    /** u16. Bytes that every inode keeps for fields beyond 128. */
    public static final int S_MIN_EXTRA_ISIZE = 0x15C;
    /** u16. Bytes that new inodes should keep for fields beyond 128. */
    public static final int S_WANT_EXTRA_ISIZE = 0x15E;
    /** u32. Bits {@link #FLAG_SIGNED_HASH}, {@link #FLAG_UNSIGNED_HASH}. */
    public static final int S_FLAGS = 0x160;
    /** u8. ext4: log2 of the groups whose metadata lie together (flex_bg). */
    public static final int S_LOG_GROUPS_PER_FLEX = 0x174;
    /** u64. KiB written in all the volume's life. */
    public static final int S_KBYTES_WRITTEN = 0x178;
    /** u32. Errors that the kernel has counted. */
    public static final int S_ERROR_COUNT = 0x194;
    /** 64 bytes, NUL-padded. */
    public static final int S_MOUNT_OPTS = 0x200;
    /** u32 (ext4). Inode of the users' quotas; of the groups' in the next word. */
    public static final int S_USR_QUOTA_INUM = 0x240;
    /** u32 (ext4). */
    public static final int S_GRP_QUOTA_INUM = 0x244;
    /** u32. Blocks of fixed metadata, as mkfs found them; 0 is not known. */
    public static final int S_OVERHEAD_BLOCKS = 0x248;
    /** 2 × u32. The two backup groups of the feature sparse_super2; 0 is none. */
    public static final int S_BACKUP_BGS = 0x24C;
    /** u32 (ext4). Inode of the projects' quotas. */
    public static final int S_PRJ_QUOTA_INUM = 0x26C;
    /** u32 (ext4). Inode of the list of orphans. */
    public static final int S_ORPHAN_FILE_INUM = 0x280;
    /** u32. CRC of the superblock (feature metadata_csum). */
    public static final int S_CHECKSUM = 0x3FC;

    /** {@link #S_MAGIC}. */
    public static final int MAGIC = 0xEF53;

    /** {@link #S_STATE}: unmounted cleanly. */
    public static final int STATE_VALID = 1;
    /** {@link #S_STATE}: the kernel has seen an error. */
    public static final int STATE_ERROR = 2;
    /** {@link #S_STATE}: orphans are being recovered. */
    public static final int STATE_ORPHANS = 4;

    public static final int REVISION_ORIGINAL = 0;
    public static final int REVISION_DYNAMIC = 1;

    /** {@link #S_FLAGS}: directory hashes take names as signed bytes. */
    public static final int FLAG_SIGNED_HASH = 1;
    /** {@link #S_FLAGS}: directory hashes take names as unsigned bytes. */
    public static final int FLAG_UNSIGNED_HASH = 2;

    /** Longest volume name in bytes. */
    public static final int VOLUME_NAME_BYTES = 16;

    public static final int UUID_BYTES = 16;
    public static final int HASH_SEED_BYTES = 16;
    public static final int LAST_MOUNTED_BYTES = 64;

    // ---- Group descriptor ----

    /** Bytes of a group descriptor (without the feature 64bit). */
    public static final int DESCRIPTOR_BYTES = 32;

    /** u32. Block of the block bitmap; bit i is block i of the group; bits beyond the volume are 1. */
    public static final int BG_BLOCK_BITMAP = 0x00;
    /** u32. Block of the inode bitmap; bit i is inode i of the group; bits beyond inodes per group are 1. */
    public static final int BG_INODE_BITMAP = 0x04;
    /** u32. First block of the inode table. */
    public static final int BG_INODE_TABLE = 0x08;
    /** u16. Free blocks of the group. */
    public static final int BG_FREE_BLOCKS_COUNT = 0x0C;
    /** u16. Free inodes of the group. */
    public static final int BG_FREE_INODES_COUNT = 0x0E;
    /** u16. Inodes of the group that are directories. */
    public static final int BG_USED_DIRS_COUNT = 0x10;
    /** u16. Uninitialised parts (features of ext4); 0 here. */
    public static final int BG_FLAGS = 0x12;
    /** u16. Inodes at the end of the table never used (ext4); 0 here. */
    public static final int BG_ITABLE_UNUSED = 0x1C;
    /** u16. Checksum (ext4); 0 here. */
    public static final int BG_CHECKSUM = 0x1E;

    // ---- Inode ----

    /** Bytes of the inode record of revision 0, and of the part that all records have. */
    public static final int INODE_BASE_BYTES = 128;

    /** u16. File type and permissions, as of POSIX {@code st_mode}. */
    public static final int I_MODE = 0x00;
    /** u16. Low half of the owner. */
    public static final int I_UID = 0x02;
    /** u32. Low half of the size in bytes. */
    public static final int I_SIZE = 0x04;
    /** s32. Last access, seconds since 1970. */
    public static final int I_ATIME = 0x08;
    /** s32. Last change of the inode, seconds since 1970. */
    public static final int I_CTIME = 0x0C;
    /** s32. Last change of the contents, seconds since 1970. */
    public static final int I_MTIME = 0x10;
    /** u32. Deletion, seconds since 1970; 0 while in use. */
    public static final int I_DTIME = 0x14;
    /** u16. Low half of the group. */
    public static final int I_GID = 0x18;
    /** u16. Directory entries that name the inode, {@code .} and {@code ..} included; 0 is not in use. */
    public static final int I_LINKS_COUNT = 0x1A;
    /** u32. Low part of the sectors of 512 bytes in all blocks: data, indirect and attribute blocks. */
    public static final int I_BLOCKS = 0x1C;
    /** u32. {@code FLAG_…} of inodes. */
    public static final int I_FLAGS = 0x20;
    /** u32. Low half of the NFS change version. */
    public static final int I_VERSION = 0x24;
    /** 15 × u32. Block pointers; or the target of a short symbolic link; or a device number. */
    public static final int I_BLOCK = 0x28;
    /** u32. Told apart from earlier users of the number by this (NFS). */
    public static final int I_GENERATION = 0x64;
    /** u32. Block of extended attributes; 0 is none. */
    public static final int I_FILE_ACL = 0x68;
    /** u32. High half of the size of a regular file; 0 of a directory. */
    public static final int I_SIZE_HIGH = 0x6C;
    /** u32. Fragment address; 0. */
    public static final int I_FADDR = 0x70;
    /** u16. High part of the sector count (feature huge_file); else 0. */
    public static final int I_BLOCKS_HIGH = 0x74;
    /** u16. High part of the attribute block (feature 64bit); else 0. */
    public static final int I_FILE_ACL_HIGH = 0x76;
    /** u16. High half of the owner. */
    public static final int I_UID_HIGH = 0x78;
    /** u16. High half of the group. */
    public static final int I_GID_HIGH = 0x7A;
    /** u16. Low half of a checksum (ext4). */
    public static final int I_CHECKSUM_LOW = 0x7C;
    /** u16. Bytes in use beyond 128, this field included; only in records above 128 bytes, as all below. */
    public static final int I_EXTRA_ISIZE = 0x80;
    /** u16. High half of a checksum (ext4). */
    public static final int I_CHECKSUM_HIGH = 0x82;
    /** u32. Two bits more of the seconds, then 30 bits of nanoseconds, of ctime. */
    public static final int I_CTIME_EXTRA = 0x84;
    /** u32. The same of mtime. */
    public static final int I_MTIME_EXTRA = 0x88;
    /** u32. The same of atime. */
    public static final int I_ATIME_EXTRA = 0x8C;
    /** s32. Creation, seconds since 1970. */
    public static final int I_CRTIME = 0x90;
    /** u32. As the other extra time fields, of crtime. */
    public static final int I_CRTIME_EXTRA = 0x94;
    /** u32. High half of the NFS change version. */
    public static final int I_VERSION_HIGH = 0x98;
    /** u32. Project (ext4). */
    public static final int I_PROJID = 0x9C;

    /** Bytes of the fields beyond 128 that this format knows: what {@link #I_EXTRA_ISIZE} of a new inode says. */
    public static final int EXTRA_ISIZE_KNOWN_BYTES = 32;

    /** Pointers in {@link #I_BLOCK}. */
    public static final int POINTER_COUNT = 15;

    public static final int DIRECT_POINTERS = 12;

    /** Index in {@link #I_BLOCK} of the single, double and triple indirect block. */
    public static final int SINGLE_INDIRECT = 12;

    public static final int DOUBLE_INDIRECT = 13;
    public static final int TRIPLE_INDIRECT = 14;

    /** Longest symbolic link kept inside the inode: fills {@link #I_BLOCK} up to a NUL. */
    public static final int FAST_SYMLINK_MAX_BYTES = POINTER_COUNT * 4 - 1;

    // ---- i_mode: the file type in the upper four bits (POSIX sys/stat.h, values of Linux) ----

    public static final int MODE_TYPE_MASK = 0xF000;
    public static final int MODE_FIFO = 0x1000;
    public static final int MODE_CHARACTER_DEVICE = 0x2000;
    public static final int MODE_DIRECTORY = 0x4000;
    public static final int MODE_BLOCK_DEVICE = 0x6000;
    public static final int MODE_REGULAR = 0x8000;
    public static final int MODE_SYMLINK = 0xA000;
    public static final int MODE_SOCKET = 0xC000;
    public static final int MODE_PERMISSION_MASK = 0x0FFF;

    // ---- i_flags ----

    public static final int INODE_SYNC = 0x8;
    public static final int INODE_IMMUTABLE = 0x10;
    public static final int INODE_APPEND = 0x20;
    /** Directory with an index (dir_index). */
    public static final int INODE_INDEX = 0x1000;
    /** Contents journalled (ext3). */
    public static final int INODE_JOURNAL_DATA = 0x4000;
    /** With the feature huge_file: {@link #I_BLOCKS} counts blocks, not sectors. */
    public static final int INODE_HUGE_FILE = 0x40000;
    /** ext4: blocks as extents. */
    public static final int INODE_EXTENTS = 0x80000;
    /** ext4: an inode that holds a large attribute. */
    public static final int INODE_EA_INODE = 0x200000;
    /** ext4: data inside the inode. */
    public static final int INODE_INLINE_DATA = 0x10000000;
    /** ext4: a directory whose names differ in more than the case of letters. */
    public static final int INODE_CASEFOLD = 0x40000000;

    // ---- Reserved inodes ----

    /** Its blocks are the bad blocks of the medium. */
    public static final int BAD_BLOCKS_INODE = 1;

    public static final int ROOT_INODE = 2;
    /** ext4; empty here, as is the next. */
    public static final int USER_QUOTA_INODE = 3;

    public static final int GROUP_QUOTA_INODE = 4;
    public static final int BOOT_LOADER_INODE = 5;
    /** Its blocks are the reserved descriptor blocks (resize_inode). */
    public static final int RESIZE_INODE = 7;
    /** ext3. */
    public static final int JOURNAL_INODE = 8;
    /** First inode for files, in revision 0 and as mkfs chooses it. */
    public static final int FIRST_INODE = 11;

    /** Most links of one inode: what Linux allows (EXT2_LINK_MAX). */
    public static final int MAX_LINKS = 32000;

    // ---- Directory entry ----

    /** u32. Inode named; 0 is free space. */
    public static final int D_INODE = 0x00;
    /** u16. Bytes to the next entry; a multiple of 4. */
    public static final int D_REC_LEN = 0x04;
    /** u8 (with the feature filetype; else u16). Bytes of the name. */
    public static final int D_NAME_LEN = 0x06;
    /** u8 (feature filetype). {@code TYPE_…}. */
    public static final int D_FILE_TYPE = 0x07;
    /** Name: 1 to 255 bytes, neither {@code /} nor NUL; not terminated. */
    public static final int D_NAME = 0x08;

    /** Bytes of an entry before its name. */
    public static final int ENTRY_HEADER_BYTES = 8;

    public static final int MAX_NAME_BYTES = 255;

    public static final int TYPE_UNKNOWN = 0;
    public static final int TYPE_REGULAR = 1;
    public static final int TYPE_DIRECTORY = 2;
    public static final int TYPE_CHARACTER_DEVICE = 3;
    public static final int TYPE_BLOCK_DEVICE = 4;
    public static final int TYPE_FIFO = 5;
    public static final int TYPE_SOCKET = 6;
    public static final int TYPE_SYMLINK = 7;

    // ---- Index of a directory: its root, in what is free space of block 0 behind {@code ..} ----

    /** Where the facts about the tree begin: a zero u32, and the fields below; the entries follow. */
    public static final int DX_ROOT_INFO = 24;
    /** u8. Which hash. */
    public static final int DX_HASH_VERSION = 28;
    /** u8. Bytes of these facts: 8. */
    public static final int DX_INFO_LENGTH = 29;
    /** u8. Levels of nodes between root and leaves. */
    public static final int DX_INDIRECT_LEVELS = 30;
    /** u8. The lowest bit forbids to read it. */
    public static final int DX_FLAGS = 31;

    // ---- Block of extended attributes ----

    /** u32. {@link #XATTR_MAGIC}. */
    public static final int H_MAGIC = 0x00;
    /** u32. Inodes that share the block. */
    public static final int H_REFCOUNT = 0x04;
    /** u32. 1. */
    public static final int H_BLOCKS = 0x08;
    /** u32. Hash of all entries; 0 is not known. */
    public static final int H_HASH = 0x0C;
    /** Bytes of the header; entries follow, ended by four zero bytes. */
    public static final int XATTR_HEADER_BYTES = 32;

    public static final int XATTR_MAGIC = 0xEA020000;

    // ---- Entry of an extended attribute; entries follow one another, ended by four zero bytes ----

    /** u8. Bytes of the name, which follows the entry and fills up to a multiple of 4. */
    public static final int E_NAME_LEN = 0x00;
    /** u8. Stands for a prefix such as {@code user.}; 0 is none. */
    public static final int E_NAME_INDEX = 0x01;
    /** u16. Where the value is: from the start of the block, or from the first entry of those in an inode record. */
    public static final int E_VALUE_OFFS = 0x02;
    /** u32. 0 (ext4: inode that holds the value). */
    public static final int E_VALUE_INUM = 0x04;
    /** u32. Bytes of the value, which fills up to a multiple of 4. */
    public static final int E_VALUE_SIZE = 0x08;
    /** u32. Hash of name and value. */
    public static final int E_HASH = 0x0C;
    /** Bytes of an entry before its name. */
    public static final int XATTR_ENTRY_BYTES = 16;

    /** Most inodes that share an attribute block. */
    public static final int XATTR_MAX_REFCOUNT = 1024;
}
