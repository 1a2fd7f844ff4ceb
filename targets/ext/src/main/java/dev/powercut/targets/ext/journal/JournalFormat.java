package dev.powercut.targets.ext.journal;

/**
 * The on-disk format of the redo log (JBD2), on one screen.
 *
 * <pre>
 * journal     | super | log: blocks first … blockCount - 1, used as a ring                          |   blocks of the volume's size
 *             | block | ← transaction s ───────→ ← transaction s+1 ────→ … (older ones, overwritten) |   block n is block n of inode 8
 *             `- 0      start                                              the next one would begin where the log ends
 *
 * transaction | revoke … | descriptor | data × n | descriptor | data × m | … | commit |    every block but data begins with a header
 *               ("do not     names n      whole       (when one is full)        all before
 *               replay b")   home blocks  blocks                                it is complete
 *
 * header      | magic u32 | block type u32 | sequence u32 |                      sequence: of the transaction; 32 bits that wrap
 *
 * descriptor  | header | tag | uuid 16 B | tag | tag | … | tag (last) | zeroes | tail u32 |
 *                        `- no SAME_UUID: a uuid follows                          `--- with v2 and v3: checksum of the block
 *
 * tag         plain    | home u32 | check u16 | flags u16 | home high u32 |      8 bytes; 12 with 64bit
 *             csum v2  the same, and two bytes of no use                         10 bytes; 14 with 64bit
 *             csum v3  | home u32 | flags u32 | home high u32 | check u32 |      16 bytes
 *
 * revoke      | header | bytes in use u32 | home | home | …    | tail u32 |      home: u32; u64 with 64bit
 *
 * commit      | header | type u8 | size u8 | 0 u16 | checksum u32 × 8 | seconds u64 | nanoseconds u32 |
 *
 * data        a copy of the home block; when it begins with the magic, these four bytes are zero and the tag says ESCAPE
 * </pre>
 *
 * <p>A home block is replayed with what the last transaction that logged it logged, unless a transaction not older than that one revoked
 * it. A superblock whose start is 0 says that the log is empty.
 *
 * <p>Every field below: its offset in its record in bytes; type; unit or meaning. <strong>Integers are big-endian</strong>.
 *
 * <p>Sources: Linux kernel documentation, {@code Documentation/filesystems/ext4/journal.rst} and
 * {@code Documentation/filesystems/journalling.rst}; numbers of {@code jbd2.h}.
 */
public final class JournalFormat {

    private JournalFormat() {}

    // ---- Header of every block of the log that is no data, and of the superblock ----

    /** u32. {@link #MAGIC}. */
    public static final int H_MAGIC = 0x00;
    /** u32. {@code TYPE_…}. */
    public static final int H_BLOCKTYPE = 0x04;
    /** u32. Sequence number of the transaction; of a superblock, nothing. */
    public static final int H_SEQUENCE = 0x08;
    /** Bytes of the header. */
    public static final int HEADER_BYTES = 12;

    /** {@link #H_MAGIC}. */
    public static final int MAGIC = 0xC03B_3998;

    public static final int TYPE_DESCRIPTOR = 1;
    public static final int TYPE_COMMIT = 2;
    /** Superblock without features: fields from {@link #S_FEATURE_COMPAT} on mean nothing. */
    public static final int TYPE_SUPERBLOCK_V1 = 3;

    public static final int TYPE_SUPERBLOCK_V2 = 4;
    public static final int TYPE_REVOKE = 5;

    // ---- Superblock: block 0 of the journal ----

    /** Bytes of the superblock record; the rest of its block is not used. */
    public static final int SUPERBLOCK_BYTES = 1024;

    /** u32. Bytes of a block: that of the volume. */
    public static final int S_BLOCKSIZE = 0x0C;
    /** u32. Blocks of the journal, the superblock included. */
    public static final int S_MAXLEN = 0x10;
    /** u32. First block of the log. */
    public static final int S_FIRST = 0x14;
    /** u32. Sequence of the first transaction in the log; of an empty log, of the next one. */
    public static final int S_SEQUENCE = 0x18;
    /** u32. Block where the log starts; 0: it is empty. */
    public static final int S_START = 0x1C;
    /** s32. Error, a negative errno, with which the journal was given up; 0 is none. */
    public static final int S_ERRNO = 0x20;
    /** u32. {@link #COMPAT_CHECKSUM}. This and all below: superblock v2 only. */
    public static final int S_FEATURE_COMPAT = 0x24;
    /** u32. {@code INCOMPAT_…}. */
    public static final int S_FEATURE_INCOMPAT = 0x28;
    /** u32. None are defined. */
    public static final int S_FEATURE_RO_COMPAT = 0x2C;
    /** 16 bytes. Seed of the checksums v2 and v3. */
    public static final int S_UUID = 0x30;
    /** u32. Filesystems that share the journal; 1. */
    public static final int S_NR_USERS = 0x40;
    /** u32. Not used. */
    public static final int S_DYNSUPER = 0x44;
    /** u32. Not used: most blocks of a transaction. */
    public static final int S_MAX_TRANSACTION = 0x48;
    /** u32. Not used: most data blocks of a transaction. */
    public static final int S_MAX_TRANS_DATA = 0x4C;
    /** u8. {@link #CHECKSUM_CRC32C} with v2 and v3. */
    public static final int S_CHECKSUM_TYPE = 0x50;
    /** u32. Blocks at the end kept for fast commits. */
    public static final int S_NUM_FC_BLKS = 0x54;
    /** u32. Head of the log, of an empty log only (recent kernels). */
    public static final int S_HEAD = 0x58;
    /** u32. With v2 and v3: checksum of the record, this field taken as 0. */
    public static final int S_CHECKSUM = 0xFC;
    /** 48 × 16 bytes. UUIDs of the filesystems that share the journal. */
    public static final int S_USERS = 0x100;

    public static final int UUID_BYTES = 16;

    /** A commit block holds a checksum (CRC-32, big-endian) over descriptors and data of its transaction. */
    public static final int COMPAT_CHECKSUM = 0x1;

    /** There may be revoke blocks. */
    public static final int INCOMPAT_REVOKE = 0x1;
    /** Home blocks are of 64 bits. */
    public static final int INCOMPAT_64BIT = 0x2;
    /** Commit blocks may be written without a flush before: only a checksum tells that a transaction is whole. */
    public static final int INCOMPAT_ASYNC_COMMIT = 0x4;

    public static final int INCOMPAT_CSUM_V2 = 0x8;
    public static final int INCOMPAT_CSUM_V3 = 0x10;
    public static final int INCOMPAT_FAST_COMMIT = 0x20;

    /** Each block has a checksum of its own, the superblock too. */
    static final int INCOMPAT_CHECKSUMS = INCOMPAT_CSUM_V2 | INCOMPAT_CSUM_V3;

    /** A journal with any other incompatible feature is refused. */
    public static final int INCOMPAT_UNDERSTOOD =
            INCOMPAT_REVOKE | INCOMPAT_64BIT | INCOMPAT_ASYNC_COMMIT | INCOMPAT_CHECKSUMS;

    /** Fewest blocks of a journal (JBD2_MIN_JOURNAL_BLOCKS). */
    public static final int MIN_JOURNAL_BLOCKS = 1024;

    /** Most blocks that mkfs gives a journal, as mke2fs has it. */
    public static final int MAX_JOURNAL_BLOCKS = 10_240_000;

    // ---- Tag ----

    /** u32. Low half of the home block. */
    public static final int T_BLOCKNR = 0x00;
    /** u16. With v2: low half of the checksum of the data. */
    public static final int T_CHECKSUM_V2 = 0x04;
    /** u16. {@code FLAG_…}. */
    public static final int T_FLAGS = 0x06;
    /** u32. High half of the home block, with 64bit. */
    public static final int T_BLOCKNR_HIGH = 0x08;
    /** u32. {@code FLAG_…}, with v3. */
    public static final int T_FLAGS_V3 = 0x04;
    /** u32. Checksum of sequence and data, with v3. */
    public static final int T_CHECKSUM_V3 = 0x0C;

    /** Bytes of a tag without 64bit, before what v2 adds. */
    public static final int TAG_BYTES = 8;

    public static final int TAG_BYTES_64BIT = 12;
    /** What v2 adds to a tag, without use. */
    public static final int TAG_BYTES_MORE_V2 = 2;

    public static final int TAG_BYTES_V3 = 16;

    /** The data began with the magic, which was made zero in the log. */
    public static final int FLAG_ESCAPE = 1;
    /** No uuid follows the tag. */
    public static final int FLAG_SAME_UUID = 2;
    /** Not used. */
    public static final int FLAG_DELETED = 4;
    /** The last tag of its descriptor. */
    public static final int FLAG_LAST_TAG = 8;

    /** u32 at the very end of descriptor and revoke blocks, with v2 and v3: checksum of the block, itself taken as 0. */
    public static final int TAIL_BYTES = 4;

    // ---- Revoke block ----

    /** u32. Bytes in use, from the start of the block. */
    public static final int R_COUNT = 0x0C;
    /** Home blocks follow. */
    public static final int REVOKE_HEADER_BYTES = 16;

    // ---- Commit block ----

    /** u8. {@link #CHECKSUM_CRC32} with the compatible checksum, else 0. */
    public static final int C_CHKSUM_TYPE = 0x0C;
    /** u8. Bytes of that checksum: 4, else 0. */
    public static final int C_CHKSUM_SIZE = 0x0D;
    /** u32. That checksum; with v2 and v3, the checksum of this block, the field taken as 0. */
    public static final int C_CHKSUM = 0x10;
    /** u64. When it was committed, seconds since 1970. */
    public static final int C_COMMIT_SEC = 0x30;
    /** u32. Nanoseconds of that second. */
    public static final int C_COMMIT_NSEC = 0x38;
    /** Bytes in use; the rest of the block is zero. */
    public static final int COMMIT_BYTES = 0x3C;

    public static final int CHECKSUM_CRC32 = 1;
    public static final int CHECKSUM_CRC32C = 4;
    /** {@link #C_CHKSUM_SIZE}. */
    public static final int CHECKSUM_CRC32_BYTES = 4;
}
