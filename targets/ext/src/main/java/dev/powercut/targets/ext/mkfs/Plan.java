package dev.powercut.targets.ext.mkfs;

import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.journal.JournalTree;
import org.jspecify.annotations.Nullable;

/** Decides the measures of a new volume, as mke2fs does: inodes per group, reserved descriptor blocks, and its very end. */
final class Plan {

    /** A last group with fewer blocks than its own metadata and these is left off (as mke2fs does). */
    private static final int LEAST_USEFUL_BLOCKS = 50;

    private static final int COMPAT = Features.COMPAT_EXT_ATTR;
    private static final int RO_COMPAT = Features.RO_COMPAT_SPARSE_SUPER | Features.RO_COMPAT_LARGE_FILE;

    private Plan() {}

    /** The measures of a volume of at most {@code blocks} blocks; null when that is too few. */
    static @Nullable Geometry of(MkfsOptions options, int blocks) {
        int blockCount = blocks;
        while (true) {
            Geometry geometry = measure(options, blockCount);
            if (geometry == null) {
                return null;
            }
            int last = geometry.groupCount() - 1;
            int overhead = overhead(geometry, last);
            int inLast = geometry.blocksInGroup(last);
            if (last > 0 && inLast < geometry.blocksPerGroup() && inLast < overhead + LEAST_USEFUL_BLOCKS) {
                blockCount -= inLast;
            } else if (inLast < overhead
                    || overhead(geometry, 0) + contents(geometry) > geometry.blocksInGroup(0)
                    || !hasRoomForJournal(options, geometry)) {
                return null;
            } else {
                return geometry;
            }
        }
    }

    /** Smallest number of blocks that {@link #of} accepts; 0 when there is none. */
    static int minimumBlocks(MkfsOptions options) {
        int enough = 16;
        while (of(options, enough) == null) {
            if (enough == 1 << 30) {
                return 0;
            }
            enough *= 2;
        }
        int least = enough;
        while (least > 1 && of(options, least - 1) != null) {
            least--;
        }
        return least;
    }

    /** Blocks of the journal, without those of pointers; 0 for none. */
    static int journalBlocks(MkfsOptions options, int blockCount) {
        return options.journalBlocks() == MkfsOptions.DEFAULT_JOURNAL
                ? JournalTree.defaultBlocks(blockCount)
                : options.journalBlocks();
    }

    /** The journal must fit, and leave half of the volume. */
    private static boolean hasRoomForJournal(MkfsOptions options, Geometry geometry) {
        int blocks = journalBlocks(options, geometry.blockCount());
        if (blocks == 0) {
            return true;
        }
        long room = -contents(geometry);
        for (int group = 0; group < geometry.groupCount(); group++) {
            room += geometry.blocksInGroup(group) - overhead(geometry, group);
        }
        return blocks <= geometry.blockCount() / 2
                && blocks + geometry.blockMap().indirectBlocks(blocks) <= room;
    }

    private static int overhead(Geometry geometry, int group) {
        return geometry.headBlocks(group) + 2 + geometry.inodeTableBlocks();
    }

    /** Blocks of root directory, lost+found and resize inode, all in group 0. */
    static int contents(Geometry geometry) {
        int resize = geometry.hasCompat(Features.COMPAT_RESIZE_INODE) ? 1 : 0;
        return 1 + lostAndFoundBlocks(geometry.blockSizeBytes()) + resize;
    }

    /** As mke2fs makes it: 16 KiB, but direct blocks only. */
    static int lostAndFoundBlocks(int blockSizeBytes) {
        return Math.min(Format.DIRECT_POINTERS, 16 * 1024 / blockSizeBytes);
    }

    private static @Nullable Geometry measure(MkfsOptions options, int blockCount) {
        int blockSize = options.blockSizeBytes();
        int firstDataBlock = blockSize == 1024 ? 1 : 0;
        if (blockCount <= firstDataBlock) {
            return null;
        }
        int blocksPerGroup = 8 * blockSize;
        int groups = (int) (((long) blockCount - firstDataBlock + blocksPerGroup - 1) / blocksPerGroup);
        long wanted = options.inodeCount() > 0
                ? options.inodeCount()
                : (long) blockCount * blockSize / options.bytesPerInode();
        int perBlock = blockSize / options.inodeSizeBytes();
        long perGroup = Math.ceilDiv(Math.max(wanted, Format.FIRST_INODE + 1), groups);
        // Whole blocks of the table, then whole bytes of the bitmap.
        perGroup = Math.max(Math.ceilDiv(perGroup, perBlock) * perBlock & ~7, 16);
        if (perGroup > 8L * blockSize || perGroup * groups > Integer.MAX_VALUE) {
            return null;
        }
        int reserved = options.resizeInode() ? reservedGdtBlocks(blockCount, firstDataBlock, blockSize, groups) : 0;
        return new Geometry(
                blockSize,
                blockCount,
                firstDataBlock,
                blocksPerGroup,
                (int) perGroup,
                options.inodeSizeBytes(),
                Format.FIRST_INODE,
                reserved,
                COMPAT
                        | (options.resizeInode() ? Features.COMPAT_RESIZE_INODE : 0)
                        | (options.journalBlocks() != 0 ? Features.COMPAT_HAS_JOURNAL : 0),
                Features.INCOMPAT_FILETYPE,
                RO_COMPAT,
                0,
                0);
    }

    /** Room for the descriptors of a volume 1,024 times as large, as mke2fs keeps it. */
    private static int reservedGdtBlocks(int blockCount, int firstDataBlock, int blockSize, int groups) {
        long most = Math.min(0xFFFF_FFFFL, blockCount * 1024L);
        int perBlock = blockSize / Format.DESCRIPTOR_BYTES;
        long mostGroups = Math.ceilDiv(most - firstDataBlock, 8L * blockSize);
        long more = Math.ceilDiv(mostGroups, perBlock) - Math.ceilDiv(groups, perBlock);
        return (int) Math.min(more, blockSize / 4);
    }
}
