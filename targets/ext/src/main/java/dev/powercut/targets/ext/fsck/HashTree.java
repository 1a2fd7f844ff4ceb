package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.DirectoryHash;
import dev.powercut.targets.ext.format.Format;
import java.util.Arrays;

/**
 * The index of a directory, as a tree over its blocks: every block is reached once and at the right depth, and every name lies in
 * the range of hashes that the tree gives to its block. A directory is sound without its index, so what is wrong costs no more
 * than that. Layout: kernel documentation, ext4/directory, struct dx_root and dx_node.
 */
final class HashTree {

    /** Where the entries of a node begin in a block: after a free directory entry of the size of the block. */
    private static final int NODE_ENTRIES = 8;

    private static final int ENTRY_BYTES = 8;
    private static final int BLOCK_MASK = 0x0FFF_FFFF;
    private static final long MOST = 0xFFFF_FFFFL;

    private final Scan scan;
    private boolean[] reached = {};
    /** Blocks of the directory, by file block. */
    private int[] blocks = {};

    private int count;
    private DirectoryHash hash = new DirectoryHash(DirectoryHash.LEGACY, new byte[Format.SUPERBLOCK_BYTES], 0);

    HashTree(Scan scan) {
        this.scan = scan;
    }

    /** True when the index of a directory is sound, of which {@code from} to {@code to} are its blocks in the census. */
    boolean isSound(int from, int to) {
        if (from == to) {
            return true; // All its blocks are missing, which is told elsewhere.
        }
        count = to - from;
        if (reached.length < count) {
            reached = new boolean[count];
        }
        Arrays.fill(reached, 0, count, false);
        blocks = scan.directories.block;
        for (int i = 0; i < count; i++) {
            if (scan.directories.fileBlock[from + i] != i) {
                return false;
            }
        }
        byte[] root = new byte[scan.volume.blockSize];
        scan.volume.read(blocks[from], root, 0);
        int version = LittleEndian.u8(root, Format.DX_HASH_VERSION);
        int infoBytes = LittleEndian.u8(root, Format.DX_INFO_LENGTH);
        if (version > DirectoryHash.TEA) {
            return false;
        }
        hash = new DirectoryHash(version, scan.volume.superblock, 0);
        reached[0] = true;
        int depth = LittleEndian.u8(root, Format.DX_INDIRECT_LEVELS);
        if (!node(root, Format.DX_ROOT_INFO + infoBytes, depth, 0, MOST, from)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!reached[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * @param at where the entries begin; the first has limit and count in place of a hash
     * @param levels levels of nodes below
     * @param least least hash below
     * @param most greatest hash below
     */
    private boolean node(byte[] b, int at, int levels, long least, long most, int from) {
        int limit = LittleEndian.u16(b, at);
        int entries = LittleEndian.u16(b, at + 2);
        if (limit != (b.length - at) / ENTRY_BYTES || entries < 1 || entries > limit) {
            return false;
        }
        long before = least;
        for (int i = 0; i < entries; i++) {
            long start = i == 0 ? least : LittleEndian.u32(b, at + ENTRY_BYTES * i) & ~1L;
            long end = i + 1 < entries ? LittleEndian.u32(b, at + ENTRY_BYTES * (i + 1)) & ~1L : most;
            int fileBlock = LittleEndian.s32(b, at + ENTRY_BYTES * i + 4) & BLOCK_MASK;
            if (start < before || fileBlock >= count || reached[fileBlock]) {
                return false;
            }
            before = start;
            reached[fileBlock] = true;
            if (!block(blocks[from + fileBlock], levels, start, end, from)) {
                return false;
            }
        }
        return true;
    }

    private boolean block(int block, int levels, long least, long most, int from) {
        byte[] b = new byte[scan.volume.blockSize];
        scan.volume.read(block, b, 0);
        boolean isNode = DirectoryEntry.inode(b, 0) == 0
                && DirectoryEntry.recordLength(b, 0) == b.length
                && LittleEndian.u16(b, Format.D_NAME_LEN) == 0
                && LittleEndian.u16(b, NODE_ENTRIES) == (b.length - NODE_ENTRIES) / ENTRY_BYTES;
        if (levels > 0) {
            return isNode && node(b, NODE_ENTRIES, levels - 1, least, most, from);
        } else if (isNode) {
            return false;
        }
        for (int at = 0; at < b.length; at += DirectoryEntry.recordLength(b, at)) {
            if (DirectoryEntry.inode(b, at) == 0) {
                continue;
            }
            long each = hash.of(b, at + Format.D_NAME, DirectoryEntry.nameLength(b, at)) & MOST;
            if (each < least || each > most) {
                return false;
            }
        }
        return true;
    }
}
