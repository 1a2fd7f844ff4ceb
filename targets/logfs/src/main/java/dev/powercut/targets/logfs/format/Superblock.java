package dev.powercut.targets.logfs.format;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.check.image.ImageFormatException;
import java.util.Arrays;

/** Writes and reads superblocks. */
public final class Superblock {

    private static final String REMEDY = "give an image that was made with mkfs --type logfs";

    private Superblock() {}

    /** Puts a superblock into the {@link Format#SUPERBLOCK_BYTES} bytes from {@code at} on. */
    public static void encode(Geometry g, long createdNanos, byte[] label, byte[] b, int at) {
        Arrays.fill(b, at, at + Format.SUPERBLOCK_BYTES, (byte) 0);
        put64(b, at + Format.SB_MAGIC, Format.SUPERBLOCK_MAGIC);
        put32(b, at + Format.SB_REVISION, Format.REVISION);
        put64(b, at + Format.SB_VOLUME_ID, g.volumeId());
        put32(b, at + Format.SB_BLOCK_SIZE, g.blockSizeBytes());
        put32(b, at + Format.SB_BLOCK_COUNT, g.blockCount());
        put32(b, at + Format.SB_SEGMENT_BLOCKS, g.segmentBlocks());
        put32(b, at + Format.SB_SEGMENT_COUNT, g.segmentCount());
        put32(b, at + Format.SB_FIRST_SEGMENT, g.firstSegmentBlock());
        put32(b, at + Format.SB_CHECKPOINT_BLOCKS, g.checkpointBlocks());
        put32(b, at + Format.SB_CHECKPOINT_A, g.checkpointA());
        put32(b, at + Format.SB_CHECKPOINT_B, g.checkpointB());
        put32(b, at + Format.SB_BACKUP_BLOCK, g.backupBlock());
        put32(b, at + Format.SB_INODE_COUNT, g.inodeCount());
        put32(b, at + Format.SB_RESERVE_SEGMENTS, g.reserveSegments());
        put64(b, at + Format.SB_CREATED, createdNanos);
        System.arraycopy(label, 0, b, at + Format.SB_LABEL, Math.min(label.length, Format.LABEL_BYTES));
        int checksum = new Checksum(g.volumeId()).ofRecord(b, at, Format.SUPERBLOCK_BYTES, at + Format.SB_CHECKSUM);
        put32(b, at + Format.SB_CHECKSUM, checksum);
    }

    public static boolean hasMagic(byte[] b, int at) {
        return s64(b, at + Format.SB_MAGIC) == Format.SUPERBLOCK_MAGIC;
    }

    /**
     * Reads a superblock and checks all of it.
     *
     * @param deviceBytes size of the device
     * @param positionBytes where on the device it was read
     */
    public static Geometry decode(byte[] b, int at, long deviceBytes, long positionBytes) throws ImageFormatException {
        if (!hasMagic(b, at)) {
            throw bad("there is no superblock of logfs", positionBytes + Format.SB_MAGIC);
        } else if (s32(b, at + Format.SB_REVISION) != Format.REVISION) {
            throw new ImageFormatException(
                    "revision " + Integer.toUnsignedString(s32(b, at + Format.SB_REVISION))
                            + " of the format is not known here",
                    positionBytes + Format.SB_REVISION,
                    "use the version of Powercut that made the image");
        }
        long volumeId = s64(b, at + Format.SB_VOLUME_ID);
        int checksum = new Checksum(volumeId).ofRecord(b, at, Format.SUPERBLOCK_BYTES, at + Format.SB_CHECKSUM);
        if (checksum != s32(b, at + Format.SB_CHECKSUM)) {
            throw bad("the superblock's checksum is wrong", positionBytes + Format.SB_CHECKSUM);
        }
        Geometry g = new Geometry(
                volumeId,
                s32(b, at + Format.SB_BLOCK_SIZE),
                s32(b, at + Format.SB_BLOCK_COUNT),
                s32(b, at + Format.SB_SEGMENT_BLOCKS),
                s32(b, at + Format.SB_SEGMENT_COUNT),
                s32(b, at + Format.SB_FIRST_SEGMENT),
                s32(b, at + Format.SB_CHECKPOINT_BLOCKS),
                s32(b, at + Format.SB_CHECKPOINT_A),
                s32(b, at + Format.SB_CHECKPOINT_B),
                s32(b, at + Format.SB_BACKUP_BLOCK),
                s32(b, at + Format.SB_INODE_COUNT),
                s32(b, at + Format.SB_RESERVE_SEGMENTS));
        check(g, deviceBytes, positionBytes);
        return g;
    }

    private static void check(Geometry g, long deviceBytes, long positionBytes) throws ImageFormatException {
        int size = g.blockSizeBytes();
        if (size < Format.MIN_BLOCK_SIZE_BYTES || size > Format.MAX_BLOCK_SIZE_BYTES || Integer.bitCount(size) != 1) {
            throw bad("blocks of " + size + " bytes", positionBytes + Format.SB_BLOCK_SIZE);
        } else if (g.blockCount() < 1 || (long) g.blockCount() * size > deviceBytes) {
            throw new ImageFormatException(
                    "the superblock speaks of " + Integer.toUnsignedString(g.blockCount()) + " blocks, the device has "
                            + deviceBytes / size,
                    positionBytes + Format.SB_BLOCK_COUNT,
                    "give the whole image");
        } else if (g.segmentBlocks() < Format.MIN_SEGMENT_BLOCKS || g.segmentBlocks() > Format.MAX_SEGMENT_BLOCKS) {
            throw bad("segments of " + g.segmentBlocks() + " blocks", positionBytes + Format.SB_SEGMENT_BLOCKS);
        } else if (g.segmentCount() < Format.MIN_SEGMENTS
                || g.segmentCount() > Format.MAX_SEGMENTS
                || g.firstSegmentBlock() < 1
                || g.firstSegmentBlock() + (long) g.segmentCount() * g.segmentBlocks() > g.blockCount()) {
            throw bad(g.segmentCount() + " segments", positionBytes + Format.SB_SEGMENT_COUNT);
        } else if (g.inodeCount() < 1 || g.inodeCount() > g.blockCount()) {
            throw bad("room for " + g.inodeCount() + " inodes", positionBytes + Format.SB_INODE_COUNT);
        } else if (g.reserveSegments() < 1 || g.reserveSegments() >= g.segmentCount()) {
            throw bad("a reserve of " + g.reserveSegments() + " segments", positionBytes + Format.SB_RESERVE_SEGMENTS);
        }
        checkFixedPlaces(g, positionBytes);
    }

    private static void checkFixedPlaces(Geometry g, long positionBytes) throws ImageFormatException {
        long needed = Math.ceilDiv(g.checkpointBytes(g.maxMapBlocks()), g.blockSizeBytes());
        int blocks = g.checkpointBlocks();
        if (blocks < needed || blocks > g.blockCount()) {
            throw bad("checkpoints of " + blocks + " blocks", positionBytes + Format.SB_CHECKPOINT_BLOCKS);
        } else if (g.checkpointA() < 1 || (long) g.checkpointA() + blocks > g.firstSegmentBlock()) {
            throw bad("checkpoint A at block " + g.checkpointA(), positionBytes + Format.SB_CHECKPOINT_A);
        } else if (g.backupBlock() < g.endOfSegments() || g.backupBlock() >= g.blockCount()) {
            throw bad("a backup in block " + g.backupBlock(), positionBytes + Format.SB_BACKUP_BLOCK);
        } else if (g.checkpointB() < g.endOfSegments() || (long) g.checkpointB() + blocks > g.backupBlock()) {
            throw bad("checkpoint B at block " + g.checkpointB(), positionBytes + Format.SB_CHECKPOINT_B);
        }
    }

    private static ImageFormatException bad(String what, long offsetBytes) {
        return new ImageFormatException(what, offsetBytes, REMEDY);
    }
}
