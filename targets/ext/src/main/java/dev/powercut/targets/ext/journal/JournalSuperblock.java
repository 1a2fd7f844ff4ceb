package dev.powercut.targets.ext.journal;

import dev.powercut.sim.bytes.BigEndian;
import java.util.Arrays;

/**
 * Reads and writes the fields of the journal's superblock: 1,024 bytes in {@code b} from {@code at} on. {@link JournalGeometry} is the
 * object in memory. After changes of a journal with checksums v2 or v3, {@link JournalChecksums#sealSuperblock} is due.
 */
public final class JournalSuperblock {

    private JournalSuperblock() {}

    /** Makes the superblock of an empty journal, all other bytes 0. */
    public static void put(byte[] b, int at, int blockSizeBytes, int blockCount, byte[] uuid) {
        Arrays.fill(b, at, at + JournalFormat.SUPERBLOCK_BYTES, (byte) 0);
        JournalBlock.putHeader(b, at, JournalFormat.TYPE_SUPERBLOCK_V2, 0);
        BigEndian.put32(b, at + JournalFormat.S_BLOCKSIZE, blockSizeBytes);
        setBlockCount(b, at, blockCount);
        setFirstLogBlock(b, at, 1);
        setSequence(b, at, 1);
        System.arraycopy(uuid, 0, b, at + JournalFormat.S_UUID, JournalFormat.UUID_BYTES);
        BigEndian.put32(b, at + JournalFormat.S_NR_USERS, 1);
    }

    /** Sets the features for a kind of checksum, with or without commits that go before their data; the journal must be empty. */
    public static void setFeatures(byte[] b, int at, JournalChecksum checksum, boolean asyncCommit) {
        int incompat = JournalFormat.INCOMPAT_REVOKE | (asyncCommit ? JournalFormat.INCOMPAT_ASYNC_COMMIT : 0);
        switch (checksum) {
            case NONE, COMMIT -> {}
            case V2 -> incompat |= JournalFormat.INCOMPAT_CSUM_V2;
            case V3 -> incompat |= JournalFormat.INCOMPAT_CSUM_V3;
        }
        BigEndian.put32(
                b,
                at + JournalFormat.S_FEATURE_COMPAT,
                checksum == JournalChecksum.COMMIT ? JournalFormat.COMPAT_CHECKSUM : 0);
        BigEndian.put32(b, at + JournalFormat.S_FEATURE_INCOMPAT, incompat);
        b[at + JournalFormat.S_CHECKSUM_TYPE] = (byte) (checksum.isPerBlock() ? JournalFormat.CHECKSUM_CRC32C : 0);
        BigEndian.put32(b, at + JournalFormat.S_CHECKSUM, 0);
    }

    public static int blockSize(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_BLOCKSIZE);
    }

    public static int blockCount(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_MAXLEN);
    }

    public static int firstLogBlock(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_FIRST);
    }

    public static void setBlockCount(byte[] b, int at, int count) {
        BigEndian.put32(b, at + JournalFormat.S_MAXLEN, count);
    }

    public static void setFirstLogBlock(byte[] b, int at, int block) {
        BigEndian.put32(b, at + JournalFormat.S_FIRST, block);
    }

    /** Of the first transaction in the log; of an empty log, of the next. */
    public static int sequence(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_SEQUENCE);
    }

    public static void setSequence(byte[] b, int at, int sequence) {
        BigEndian.put32(b, at + JournalFormat.S_SEQUENCE, sequence);
    }

    /** Journal block where the log starts; 0: it is empty. */
    public static int start(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_START);
    }

    public static void setStart(byte[] b, int at, int block) {
        BigEndian.put32(b, at + JournalFormat.S_START, block);
    }

    /** A negative errno; 0 is none. */
    public static int errno(byte[] b, int at) {
        return BigEndian.s32(b, at + JournalFormat.S_ERRNO);
    }

    public static void setErrno(byte[] b, int at, int errno) {
        BigEndian.put32(b, at + JournalFormat.S_ERRNO, errno);
    }

    /** How many filesystems share the journal; 0 and 1 are those that have their own. 0 in a superblock v1. */
    public static int userCount(byte[] b, int at) {
        return isV2(b, at) ? BigEndian.s32(b, at + JournalFormat.S_NR_USERS) : 0;
    }

    public static void setUserCount(byte[] b, int at, int count) {
        BigEndian.put32(b, at + JournalFormat.S_NR_USERS, count);
    }

    /** 0 in a superblock v1. */
    public static int compat(byte[] b, int at) {
        return isV2(b, at) ? BigEndian.s32(b, at + JournalFormat.S_FEATURE_COMPAT) : 0;
    }

    /** 0 in a superblock v1. */
    public static int incompat(byte[] b, int at) {
        return isV2(b, at) ? BigEndian.s32(b, at + JournalFormat.S_FEATURE_INCOMPAT) : 0;
    }

    /** 0 in a superblock v1. */
    public static int roCompat(byte[] b, int at) {
        return isV2(b, at) ? BigEndian.s32(b, at + JournalFormat.S_FEATURE_RO_COMPAT) : 0;
    }

    public static boolean isV2(byte[] b, int at) {
        return JournalBlock.type(b, at) == JournalFormat.TYPE_SUPERBLOCK_V2;
    }

    /** Whether these bytes begin as a superblock, of either version, does. */
    public static boolean isSuperblock(byte[] b, int at) {
        int type = JournalBlock.type(b, at);
        return JournalBlock.hasMagic(b, at)
                && (type == JournalFormat.TYPE_SUPERBLOCK_V1 || type == JournalFormat.TYPE_SUPERBLOCK_V2);
    }

    /** 16 bytes. */
    public static byte[] uuid(byte[] b, int at) {
        int from = at + JournalFormat.S_UUID;
        return Arrays.copyOfRange(b, from, from + JournalFormat.UUID_BYTES);
    }

    public static void setUuid(byte[] b, int at, byte[] uuid) {
        System.arraycopy(uuid, 0, b, at + JournalFormat.S_UUID, JournalFormat.UUID_BYTES);
    }
}
