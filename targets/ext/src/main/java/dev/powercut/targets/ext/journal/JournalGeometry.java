package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import java.util.Arrays;

/**
 * The measures of a journal, taken from a superblock that {@link #of} has found sound. Immutable. Journal blocks are numbered from
 * its superblock, 0; the log is a ring from {@link #firstLogBlock} up to {@link #blockCount}.
 */
public final class JournalGeometry {

    private final int blockSizeBytes;
    private final int blockCount;
    private final int firstLogBlock;
    private final int compat;
    private final int incompat;
    private final JournalChecksum checksum;
    private final byte[] uuid;
    private final int tagBytes;
    private final int usableBytes;

    private JournalGeometry(byte[] b, int at, JournalChecksum checksum) {
        this.blockSizeBytes = JournalSuperblock.blockSize(b, at);
        this.blockCount = JournalSuperblock.blockCount(b, at);
        this.firstLogBlock = JournalSuperblock.firstLogBlock(b, at);
        this.compat = JournalSuperblock.compat(b, at);
        this.incompat = JournalSuperblock.incompat(b, at);
        this.checksum = checksum;
        this.uuid = JournalSuperblock.uuid(b, at);
        int plain = is64Bit() ? JournalFormat.TAG_BYTES_64BIT : JournalFormat.TAG_BYTES;
        this.tagBytes = switch (checksum) {
            case NONE, COMMIT -> plain;
            case V2 -> plain + JournalFormat.TAG_BYTES_MORE_V2;
            case V3 -> JournalFormat.TAG_BYTES_V3;
        };
        this.usableBytes = blockSizeBytes - (checksum.isPerBlock() ? JournalFormat.TAIL_BYTES : 0);
    }

    /**
     * Takes the measures from the superblock of 1,024 bytes in {@code b} from {@code at} on. Says nothing of start and sequence, which
     * change, and are not what the measures depend on.
     *
     * @param blockSizeBytes of the volume
     * @param fileBlocks blocks that the journal's inode has
     * @throws ImageFormatException when this is no superblock of a journal, contradicts itself or the volume, or needs a feature that
     *     we do not know; its offset is one in the journal
     */
    public static JournalGeometry of(byte[] b, int at, int blockSizeBytes, int fileBlocks) throws ImageFormatException {
        if (!JournalSuperblock.isSuperblock(b, at)) {
            throw noSuperblock(b, at);
        }
        int size = JournalSuperblock.blockSize(b, at);
        if (size != blockSizeBytes) {
            throw wrong(
                    "the journal has blocks of " + Integer.toUnsignedString(size) + " bytes, the volume of "
                            + blockSizeBytes,
                    JournalFormat.S_BLOCKSIZE);
        }
        int blocks = JournalSuperblock.blockCount(b, at);
        if (Integer.compareUnsigned(blocks, JournalFormat.MIN_JOURNAL_BLOCKS) < 0) {
            throw wrongMeasure(b, at, tooFewBlocks(blocks, fileBlocks), JournalFormat.S_MAXLEN);
        } else if (Integer.compareUnsigned(blocks, fileBlocks) > 0) {
            throw wrong(tooFewBlocks(blocks, fileBlocks), JournalFormat.S_MAXLEN);
        }
        int first = JournalSuperblock.firstLogBlock(b, at);
        if (first < 1 || first > blocks - 2) {
            throw wrongMeasure(
                    b,
                    at,
                    "the log of the journal starts at block " + Integer.toUnsignedString(first) + " of " + blocks,
                    JournalFormat.S_FIRST);
        }
        if (first > blocks + 1 - JournalFormat.MIN_JOURNAL_BLOCKS) {
            throw wrongMeasure(
                    b,
                    at,
                    "the log has only " + (blocks - first) + " blocks, from " + first + " on, of the journal's "
                            + blocks + ", too few for a transaction",
                    JournalFormat.S_FIRST);
        }
        JournalChecksum checksum = checksumOf(b, at);
        JournalGeometry geometry = new JournalGeometry(b, at, checksum);
        if (checksum.isPerBlock()) {
            int type = b[at + JournalFormat.S_CHECKSUM_TYPE];
            if (type != JournalFormat.CHECKSUM_CRC32C) {
                throw wrong("the journal has checksums of unknown type " + type, JournalFormat.S_CHECKSUM_TYPE);
            } else if (!JournalChecksums.isSuperblockSound(b, at)) {
                throw wrong("the checksum of the journal's superblock is wrong", JournalFormat.S_CHECKSUM);
            }
        }
        return geometry;
    }

    /** What is not a superblock now may be one that is to come: it has the magic number, but is none of the blocks of a log. */
    private static ImageFormatException noSuperblock(byte[] b, int at) {
        int type = JournalBlock.type(b, at);
        boolean isOfLog = type == JournalFormat.TYPE_DESCRIPTOR
                || type == JournalFormat.TYPE_COMMIT
                || type == JournalFormat.TYPE_REVOKE;
        return !JournalBlock.hasMagic(b, at) || isOfLog
                ? wrong("the journal has no superblock", JournalFormat.H_MAGIC)
                : new ImageFormatException(
                        "the journal has a superblock of a type that is not known here ("
                                + Integer.toUnsignedString(type) + ")",
                        JournalFormat.H_BLOCKTYPE,
                        Recovery.UNSUPPORTED);
    }

    private static JournalChecksum checksumOf(byte[] b, int at) throws ImageFormatException {
        int incompat = JournalSuperblock.incompat(b, at);
        if ((incompat & ~JournalFormat.INCOMPAT_UNDERSTOOD) != 0 || JournalSuperblock.roCompat(b, at) != 0) {
            throw new ImageFormatException(
                    "the journal has features that are not known here (incompatible "
                            + Integer.toHexString(incompat & ~JournalFormat.INCOMPAT_UNDERSTOOD) + ", read-only "
                            + Integer.toHexString(JournalSuperblock.roCompat(b, at)) + ")",
                    JournalFormat.S_FEATURE_INCOMPAT,
                    Recovery.UNSUPPORTED);
        }
        boolean commit = (JournalSuperblock.compat(b, at) & JournalFormat.COMPAT_CHECKSUM) != 0;
        boolean v2 = (incompat & JournalFormat.INCOMPAT_CSUM_V2) != 0;
        boolean v3 = (incompat & JournalFormat.INCOMPAT_CSUM_V3) != 0;
        if (v2 && v3 || commit && (v2 || v3)) {
            throw wrong("the journal has several kinds of checksum at once", JournalFormat.S_FEATURE_INCOMPAT);
        }
        return v3
                ? JournalChecksum.V3
                : v2 ? JournalChecksum.V2 : commit ? JournalChecksum.COMMIT : JournalChecksum.NONE;
    }

    private static String tooFewBlocks(int blocks, int fileBlocks) {
        return "the journal claims " + Integer.toUnsignedString(blocks) + " blocks, its inode has " + fileBlocks
                + ", and " + JournalFormat.MIN_JOURNAL_BLOCKS + " are the fewest";
    }

    private static ImageFormatException wrong(String what, int offset) {
        return new ImageFormatException(what, offset, Recovery.EMPTY_LOG);
    }

    /** One that can be told from the journal's inode: the log can be replayed all the same, if no checksum says that more is wrong. */
    private static ImageFormatException wrongMeasure(byte[] b, int at, String what, int offset) {
        boolean isChecked = (JournalSuperblock.incompat(b, at) & JournalFormat.INCOMPAT_CHECKSUMS) != 0;
        return isChecked && !JournalChecksums.isSuperblockSound(b, at)
                ? wrong(what, offset)
                : new ImageFormatException(what, offset, Recovery.SET_MEASURES);
    }

    /**
     * Puts right where the ring of the log is, by the journal's inode, in a superblock that {@link #of} has refused with {@link
     * Recovery#SET_MEASURES}: nobody makes others.
     *
     * @param fileBlocks blocks that the journal's inode has
     */
    public static void setMeasures(byte[] b, int at, int fileBlocks) {
        int blocks = JournalSuperblock.blockCount(b, at);
        if (Integer.compareUnsigned(blocks, JournalFormat.MIN_JOURNAL_BLOCKS) < 0) {
            JournalSuperblock.setBlockCount(b, at, fileBlocks);
        }
        JournalSuperblock.setFirstLogBlock(b, at, 1);
        JournalChecksums.sealSuperblock(b, at);
    }

    public int blockSizeBytes() {
        return blockSizeBytes;
    }

    /** Blocks of the journal, the superblock included. */
    public int blockCount() {
        return blockCount;
    }

    public int firstLogBlock() {
        return firstLogBlock;
    }

    /** Blocks of the ring. */
    public int logBlocks() {
        return blockCount - firstLogBlock;
    }

    public JournalChecksum checksum() {
        return checksum;
    }

    /** Compatible features. */
    public int compat() {
        return compat;
    }

    /** Incompatible features, all understood. */
    public int incompat() {
        return incompat;
    }

    /** Whether commit records may come before what they commit. */
    public boolean isCommittedAsync() {
        return (incompat & JournalFormat.INCOMPAT_ASYNC_COMMIT) != 0;
    }

    public boolean is64Bit() {
        return (incompat & JournalFormat.INCOMPAT_64BIT) != 0;
    }

    /** 16 bytes, an array of its own. */
    public byte[] uuid() {
        return Arrays.copyOf(uuid, uuid.length);
    }

    // ---- The ring ----

    public boolean isLogBlock(int block) {
        return block >= firstLogBlock && block < blockCount;
    }

    /** The block after a log block, round the ring. */
    public int next(int block) {
        return block + 1 == blockCount ? firstLogBlock : block + 1;
    }

    /** The block {@code count} after a log block, round the ring; {@code count} from 0 to {@link #logBlocks}. */
    public int advance(int block, int count) {
        int to = block + count;
        return to >= blockCount ? to - logBlocks() : to;
    }

    /** Blocks from one log block on up to another, round the ring; 0 when they are the same. */
    public int distance(int from, int to) {
        return to >= from ? to - from : to - from + logBlocks();
    }

    // ---- Room in blocks ----

    /** Bytes of a tag, without a uuid. */
    public int tagBytes() {
        return tagBytes;
    }

    /** Bytes of a descriptor or revoke block before its tail. */
    public int usableBytes() {
        return usableBytes;
    }

    /** Most data blocks that one descriptor describes. */
    public int mostTags() {
        return (usableBytes - JournalFormat.HEADER_BYTES - JournalFormat.UUID_BYTES) / tagBytes;
    }

    /** Most home blocks that one revoke block holds. */
    public int mostRevokes() {
        return (usableBytes - JournalFormat.REVOKE_HEADER_BYTES) / revokeBytes();
    }

    /** Bytes of a home block in a revoke block. */
    public int revokeBytes() {
        return is64Bit() ? Long.BYTES : Integer.BYTES;
    }

    /** Descriptor blocks that so many data blocks need. */
    public int descriptorsFor(int dataBlocks) {
        return Math.ceilDiv(dataBlocks, mostTags());
    }

    /** Revoke blocks that so many revoked blocks need. */
    public int revokeBlocksFor(int revokes) {
        return Math.ceilDiv(revokes, mostRevokes());
    }
}
