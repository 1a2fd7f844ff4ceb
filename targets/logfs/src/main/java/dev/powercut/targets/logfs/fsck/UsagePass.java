package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.u32;

import dev.powercut.targets.logfs.format.Format;

/** Pass 5: the live bytes of each segment. */
final class UsagePass {

    private final Volume volume;

    /** Of the claims that are being counted: how far they are, and how much of a long one is done. */
    private int rank;

    private int done;

    /** Blocks of tables in the segment that was counted last: they are not in its count, and yet take room. */
    private int tableBlocks;

    UsagePass(Volume volume) {
        this.volume = volume;
    }

    /** Compares a usage table with claims, which are sorted. */
    void compare(int[] pointers, Claims claims, Problems problems) {
        rank = 0;
        done = 0;
        int perBlock = volume.geometry.usageEntriesPerBlock();
        byte[] b = new byte[volume.blockSize()];
        for (int index = 0; index < pointers.length; index++) {
            int first = index * perBlock;
            int end = Math.min(volume.geometry.segmentCount(), first + perBlock);
            if (pointers[index] != 0) {
                volume.read(pointers[index], 1, b, 0);
            } else if (rank == claims.count() || volume.geometry.segmentOf(claims.start(rank) + done) >= end) {
                continue;
            } else {
                java.util.Arrays.fill(b, (byte) 0);
            }
            for (int segment = first; segment < end; segment++) {
                long found = u32(b, (segment - first) * Format.USAGE_ENTRY_BYTES + Format.USE_LIVE);
                long expected = live(claims, segment);
                if (found != expected) {
                    long most = (long) (volume.geometry.segmentBlocks() - tableBlocks) * volume.blockSize();
                    if (found > most) {
                        problems.add(ProblemKind.USAGE_IMPOSSIBLE, 0, segment, found, most);
                        continue;
                    }
                    ProblemKind kind = found == 0
                            ? ProblemKind.LIVE_BLOCKS_IN_FREE_SEGMENT
                            : found < expected ? ProblemKind.USAGE_TOO_LOW : ProblemKind.USAGE_TOO_HIGH;
                    problems.add(kind, 0, segment, found, expected);
                }
            }
        }
    }

    void restart() {
        rank = 0;
        done = 0;
    }

    /** Live bytes of a segment; to be asked for each segment in turn. */
    long live(Claims claims, int segment) {
        int end = volume.geometry.segmentStart(segment) + volume.geometry.segmentBlocks();
        long live = 0;
        tableBlocks = 0;
        while (rank < claims.count() && claims.start(rank) + done < end) {
            int blocks = Math.min(claims.length(rank) - done, end - claims.start(rank) - done);
            live += switch (claims.kind(rank)) {
                case Format.KIND_INODES -> Format.INODE_BYTES;
                case Format.KIND_DATA, Format.KIND_DIRECTORY, Format.KIND_EXTENTS -> (long) blocks * volume.blockSize();
                default -> 0;
            };
            tableBlocks +=
                    claims.kind(rank) == Format.KIND_INODE_MAP || claims.kind(rank) == Format.KIND_USAGE ? blocks : 0;
            done += blocks;
            if (done == claims.length(rank)) {
                rank++;
                done = 0;
            }
        }
        return live;
    }
}
