package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import java.util.function.IntFunction;

/**
 * Says in words to what a block belongs.
 *
 * @param paths by inode number; empty for an inode without one
 */
record BlockOwners(Geometry g, Checkpoint checkpoint, InodeTable table, IntFunction<String> paths) {

    /** What a block is, and of what; begins with a verb. */
    String words(int block) {
        if (block == 0 || block == g.backupBlock()) {
            return block == 0 ? "is the superblock" : "is the backup superblock";
        } else if (block >= g.checkpointA() && block < g.checkpointA() + g.checkpointBlocks()) {
            return "is of checkpoint region A";
        } else if (block >= g.checkpointB() && block < g.checkpointB() + g.checkpointBlocks()) {
            return "is of checkpoint region B";
        } else if (!g.isInSegment(block)) {
            return "is not used by the format";
        }
        Claims claims = new Claims();
        claims.addAll(table);
        claims.addTable(checkpoint.mapBlocks(), Format.KIND_INODE_MAP);
        claims.addTable(checkpoint.usageBlocks(), Format.KIND_USAGE);
        claims.sort();
        int rank = claims.firstFrom(block + 1) - 1;
        if (rank < 0 || claims.end(rank) <= block) {
            return "of segment " + g.segmentOf(block) + " is not live";
        }
        int inode = claims.inodeNumber(rank);
        String path = inode == 0 ? "" : paths.apply(inode);
        String whose = "inode " + inode + (path.isEmpty() ? "" : " (" + path + ")");
        long offset = claims.offset(rank) + (block - claims.start(rank));
        return switch (claims.kind(rank)) {
            case Format.KIND_INODE_MAP -> "is block " + offset + " of the inode map";
            case Format.KIND_USAGE -> "is block " + offset + " of the segment usage table";
            case Format.KIND_INODES -> "holds the record of " + whose + inodesBefore(claims, rank);
            case Format.KIND_EXTENTS ->
                "is extent block " + (offset & 0xFFFF_FFFFL) + " of level " + (offset >>> Format.EXTENT_LEVEL_SHIFT)
                        + " of " + whose;
            default -> "is file block " + offset + " of " + whose;
        };
    }

    private static String inodesBefore(Claims claims, int rank) {
        int others = 0;
        for (int before = rank - 1; before >= 0 && claims.start(before) == claims.start(rank); before--) {
            others++;
        }
        return others == 0 ? "" : " and " + others + " more";
    }
}
