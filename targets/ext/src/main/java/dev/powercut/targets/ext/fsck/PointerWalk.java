package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.LittleEndian;

/**
 * Follows all block pointers of one inode after another and claims each block. A pointer is refused when it is out of range or
 * when its block is claimed already; refused blocks are not followed, so that the work over all inodes is linear.
 */
final class PointerWalk {

    /** An inode with more refused pointers than this is given up (as e2fsck does): it is not what it was. */
    private static final int MOST_REFUSED = 12;

    private final Scan scan;
    /** Buffers for the indirect blocks of level 1, 2, 3 on the way, and one for single reads. */
    private byte[][] buffers = new byte[4][0];

    private BlockMap map = new BlockMap(Format.MIN_BLOCK_SIZE_BYTES);
    private long[] claimed = {};
    private int firstDataBlock;
    private int span;

    private int inode;
    private byte[] record = {};
    private int at;
    private long sizeBlocks;
    private boolean directory;
    private int refused;
    private long nextLeaf;

    /** Largest size of a file on this volume. */
    long maxFileSizeBytes;

    /** Blocks within the size: data, indirect and attribute blocks. */
    long kept;
    /** Blocks beyond the size. */
    long beyond;
    /** Data blocks within the size. */
    long leaves;
    /** Last file block that has a block; -1 when none has. */
    long lastFileBlock;
    /** First file block that has none; meaningful when there are holes. */
    long firstHole;
    /** Too many pointers were refused; the rest was not followed. */
    boolean gaveUp;
    /** A pointer in the record was taken out. */
    boolean recordChanged;

    PointerWalk(Scan scan) {
        this.scan = scan;
    }

    /** A new scan begins: only the fixed metadata is claimed. */
    void begin() {
        Volume volume = scan.volume;
        Geometry geometry = volume.geometry;
        if (buffers[0].length != volume.blockSize) {
            buffers = new byte[4][volume.blockSize];
            map = geometry.blockMap();
            maxFileSizeBytes = map.maxFileSizeBytes();
        }
        firstDataBlock = volume.firstDataBlock;
        span = geometry.blockCount() - firstDataBlock;
        scan.blocks.reset(span);
        claimed = scan.blocks.words;
        for (int group = 0; group < volume.groupCount; group++) {
            int start = group * geometry.blocksPerGroup();
            scan.blocks.addRange(start, start + geometry.headBlocks(group));
            scan.blocks.add(volume.table.blockBitmap(group) - firstDataBlock);
            scan.blocks.add(volume.table.inodeBitmap(group) - firstDataBlock);
            int tableStart = volume.table.inodeTable(group) - firstDataBlock;
            scan.blocks.addRange(tableStart, tableStart + geometry.inodeTableBlocks());
        }
    }

    /**
     * Begins with an inode.
     *
     * @param blocks blocks that its size covers
     * @param isDirectory its blocks go to the census of directories
     */
    void start(int number, byte[] b, int offset, long blocks, boolean isDirectory) {
        inode = number;
        record = b;
        at = offset;
        sizeBlocks = blocks;
        directory = isDirectory;
        refused = 0;
        nextLeaf = 0;
        kept = 0;
        beyond = 0;
        leaves = 0;
        lastFileBlock = -1;
        firstHole = Long.MAX_VALUE;
        gaveUp = false;
        recordChanged = false;
    }

    /** Follows the 15 words of {@code i_block}. */
    void pointers() {
        for (int i = 0; i < Format.DIRECT_POINTERS; i++) {
            int block = InodeRecord.pointer(record, at, i);
            if (block != 0 && !leaf(block, i)) {
                mendRoot(i);
            }
        }
        for (int i = Format.SINGLE_INDIRECT; i <= Format.TRIPLE_INDIRECT && !gaveUp; i++) {
            int block = InodeRecord.pointer(record, at, i);
            if (block != 0 && !indirect(block, BlockMap.levels(i), map.firstFileBlock(i))) {
                mendRoot(i);
            }
        }
    }

    private void mendRoot(int index) {
        if (scan.mending()) {
            InodeRecord.setPointer(record, at, index, 0);
            recordChanged = true;
        }
    }

    /** File blocks without a block before the last one that has, within the size. */
    long holes() {
        return Math.min(lastFileBlock + 1, sizeBlocks) - leaves;
    }

    private boolean leaf(int block, long fileBlock) {
        if (!claim(block)) {
            return false;
        }
        lastFileBlock = fileBlock;
        if (fileBlock >= sizeBlocks) {
            beyond++;
            return true;
        }
        kept++;
        leaves++;
        if (fileBlock != nextLeaf && firstHole == Long.MAX_VALUE) {
            firstHole = nextLeaf;
        }
        nextLeaf = fileBlock + 1;
        if (directory) {
            scan.directories.addBlock(block, (int) fileBlock);
        }
        return true;
    }

    private boolean indirect(int block, int level, long firstFileBlock) {
        if (!claim(block)) {
            return false;
        }
        if (firstFileBlock >= sizeBlocks) {
            beyond++;
        } else {
            kept++;
        }
        byte[] pointers = buffers[level];
        scan.volume.read(block, pointers, 0);
        long span = map.span(level - 1);
        for (int i = 0; i < pointers.length; i += Long.BYTES) {
            long pair = LittleEndian.s64(pointers, i);
            if (pair == 0) {
                continue;
            }
            int low = (int) pair;
            int high = (int) (pair >>> 32);
            long fileBlock = firstFileBlock + (i >> 2) * span;
            if (low != 0 && !child(low, level - 1, fileBlock)) {
                mendSlot(block, i);
            }
            if (high != 0 && !child(high, level - 1, fileBlock + span)) {
                mendSlot(block, i + 4);
            }
            if (gaveUp) {
                break;
            }
        }
        return true;
    }

    private boolean child(int block, int level, long fileBlock) {
        return level == 0 ? leaf(block, fileBlock) : indirect(block, level, fileBlock);
    }

    private void mendSlot(int block, int offset) {
        if (scan.mending()) {
            LittleEndian.put32(scan.edits.edit(block, BlockRole.INDIRECT), offset, 0);
        }
    }

    private boolean claim(int block) {
        int index = block - firstDataBlock;
        if (Integer.compareUnsigned(index, span) < 0) {
            long mask = 1L << index;
            long word = claimed[index >>> 6];
            if ((word & mask) == 0) {
                claimed[index >>> 6] = word | mask;
                return true;
            }
        }
        refuse(block);
        return false;
    }

    private void refuse(int block) {
        if (gaveUp) {
            return;
        }
        ProblemKind kind = !scan.volume.geometry.isBlock(block)
                ? ProblemKind.BLOCK_OUT_OF_RANGE
                : scan.volume.table.roleOf(block) == BlockRole.DATA
                        ? ProblemKind.BLOCK_CLAIMED_TWICE
                        : ProblemKind.METADATA_CLAIMED;
        scan.report(kind, inode, block, 0, 0);
        gaveUp = ++refused > MOST_REFUSED;
    }

    /** Claims a block on behalf of the inode without following it. */
    boolean claimAlone(int block) {
        return claim(block);
    }

    /** Follows the pointer to the attribute block. */
    void attributes() {
        int block = InodeRecord.xattrBlock(record, at);
        if (block == 0) {
            return;
        }
        if (isAttributeBlock(block)) {
            kept++;
        } else if (scan.report(ProblemKind.XATTR_BLOCK_INVALID, inode, block, 0, 0)) {
            InodeRecord.setXattrBlock(record, at, 0);
            recordChanged = true;
        }
    }

    private boolean isAttributeBlock(int block) {
        Geometry geometry = scan.volume.geometry;
        if (!geometry.hasCompat(Features.COMPAT_EXT_ATTR) || !geometry.isBlock(block)) {
            return false;
        }
        int known = scan.xattrs.find(block);
        if (known >= 0) {
            scan.xattrs.counted[known]++;
            return true;
        } else if (scan.blocks.contains(block - firstDataBlock)) {
            return false;
        }
        byte[] b = block(block);
        int references = LittleEndian.s32(b, Format.H_REFCOUNT);
        if (LittleEndian.s32(b, Format.H_MAGIC) != Format.XATTR_MAGIC
                || LittleEndian.s32(b, Format.H_BLOCKS) != 1
                || references < 0
                || references > Format.XATTR_MAX_REFCOUNT) {
            return false;
        }
        scan.blocks.add(block - firstDataBlock);
        scan.xattrs.add(block, references);
        return true;
    }

    /** The bytes of a block, valid until the next call. */
    byte[] block(int number) {
        scan.volume.read(number, buffers[0], 0);
        return buffers[0];
    }
}
