package dev.powercut.targets.ext.format;

import dev.powercut.sim.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads and writes the fields of a superblock record: 1,024 bytes in {@code b} from {@code at} on. Bytes without an accessor
 * are never touched. Counts and block numbers are returned as they are in 32 bits; {@link Geometry} refuses images in which
 * the ones that matter are not positive {@code int}s. Times are seconds since 1970, unsigned.
 */
public final class Superblock {

    /** The remedy of a superblock that is not one, or contradicts itself. */
    public static final String TRY_BACKUP = "fsck -y restores it from a backup superblock, if the image is ext2 at all";

    /** The remedy of a superblock whose volume is larger than the device. */
    public static final String TRUNCATED = "the image is truncated: get a whole copy";

    private Superblock() {}

    public static int inodeCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_INODES_COUNT);
    }

    public static void setInodeCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_INODES_COUNT, value);
    }

    public static int blockCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_BLOCKS_COUNT);
    }

    public static void setBlockCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_BLOCKS_COUNT, value);
    }

    public static int reservedBlockCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_R_BLOCKS_COUNT);
    }

    public static void setReservedBlockCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_R_BLOCKS_COUNT, value);
    }

    public static int freeBlockCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FREE_BLOCKS_COUNT);
    }

    public static void setFreeBlockCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FREE_BLOCKS_COUNT, value);
    }

    public static int freeInodeCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FREE_INODES_COUNT);
    }

    public static void setFreeInodeCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FREE_INODES_COUNT, value);
    }

    public static int firstDataBlock(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FIRST_DATA_BLOCK);
    }

    public static void setFirstDataBlock(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FIRST_DATA_BLOCK, value);
    }

    /** Block size is 1,024 bytes shifted left by this. */
    public static int logBlockSize(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_LOG_BLOCK_SIZE);
    }

    public static void setLogBlockSize(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_LOG_BLOCK_SIZE, value);
    }

    public static int logClusterSize(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_LOG_CLUSTER_SIZE);
    }

    public static void setLogClusterSize(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_LOG_CLUSTER_SIZE, value);
    }

    public static int blocksPerGroup(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_BLOCKS_PER_GROUP);
    }

    public static void setBlocksPerGroup(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_BLOCKS_PER_GROUP, value);
    }

    public static int clustersPerGroup(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_CLUSTERS_PER_GROUP);
    }

    public static void setClustersPerGroup(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_CLUSTERS_PER_GROUP, value);
    }

    public static int inodesPerGroup(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_INODES_PER_GROUP);
    }

    public static void setInodesPerGroup(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_INODES_PER_GROUP, value);
    }

    public static long mountTimeSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.S_MTIME);
    }

    public static void setMountTimeSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.S_MTIME, (int) value);
    }

    public static long writeTimeSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.S_WTIME);
    }

    public static void setWriteTimeSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.S_WTIME, (int) value);
    }

    public static int mountCount(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_MNT_COUNT);
    }

    public static void setMountCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_MNT_COUNT, value);
    }

    /** 0 or less: never. */
    public static int maxMountCount(byte[] b, int at) {
        return (short) LittleEndian.u16(b, at + Format.S_MAX_MNT_COUNT);
    }

    public static void setMaxMountCount(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_MAX_MNT_COUNT, value);
    }

    public static int magic(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_MAGIC);
    }

    public static void setMagic(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_MAGIC, value);
    }

    /** Bits {@code Format.STATE_…}. */
    public static int state(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_STATE);
    }

    public static void setState(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_STATE, value);
    }

    public static int errorBehaviour(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_ERRORS);
    }

    public static void setErrorBehaviour(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_ERRORS, value);
    }

    public static int minorRevision(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_MINOR_REV_LEVEL);
    }

    public static void setMinorRevision(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_MINOR_REV_LEVEL, value);
    }

    public static long lastCheckSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.S_LASTCHECK);
    }

    public static void setLastCheckSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.S_LASTCHECK, (int) value);
    }

    public static long checkIntervalSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.S_CHECKINTERVAL);
    }

    public static void setCheckIntervalSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.S_CHECKINTERVAL, (int) value);
    }

    public static int creatorOs(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_CREATOR_OS);
    }

    public static void setCreatorOs(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_CREATOR_OS, value);
    }

    public static int revision(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_REV_LEVEL);
    }

    public static void setRevision(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_REV_LEVEL, value);
    }

    public static int reservedUid(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_DEF_RESUID);
    }

    public static void setReservedUid(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_DEF_RESUID, value);
    }

    public static int reservedGid(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_DEF_RESGID);
    }

    public static void setReservedGid(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_DEF_RESGID, value);
    }

    public static int firstInode(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FIRST_INO);
    }

    public static void setFirstInode(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FIRST_INO, value);
    }

    /** Bytes; means nothing in revision 0, see {@link Geometry}. */
    public static int inodeSize(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_INODE_SIZE);
    }

    public static void setInodeSize(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_INODE_SIZE, value);
    }

    /** Group in which this copy lies. */
    public static int groupOfCopy(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_BLOCK_GROUP_NR);
    }

    public static void setGroupOfCopy(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_BLOCK_GROUP_NR, value);
    }

    public static int compat(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FEATURE_COMPAT);
    }

    public static void setCompat(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FEATURE_COMPAT, value);
    }

    public static int incompat(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FEATURE_INCOMPAT);
    }

    public static void setIncompat(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FEATURE_INCOMPAT, value);
    }

    public static int roCompat(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FEATURE_RO_COMPAT);
    }

    public static void setRoCompat(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FEATURE_RO_COMPAT, value);
    }

    public static int algorithmUsage(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_ALGORITHM_USAGE_BITMAP);
    }

    public static void setAlgorithmUsage(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_ALGORITHM_USAGE_BITMAP, value);
    }

    public static int preallocBlocks(byte[] b, int at) {
        return LittleEndian.u8(b, at + Format.S_PREALLOC_BLOCKS);
    }

    public static void setPreallocBlocks(byte[] b, int at, int value) {
        LittleEndian.put8(b, at + Format.S_PREALLOC_BLOCKS, value);
    }

    public static int preallocDirectoryBlocks(byte[] b, int at) {
        return LittleEndian.u8(b, at + Format.S_PREALLOC_DIR_BLOCKS);
    }

    public static void setPreallocDirectoryBlocks(byte[] b, int at, int value) {
        LittleEndian.put8(b, at + Format.S_PREALLOC_DIR_BLOCKS, value);
    }

    public static int reservedGdtBlocks(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_RESERVED_GDT_BLOCKS);
    }

    public static void setReservedGdtBlocks(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_RESERVED_GDT_BLOCKS, value);
    }

    public static int journalInode(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_JOURNAL_INUM);
    }

    public static void setJournalInode(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_JOURNAL_INUM, value);
    }

    public static int journalDevice(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_JOURNAL_DEV);
    }

    public static void setJournalDevice(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_JOURNAL_DEV, value);
    }

    public static int lastOrphan(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_LAST_ORPHAN);
    }

    public static void setLastOrphan(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_LAST_ORPHAN, value);
    }

    public static int hashVersion(byte[] b, int at) {
        return LittleEndian.u8(b, at + Format.S_DEF_HASH_VERSION);
    }

    public static void setHashVersion(byte[] b, int at, int value) {
        LittleEndian.put8(b, at + Format.S_DEF_HASH_VERSION, value);
    }

    public static int journalBackupType(byte[] b, int at) {
        return LittleEndian.u8(b, at + Format.S_JNL_BACKUP_TYPE);
    }

    public static void setJournalBackupType(byte[] b, int at, int value) {
        LittleEndian.put8(b, at + Format.S_JNL_BACKUP_TYPE, value);
    }

    public static int descriptorSize(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_DESC_SIZE);
    }

    public static void setDescriptorSize(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_DESC_SIZE, value);
    }

    public static int defaultMountOptions(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_DEFAULT_MOUNT_OPTS);
    }

    public static void setDefaultMountOptions(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_DEFAULT_MOUNT_OPTS, value);
    }

    public static int firstMetaGroup(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FIRST_META_BG);
    }

    public static void setFirstMetaGroup(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FIRST_META_BG, value);
    }

    public static long mkfsTimeSeconds(byte[] b, int at) {
        return LittleEndian.u32(b, at + Format.S_MKFS_TIME);
    }

    public static void setMkfsTimeSeconds(byte[] b, int at, long value) {
        LittleEndian.put32(b, at + Format.S_MKFS_TIME, (int) value);
    }

    public static int minExtraInodeSize(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_MIN_EXTRA_ISIZE);
    }

    public static void setMinExtraInodeSize(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_MIN_EXTRA_ISIZE, value);
    }

    public static int wantExtraInodeSize(byte[] b, int at) {
        return LittleEndian.u16(b, at + Format.S_WANT_EXTRA_ISIZE);
    }

    public static void setWantExtraInodeSize(byte[] b, int at, int value) {
        LittleEndian.put16(b, at + Format.S_WANT_EXTRA_ISIZE, value);
    }

    public static int flags(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_FLAGS);
    }

    public static void setFlags(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_FLAGS, value);
    }

    public static long kibWritten(byte[] b, int at) {
        return LittleEndian.s64(b, at + Format.S_KBYTES_WRITTEN);
    }

    public static void setKibWritten(byte[] b, int at, long value) {
        LittleEndian.put64(b, at + Format.S_KBYTES_WRITTEN, value);
    }

    public static int errorCount(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_ERROR_COUNT);
    }

    public static void setErrorCount(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_ERROR_COUNT, value);
    }

    public static int overheadBlocks(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_OVERHEAD_BLOCKS);
    }

    public static void setOverheadBlocks(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_OVERHEAD_BLOCKS, value);
    }

    public static int checksum(byte[] b, int at) {
        return LittleEndian.s32(b, at + Format.S_CHECKSUM);
    }

    public static void setChecksum(byte[] b, int at, int value) {
        LittleEndian.put32(b, at + Format.S_CHECKSUM, value);
    }

    /** Group number of one of the two backups of sparse_super2; 0 is none. */
    public static int backupGroup(byte[] b, int at, int index) {
        return LittleEndian.s32(b, at + Format.S_BACKUP_BGS + 4 * index);
    }

    public static void setBackupGroup(byte[] b, int at, int index, int group) {
        LittleEndian.put32(b, at + Format.S_BACKUP_BGS + 4 * index, group);
    }

    /** One of the 17 words of the copy of the journal's inode. */
    public static int journalBlockWord(byte[] b, int at, int index) {
        return LittleEndian.s32(b, at + Format.S_JNL_BLOCKS + 4 * index);
    }

    public static void setJournalBlockWord(byte[] b, int at, int index, int value) {
        LittleEndian.put32(b, at + Format.S_JNL_BLOCKS + 4 * index, value);
    }

    /** 16 bytes. */
    public static byte[] uuid(byte[] b, int at) {
        return bytes(b, at + Format.S_UUID, Format.UUID_BYTES);
    }

    public static void setUuid(byte[] b, int at, byte[] uuid) {
        setBytes(b, at + Format.S_UUID, Format.UUID_BYTES, uuid);
    }

    /** 16 bytes. */
    public static byte[] journalUuid(byte[] b, int at) {
        return bytes(b, at + Format.S_JOURNAL_UUID, Format.UUID_BYTES);
    }

    public static void setJournalUuid(byte[] b, int at, byte[] uuid) {
        setBytes(b, at + Format.S_JOURNAL_UUID, Format.UUID_BYTES, uuid);
    }

    /** 16 bytes. */
    public static byte[] hashSeed(byte[] b, int at) {
        return bytes(b, at + Format.S_HASH_SEED, Format.HASH_SEED_BYTES);
    }

    public static void setHashSeed(byte[] b, int at, byte[] seed) {
        setBytes(b, at + Format.S_HASH_SEED, Format.HASH_SEED_BYTES, seed);
    }

    /** The volume name, without the padding. */
    public static String volumeName(byte[] b, int at) {
        return text(b, at + Format.S_VOLUME_NAME, Format.VOLUME_NAME_BYTES);
    }

    /** @throws IllegalArgumentException when the name has more than 16 bytes in UTF-8 */
    public static void setVolumeName(byte[] b, int at, String name) {
        setText(b, at + Format.S_VOLUME_NAME, Format.VOLUME_NAME_BYTES, name);
    }

    /** The path of the last mount point, without the padding. */
    public static String lastMounted(byte[] b, int at) {
        return text(b, at + Format.S_LAST_MOUNTED, Format.LAST_MOUNTED_BYTES);
    }

    /** @throws IllegalArgumentException when the path has more than 64 bytes in UTF-8 */
    public static void setLastMounted(byte[] b, int at, String path) {
        setText(b, at + Format.S_LAST_MOUNTED, Format.LAST_MOUNTED_BYTES, path);
    }

    private static byte[] bytes(byte[] b, int at, int length) {
        return Arrays.copyOfRange(b, at, at + length);
    }

    private static void setBytes(byte[] b, int at, int length, byte[] value) {
        if (value.length != length) {
            throw new IllegalArgumentException("needs " + length + " bytes, not " + value.length);
        }
        System.arraycopy(value, 0, b, at, length);
    }

    private static String text(byte[] b, int at, int size) {
        int length = 0;
        while (length < size && b[at + length] != 0) {
            length++;
        }
        return new String(b, at, length, StandardCharsets.UTF_8);
    }

    private static void setText(byte[] b, int at, int size, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length > size) {
            throw new IllegalArgumentException("'" + value + "' has " + text.length + " bytes, more than " + size);
        }
        Arrays.fill(b, at, at + size, (byte) 0);
        System.arraycopy(text, 0, b, at, text.length);
    }
}
