package dev.powercut.targets.logfs.fsck;

import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pass 2: each live block is what the newest summary that covers it says; what is live is as its checksum says. */
final class SummaryPass {

    private final Volume volume;
    private final Problems problems;
    private final Checkpoint from;

    /** Inodes from which blocks are to be taken. */
    private final List<Inode> robbed = new ArrayList<>();

    /** Blocks of tables that must be written anew. */
    final Set<Integer> mapBlocks = new TreeSet<>();

    final Set<Integer> usageBlocks = new TreeSet<>();

    /** Whether contents of which no summary tells whose they are get no copy, as there is no room for all of them. */
    private final boolean frugal;

    SummaryPass(Volume volume, Checkpoint from, Problems problems, boolean frugal) {
        this.volume = volume;
        this.frugal = frugal;
        this.from = from;
        this.problems = problems;
    }

    /** Checks claims, which are sorted, against the partial writes of the segments that they are in. */
    void run(Claims claims) {
        for (int rank = 0; rank < claims.count(); ) {
            int segment = volume.geometry.segmentOf(claims.start(rank));
            rank = segment(claims, rank, segment);
        }
        takeDrops();
    }

    /** Checks claims against the log behind the checkpoint only: whether something live was overwritten. */
    void run(Claims claims, List<PartialWrite> log) {
        for (PartialWrite write : log) {
            int rank = Math.max(0, claims.firstFrom(write.address()) - 1);
            for (; rank < claims.count() && claims.start(rank) < write.end(); rank++) {
                int from = Math.max(write.address(), claims.start(rank));
                int to = Math.min(write.end(), claims.end(rank));
                for (int block = from; block < to; block++) {
                    if (!matches(write, block, claims, rank)) {
                        foreign(write, block, claims, rank, true);
                        break;
                    }
                }
            }
        }
        takeDrops();
    }

    /** Claims in a segment, from one on that begins in it or before it. Long ones go on in the next segments. */
    private int segment(Claims claims, int first, int segment) {
        int begin = volume.geometry.segmentStart(segment);
        int end = begin + volume.geometry.segmentBlocks();
        int next = first;
        while (next < claims.count() && claims.start(next) < end) {
            next++;
        }
        check(claims, first, next, begin, end);
        // The last one may reach into segments in which none begins.
        for (int rank = first; rank < next; rank++) {
            int from = end;
            while (from < claims.end(rank)) {
                int to = from + volume.geometry.segmentBlocks();
                check(claims, rank, rank + 1, from, to);
                from = to;
            }
        }
        return next;
    }

    private void check(Claims claims, int first, int next, int begin, int end) {
        List<PartialWrite> writes = SegmentReading.of(volume, volume.geometry.segmentOf(begin));
        int[] covering = covering(writes, begin, end);
        boolean threaded = volume.isThreaded(from, volume.geometry.segmentOf(begin));
        int[] live = new int[writes.size()];
        int[] liveInode = new int[writes.size()];
        for (int rank = first; rank < next; rank++) {
            boolean told = false;
            for (int block = Math.max(begin, claims.start(rank)); block < Math.min(end, claims.end(rank)); block++) {
                int index = covering[block - begin] - 1;
                if (index < 0) {
                    if (!threaded) {
                        if (!told) {
                            problems.add(
                                    ProblemKind.BLOCK_WITHOUT_SUMMARY,
                                    claims.inodeNumber(rank),
                                    block,
                                    0,
                                    0,
                                    claims.words(rank));
                        }
                        told = true;
                        if (frugal && isContents(claims, rank)) {
                            drop(claims, rank, block);
                        } else {
                            copy(claims, rank, block);
                        }
                    }
                } else if (!matches(writes.get(index), block, claims, rank)) {
                    if (writes.get(index).whole() || !threaded) {
                        foreign(writes.get(index), block, claims, rank, !told);
                        told = true;
                    }
                } else {
                    live[index]++;
                    liveInode[index] = claims.inodeNumber(rank);
                }
            }
        }
        for (int index = 0; index < writes.size(); index++) {
            PartialWrite write = writes.get(index);
            // What goes to a hole and is torn may leave no summary, and dead blocks that are not as they were.
            if (live[index] > 0 && !threaded && !write.whole() && isIntact(covering, write, index, begin)) {
                problems.add(ProblemKind.PAYLOAD_WRONG, liveInode[index], write.address(), write.count(), live[index]);
                copyAll(claims, first, next, write);
            }
        }
    }

    /** For each block the partial write that covers it and is the newest of those: its index plus 1, or 0 for none. */
    private static int[] covering(List<PartialWrite> writes, int begin, int end) {
        int[] covering = new int[end - begin];
        for (int i = 0; i < writes.size(); i++) {
            PartialWrite write = writes.get(i);
            for (int block = write.address(); block < write.end(); block++) {
                int other = covering[block - begin] - 1;
                if (other < 0 || isNewer(write, writes.get(other))) {
                    covering[block - begin] = i + 1;
                }
            }
        }
        return covering;
    }

    private static boolean isNewer(PartialWrite a, PartialWrite b) {
        return a.checkpoint() > b.checkpoint() || a.checkpoint() == b.checkpoint() && a.sequence() > b.sequence();
    }

    /** Whether nothing was written over any of its blocks, as far as summaries tell. */
    private static boolean isIntact(int[] covering, PartialWrite write, int index, int begin) {
        for (int block = write.address(); block < write.end(); block++) {
            if (covering[block - begin] != index + 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(PartialWrite write, int block, Claims claims, int rank) {
        int entry = block - write.address() - 1;
        if (entry < 0 || write.kind(entry) != claims.kind(rank)) {
            return false;
        }
        Inode inode = claims.owner(rank);
        long offset = claims.offset(rank) + (block - claims.start(rank));
        return switch (claims.kind(rank)) {
            case Format.KIND_INODES -> true;
            case Format.KIND_INODE_MAP, Format.KIND_USAGE -> write.offset(entry) == offset;
            default ->
                inode != null
                        && write.inode(entry) == inode.number
                        && write.version(entry) == inode.version
                        && write.offset(entry) == offset;
        };
    }

    private void foreign(PartialWrite write, int block, Claims claims, int rank, boolean tell) {
        if (tell) {
            problems.add(
                    ProblemKind.BLOCK_OF_ANOTHER,
                    claims.inodeNumber(rank),
                    block,
                    0,
                    0,
                    words(write, block - write.address() - 1));
        }
        if (isContents(claims, rank)) {
            drop(claims, rank, block);
        } else {
            copy(claims, rank, block);
        }
    }

    private static boolean isContents(Claims claims, int rank) {
        return claims.kind(rank) == Format.KIND_DATA || claims.kind(rank) == Format.KIND_DIRECTORY;
    }

    private static String words(PartialWrite write, int entry) {
        if (entry < 0) {
            return "the log, as a summary";
        }
        String version = " (version " + write.version(entry) + ")";
        return switch (write.kind(entry)) {
            case Format.KIND_DATA, Format.KIND_DIRECTORY ->
                "inode " + write.inode(entry) + version + ", as its block " + write.offset(entry);
            case Format.KIND_EXTENTS -> "inode " + write.inode(entry) + version + ", as an extent block";
            case Format.KIND_INODES -> "the inodes";
            case Format.KIND_OPERATIONS -> "the log, as directory operations";
            case Format.KIND_INODE_MAP -> "the inode map, as its block " + write.offset(entry);
            case Format.KIND_USAGE -> "the segment usage table, as its block " + write.offset(entry);
            default -> "nobody";
        };
    }

    private void drop(Claims claims, int rank, int block) {
        Inode inode = claims.owner(rank);
        if (inode != null && inode.drop(claims.offset(rank) + (block - claims.start(rank)))) {
            robbed.add(inode);
        }
    }

    private void takeDrops() {
        for (Inode inode : robbed) {
            inode.takeDrops();
        }
        robbed.clear();
    }

    private void copyAll(Claims claims, int first, int next, PartialWrite write) {
        for (int rank = first; rank < next; rank++) {
            int from = Math.max(write.address(), claims.start(rank));
            for (int block = from; block < Math.min(write.end(), claims.end(rank)); block++) {
                copy(claims, rank, block);
            }
        }
    }

    /** Lets a live block be written anew elsewhere. */
    void copy(Claims claims, int rank, int block) {
        Inode inode = claims.owner(rank);
        switch (claims.kind(rank)) {
            case Format.KIND_INODE_MAP -> mapBlocks.add((int) claims.offset(rank));
            case Format.KIND_USAGE -> usageBlocks.add((int) claims.offset(rank));
            default -> copy(inode, claims, rank, block);
        }
    }

    private static void copy(@Nullable Inode inode, Claims claims, int rank, int block) {
        if (inode == null) {
            return;
        }
        inode.changed = true;
        if (claims.kind(rank) == Format.KIND_EXTENTS) {
            inode.treeChanged = true;
        } else if (claims.kind(rank) != Format.KIND_INODES) {
            inode.copy(claims.offset(rank) + (block - claims.start(rank)));
        }
    }

    /** Blocks that two claim: the second one gets a copy. */
    void overlaps(Claims claims, long freeBlocks) {
        long room = freeBlocks;
        int end = 0;
        int reaching = -1;
        for (int rank = 0; rank < claims.count(); rank++) {
            boolean bothInodes = reaching >= 0
                    && claims.kind(rank) == Format.KIND_INODES
                    && claims.kind(reaching) == Format.KIND_INODES;
            if (reaching >= 0 && claims.start(rank) < end && !bothInodes) {
                int blocks = Math.min(end, claims.end(rank)) - claims.start(rank);
                problems.add(
                        ProblemKind.BLOCK_CLAIMED_TWICE,
                        claims.inodeNumber(rank),
                        claims.start(rank),
                        blocks,
                        0,
                        claims.words(reaching));
                boolean contents = isContents(claims, rank);
                room -= blocks;
                for (int i = 0; i < blocks; i++) {
                    if (contents && room < 0) {
                        drop(claims, rank, claims.start(rank) + i);
                    } else {
                        copy(claims, rank, claims.start(rank) + i);
                    }
                }
            }
            if (reaching < 0 || claims.end(rank) > end) {
                end = claims.end(rank);
                reaching = rank;
            }
        }
        takeDrops();
    }
}
