package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which block of the volume each block of the journal is, as the block pointers of its inode say. Immutable, and sound: every block,
 * those of pointers included, lies in the volume, is no fixed metadata, and is there only once; there are no holes.
 */
public final class JournalMap {

    /** {@code i_block}, as it was read. */
    private final int[] roots;

    private final int[] blocks;
    /** Blocks of pointers, and their contents as they were read. */
    private final int[] nodes;

    private final byte[][] contents;
    /** A bit for each block from {@link #lowest} on: of the journal, or with pointers of it. */
    private final long[] owned;

    private final int lowest;
    private long[] logSectors = {};

    private JournalMap(Walk walk, int[] roots) {
        this.roots = roots;
        this.blocks = walk.blocks;
        this.nodes = walk.nodes.stream().mapToInt(Integer::intValue).toArray();
        this.contents = walk.contents.toArray(byte[][]::new);
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int[] each : new int[][] {blocks, nodes}) {
            for (int block : each) {
                least = Math.min(least, block);
                most = Math.max(most, block);
            }
        }
        this.lowest = least;
        this.owned = new long[(most - least >>> 6) + 1];
    }

    /**
     * Follows the pointers of an inode.
     *
     * @param record inode record, from {@code at} on
     * @param blockCount blocks of the journal, from its first, that are wanted
     * @throws ImageFormatException when a pointer is 0, leads out of the volume or into fixed metadata, or when two are the same
     */
    public static JournalMap of(BlockSource source, GroupTable groups, byte[] record, int at, int blockCount)
            throws ImageFormatException {
        Walk walk = new Walk(source, groups, blockCount);
        int[] roots = roots(record, at);
        for (int root = 0; root < roots.length && walk.found < blockCount; root++) {
            walk.follow(roots[root], BlockMap.levels(root));
        }
        if (walk.found < blockCount) {
            throw wrong("ends at its block " + walk.found + " of " + blockCount);
        }
        JournalMap map = new JournalMap(walk, roots);
        map.own(map.nodes);
        map.own(map.blocks);
        return map;
    }

    private static int[] roots(byte[] record, int at) {
        int[] roots = new int[Format.POINTER_COUNT];
        for (int i = 0; i < roots.length; i++) {
            roots[i] = InodeRecord.pointer(record, at, i);
        }
        return roots;
    }

    private void own(int[] all) throws ImageFormatException {
        for (int block : all) {
            int bit = block - lowest;
            if ((owned[bit >>> 6] >>> bit & 1) != 0) {
                throw wrong("has block " + block + " twice");
            }
            owned[bit >>> 6] |= 1L << bit;
        }
    }

    private static ImageFormatException wrong(String what) {
        return new ImageFormatException("the journal's inode " + what, 0, Recovery.MAKE_ANEW);
    }

    /**
     * Whether following the pointers of an inode again would give this map. Reads the blocks of pointers only, so that who recovers many
     * images of one volume need not look at every pointer each time.
     */
    public boolean isOf(BlockSource source, byte[] record, int at, int blockCount, byte[] scratch) {
        if (blockCount != blocks.length) {
            return false;
        }
        for (int i = 0; i < roots.length; i++) {
            if (roots[i] != InodeRecord.pointer(record, at, i)) {
                return false;
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            source.read(nodes[i], scratch);
            if (!Arrays.equals(scratch, contents[i])) {
                return false;
            }
        }
        return true;
    }

    /** Blocks of the journal. */
    public int blockCount() {
        return blocks.length;
    }

    /** The block of the volume that is a block of the journal. */
    public int homeOf(int journalBlock) {
        return blocks[journalBlock];
    }

    /** The sectors of the log, without the superblock: first one and count in turn, as few pairs as there can be; not to be changed. */
    public long[] logSectors(int sectorsPerBlock) {
        if (logSectors.length == 0) {
            long[] ranges = new long[2 * blocks.length];
            int end = 0;
            for (int i = 1; i < blocks.length; i++) {
                if (i > 1 && blocks[i] == blocks[i - 1] + 1) {
                    ranges[end - 1] += sectorsPerBlock;
                } else {
                    ranges[end++] = (long) blocks[i] * sectorsPerBlock;
                    ranges[end++] = sectorsPerBlock;
                }
            }
            logSectors = Arrays.copyOf(ranges, end);
        }
        return logSectors;
    }

    /** Whether a block of the volume is one of the journal, or holds pointers to them. */
    public boolean owns(int block) {
        int bit = block - lowest;
        return bit >= 0 && bit >>> 6 < owned.length && (owned[bit >>> 6] >>> bit & 1) != 0;
    }

    /** One walk down the pointers, in the order of the file's blocks. */
    private static final class Walk {

        private final BlockSource source;
        private final GroupTable groups;
        private final Geometry geometry;
        private final int[] blocks;
        private final List<Integer> nodes = new ArrayList<>();
        private final List<byte[]> contents = new ArrayList<>();
        private int found;

        Walk(BlockSource source, GroupTable groups, int blockCount) {
            this.source = source;
            this.groups = groups;
            this.geometry = groups.geometry();
            this.blocks = new int[blockCount];
        }

        void follow(int block, int level) throws ImageFormatException {
            if (!geometry.isBlock(block) || groups.roleOf(block) != BlockRole.DATA) {
                throw wrong("points to block " + Integer.toUnsignedString(block) + " for its block " + found
                        + ", which is not for files");
            } else if (level == 0) {
                blocks[found++] = block;
                return;
            }
            // Each level is one below the last, and no more blocks are taken than the journal has: this ends, whatever
            // points where.
            byte[] node = new byte[geometry.blockSizeBytes()];
            source.read(block, node);
            nodes.add(block);
            contents.add(node);
            for (int at = 0; at < node.length && found < blocks.length; at += Integer.BYTES) {
                follow(LittleEndian.s32(node, at), level - 1);
            }
        }
    }
}
