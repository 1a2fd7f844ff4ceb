package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.InodeRecord;

/**
 * Follows all block pointers of one inode after another and claims each block. A pointer is refused when it is out of range or
 * when its block is claimed already; refused blocks are not followed, so that the work over all inodes is linear.
 *
 * <p>While mending, a block that is claimed already is copied for the second claimant, and so on down: which of the two it
 * belongs to cannot be known, and each keeps what it reads. Every copy takes a free block, and no inode takes more than half of
 * those left, so that loops end and lost+found can grow. Without a copy, and beyond the size, the pointer goes.
 */
final class PointerWalk {

    /** An inode with more impossible pointers than this is given up (as e2fsck does): it is not what it was. */
    private static final int MOST_REFUSED = 12;

    /** So many blocks that an inode shares are reported one by one. */
    private static final int MOST_SHARED_REPORTED = 12;

    private final Scan scan;
    /** Buffers for the indirect blocks of level 1, 2, 3 on the way, and one for single reads. */
    private byte[][] buffers = new byte[4][0];

    private final AttributeEntries attributes = new AttributeEntries();

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
    private int shared;
    private long nextLeaf;

    /** While mending: what the scan before found in use, and copies made since. */
    private final BitSpace taken = new BitSpace();

    private int nextFree;
    private int freeLeft;
    /** Copies that the inode may still have; -1 before the first. */
    private int copiesLeft;

    /** Largest size of a file on this volume that pointers lead to; Linux makes none larger than it can count sectors for. */
    long maxFileSizeBytes;

    /** Blocks within the size: data, indirect and attribute blocks. */
    long kept;
    /** Blocks beyond the size. */
    long beyond;
    /** Blocks of a truncated image that are not there. */
    long missing;
    /** Data blocks within the size. */
    long leaves;
    /** Last file block that has a block; -1 when none has. */
    long lastFileBlock;

    private long firstHole;
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
            maxFileSizeBytes = map.reachableBlocks() * volume.blockSize;
        }
        firstDataBlock = volume.firstDataBlock;
        span = geometry.blockCount() - firstDataBlock;
        if (scan.mending()) {
            taken.copy(scan.blocks);
            for (int index = 0; index < span && !scan.sharedTrees.isEmpty(); index++) {
                if (scan.sharedTrees.contains(index)) {
                    taken.add(index);
                }
            }
            nextFree = 0;
            freeLeft = span - taken.count();
        } else {
            scan.sharedTrees.reset();
        }
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
        shared = 0;
        copiesLeft = -1;
        nextLeaf = 0;
        kept = 0;
        missing = 0;
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
            if (block != 0) {
                mendRoot(i, block, leaf(block, i));
            }
        }
        for (int i = Format.SINGLE_INDIRECT; i <= Format.TRIPLE_INDIRECT && !gaveUp; i++) {
            int block = InodeRecord.pointer(record, at, i);
            if (block != 0) {
                mendRoot(i, block, indirect(block, BlockMap.levels(i), map.firstFileBlock(i)));
            }
        }
    }

    private void mendRoot(int index, int block, int right) {
        if (right != block && scan.mending()) {
            InodeRecord.setPointer(record, at, index, right);
            recordChanged = true;
        }
    }

    /** File blocks without a block before the last one that has, within the size. */
    long holes() {
        return Math.min(lastFileBlock + 1, sizeBlocks) - leaves;
    }

    /** Whether blocks are left out of the count that others claim too: a repair gives the inode copies, and then it may be right. */
    boolean awaitsCopies() {
        return shared > 0 && scan.copyShared;
    }

    /** First file block that has none, where there are holes. */
    long firstHole() {
        return Math.min(firstHole, nextLeaf);
    }

    /** Returns the block that the pointer is to have: the same, a copy, or 0. */
    private int leaf(int pointer, long fileBlock) {
        int block = claim(pointer, directory ? BlockRole.DIRECTORY : BlockRole.DATA, fileBlock);
        if (block == 0) {
            return 0;
        }
        lastFileBlock = fileBlock;
        if (fileBlock >= sizeBlocks) {
            beyond++;
            return block;
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
        return block;
    }

    /** Likewise, for a block of pointers. */
    private int indirect(int pointer, int level, long firstFileBlock) {
        int block = claim(pointer, BlockRole.INDIRECT, firstFileBlock);
        if (block == 0) {
            if (!scan.mending() && isShared(pointer)) {
                scan.sharedTrees.add(pointer, level);
            }
            return 0;
        }
        if (firstFileBlock >= sizeBlocks) {
            beyond++;
        } else {
            kept++;
        }
        byte[] pointers = buffers[level];
        // A copy is among the edits only; what it is a copy of is on the device.
        scan.volume.read(pointer, pointers, 0);
        long span = map.span(level - 1);
        for (int i = 0; i < pointers.length; i += Long.BYTES) {
            long pair = LittleEndian.s64(pointers, i);
            if (pair == 0) {
                continue;
            }
            int low = (int) pair;
            int high = (int) (pair >>> 32);
            long fileBlock = firstFileBlock + (i >> 2) * span;
            if (low != 0) {
                mendSlot(block, i, low, child(low, level - 1, fileBlock));
            }
            if (high != 0) {
                mendSlot(block, i + 4, high, child(high, level - 1, fileBlock + span));
            }
            if (gaveUp) {
                break;
            }
        }
        return block;
    }

    private int child(int block, int level, long fileBlock) {
        return level == 0 ? leaf(block, fileBlock) : indirect(block, level, fileBlock);
    }

    private void mendSlot(int block, int offset, int pointer, int right) {
        if (right != pointer && scan.mending()) {
            LittleEndian.put32(scan.edits.edit(block, BlockRole.INDIRECT), offset, right);
        }
    }

    /** Claims a block, or, while mending, a copy of one that is claimed already; 0 when it is refused. */
    private int claim(int block, BlockRole role, long fileBlock) {
        if (take(block)) {
            missing += block < scan.firstMissingBlock ? 0 : 1;
            return block;
        } else if (scan.mending() && scan.copyShared && !gaveUp && fileBlock < sizeBlocks && isShared(block)) {
            return copyOf(block, role);
        } else if (inode == Format.BAD_BLOCKS_INODE && mayBeBad(block)) {
            return block;
        }
        refuse(block);
        return 0;
    }

    /** Backups stay where they are though their blocks are bad; mke2fs says so with a warning. */
    private boolean mayBeBad(int block) {
        if (!scan.volume.geometry.isBlock(block) || scan.volume.geometry.groupOfBlock(block) == 0) {
            return false;
        }
        BlockRole role = scan.volume.table.roleOf(block);
        return role == BlockRole.SUPERBLOCK || role == BlockRole.GROUP_DESCRIPTORS;
    }

    /** Claims a block without following it; false when it is claimed already. */
    boolean claimAlone(int block) {
        return take(block);
    }

    private boolean take(int block) {
        int index = block - firstDataBlock;
        if (Integer.compareUnsigned(index, span) >= 0) {
            return false;
        }
        long mask = 1L << index;
        long word = claimed[index >>> 6];
        claimed[index >>> 6] = word | mask;
        return (word & mask) == 0;
    }

    /** Whether a block that is claimed already may be anybody's. */
    private boolean isShared(int block) {
        return scan.volume.geometry.isBlock(block) && scan.volume.table.roleOf(block) == BlockRole.DATA;
    }

    private void refuse(int block) {
        if (gaveUp) {
            return;
        } else if (isShared(block)) {
            if (++shared <= MOST_SHARED_REPORTED) {
                scan.report(ProblemKind.BLOCK_CLAIMED_TWICE, inode, block, 0, 0);
            }
            return;
        }
        boolean exists = scan.volume.geometry.isBlock(block);
        scan.report(exists ? ProblemKind.METADATA_CLAIMED : ProblemKind.BLOCK_OUT_OF_RANGE, inode, block, 0, 0);
        gaveUp = ++refused > MOST_REFUSED;
    }

    /** A copy in a block that nobody claimed in the scan before, or 0 when there is none. */
    private int copyOf(int block, BlockRole role) {
        if (copiesLeft < 0) {
            copiesLeft = freeLeft / 2;
        }
        int index = copiesLeft == 0 ? -1 : taken.firstAbsent(nextFree);
        if (index < 0) {
            return 0;
        }
        nextFree = index + 1;
        copiesLeft--;
        freeLeft--;
        taken.add(index);
        scan.blocks.add(index);
        int copy = index + firstDataBlock;
        scan.volume.read(block, scan.edits.edit(copy, role), 0);
        return copy;
    }

    /** Follows the pointer to the attribute block. */
    void attributes() {
        int block = InodeRecord.xattrBlock(record, at);
        if (block == 0) {
            return;
        }
        int right = attributeBlock(block);
        if (right != 0) {
            kept++;
        }
        if (right == block || right == 0 && !scan.report(ProblemKind.XATTR_BLOCK_INVALID, inode, block, 0, 0)) {
            return;
        }
        InodeRecord.setXattrBlock(record, at, right);
        recordChanged = true;
    }

    /** The block that the pointer is to have: the same, a copy when other contents claim it too, or 0 when it is no such block. */
    private int attributeBlock(int block) {
        Geometry geometry = scan.volume.geometry;
        if (!geometry.hasCompat(Features.COMPAT_EXT_ATTR) || !geometry.isBlock(block)) {
            return 0;
        }
        int known = scan.xattrs.find(block);
        if (known >= 0) {
            scan.xattrs.counted[known]++;
            return scan.xattrs.use[known];
        }
        byte[] b = block(block);
        int references = LittleEndian.s32(b, Format.H_REFCOUNT);
        if (scan.volume.table.roleOf(block) != BlockRole.DATA
                || LittleEndian.s32(b, Format.H_MAGIC) != Format.XATTR_MAGIC
                || LittleEndian.s32(b, Format.H_BLOCKS) != 1
                || references < 0
                || references > Format.XATTR_MAX_REFCOUNT
                || !attributes.isSoundBlock(b)) {
            return 0;
        }
        int use = block;
        if (!take(block)) {
            scan.report(ProblemKind.BLOCK_CLAIMED_TWICE, inode, block, 0, 0);
            use = !scan.mending() ? block : scan.copyShared ? copyOf(block, BlockRole.XATTR) : 0;
        }
        if (use != 0) {
            scan.xattrs.add(block, use, references);
        }
        return use;
    }

    /** The bytes of a block, valid until the next call. */
    byte[] block(int number) {
        scan.volume.read(number, buffers[0], 0);
        return buffers[0];
    }
}
