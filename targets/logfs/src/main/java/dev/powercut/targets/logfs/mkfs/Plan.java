package dev.powercut.targets.logfs.mkfs;

import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import org.jspecify.annotations.Nullable;

/** Lays a volume out: how many segments, where the fixed blocks are, how much is kept in reserve. */
final class Plan {

    /** Blocks of dirty metadata that may be waiting when a checkpoint begins; see the filesystem's limit. */
    private static final int DIRTY_BLOCKS = 64;

    /** Besides what is computed: the log's own segment, the cleaner's, and two of which parts are wasted at their ends. */
    private static final int FIXED_SEGMENTS = 4;

    /** Share of the segments that stays in reserve so that the cleaner finds something to gain on the fullest volume: 1/16. */
    private static final int CLEANING_SHARE = 16;

    private Plan() {}

    /** The layout of so many blocks, or null when they are too few. */
    static @Nullable Geometry of(MkfsOptions options, int blockCount, long volumeId) {
        int size = options.blockSizeBytes();
        int segmentBlocks = options.segmentBytes() / size;
        long wanted =
                options.inodeCount() > 0 ? options.inodeCount() : (long) blockCount * size / options.bytesPerInode();
        int inodeCount = (int) Math.max(Math.min(16, blockCount), Math.min(wanted, blockCount));
        // With as many segments as would fit if there were no checkpoints, these are as long as they can be.
        Geometry most = geometry(options, blockCount, volumeId, inodeCount, blockCount / segmentBlocks, 1);
        int checkpointBlocks = Math.ceilDiv(most.checkpointBytes(most.maxMapBlocks()), size);
        int segmentCount = (blockCount - 2 - 2 * checkpointBlocks) / segmentBlocks;
        if (segmentCount < Format.MIN_SEGMENTS) {
            return null;
        }
        Geometry plan = geometry(options, blockCount, volumeId, inodeCount, segmentCount, checkpointBlocks);
        return plan.reserveSegments() > segmentCount / 2 ? null : plan;
    }

    private static Geometry geometry(
            MkfsOptions options,
            int blockCount,
            long volumeId,
            int inodeCount,
            int segmentCount,
            int checkpointBlocks) {
        int size = options.blockSizeBytes();
        int segmentBlocks = options.segmentBytes() / size;
        int backup = blockCount - 1;
        Geometry bare = new Geometry(
                volumeId,
                size,
                blockCount,
                segmentBlocks,
                Math.max(1, segmentCount),
                1 + checkpointBlocks,
                checkpointBlocks,
                1,
                backup - checkpointBlocks,
                backup,
                inodeCount,
                1);
        return new Geometry(
                volumeId,
                size,
                blockCount,
                segmentBlocks,
                bare.segmentCount(),
                bare.firstSegmentBlock(),
                checkpointBlocks,
                bare.checkpointA(),
                bare.checkpointB(),
                backup,
                inodeCount,
                reserveSegments(bare));
    }

    /**
     * What no file may fill: twice the metadata that a checkpoint may have to write (once for the running system, once more for a recovery
     * that follows it), what tables and extent blocks take, and room for the cleaner.
     */
    private static int reserveSegments(Geometry g) {
        long blocks = (long) g.segmentCount() * g.segmentBlocks();
        long metadata = g.maxMapBlocks() + g.usageBlocks() + blocks / g.extentsPerBlock() + DIRTY_BLOCKS;
        int payload = g.segmentBlocks() - Math.ceilDiv(g.segmentBlocks(), g.maxPayloadBlocks() + 1);
        return (int) (2 * Math.ceilDiv(metadata, payload)) + FIXED_SEGMENTS + g.segmentCount() / CLEANING_SHARE;
    }
}
