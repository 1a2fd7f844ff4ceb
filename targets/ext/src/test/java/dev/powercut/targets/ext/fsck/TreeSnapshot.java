package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.DirectoryBlock;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All that a sound image holds, read on its own from root down: names, what each inode is and holds, and the blocks that say so.
 */
final class TreeSnapshot {

    /**
     * @param record its bytes in the inode table
     * @param blocks all blocks that hold its map, contents and attributes
     * @param contents hash of all that a user sees of it, names aside
     */
    record Node(int inode, boolean directory, byte[] record, int[] blocks, long contents) {}

    final DiskImage image;
    final Geometry geometry;
    final GroupTable groups;
    /** Inode by path; the root is the empty string. */
    final Map<String, Integer> paths = new TreeMap<>();

    final Map<Integer, Node> nodes = new TreeMap<>();

    private int[] blocks = new int[64];
    private int count;
    private long hash;

    TreeSnapshot(DiskImage image) {
        this.image = image;
        try {
            byte[] superblock = new byte[1024];
            image.read(2, 2, superblock, 0);
            geometry = Geometry.of(superblock, 0, image.sectorCount() * 512);
            byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
            image.read(geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / 512, descriptors, 0);
            groups = GroupTable.of(geometry, descriptors, 0);
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
        visit("", Format.ROOT_INODE);
    }

    /** The record of an inode, in an image of the same shape. */
    byte[] record(DiskImage of, int inode) {
        byte[] block = block(of, groups.blockOfInode(inode));
        int at = geometry.offsetInBlockOfInode(inode);
        return Arrays.copyOfRange(block, at, at + geometry.inodeSizeBytes());
    }

    private byte[] block(DiskImage of, int block) {
        byte[] bytes = new byte[geometry.blockSizeBytes()];
        of.read(geometry.sectorOf(block), geometry.sectorsPerBlock(), bytes, 0);
        return bytes;
    }

    /** What a path of {@link #paths} names. */
    Node node(String path) {
        return Objects.requireNonNull(nodes.get(Objects.requireNonNull(paths.get(path))));
    }

    /** True when a block is the same in another image. */
    boolean isSame(DiskImage other, int block) {
        long first = geometry.sectorOf(block);
        for (long sector = first; sector < first + geometry.sectorsPerBlock(); sector++) {
            if (!image.sector(sector).equals(other.sector(sector))) {
                return false;
            }
        }
        return true;
    }

    private void visit(String path, int inode) {
        paths.put(path, inode);
        if (nodes.containsKey(inode)) {
            return;
        }
        byte[] record = record(image, inode);
        boolean directory = InodeRecord.isDirectory(record, 0);
        count = 0;
        hash = directory ? 0 : attributes(record);
        if (InodeRecord.hasBlockPointers(record, 0)) {
            BlockMap map = geometry.blockMap();
            for (int i = 0; i < Format.POINTER_COUNT; i++) {
                pointer(InodeRecord.pointer(record, 0, i), BlockMap.levels(i), map.firstFileBlock(i), map, directory);
            }
        }
        int attributes = InodeRecord.xattrBlock(record, 0);
        if (attributes != 0) {
            byte[] bytes = block(image, attributes);
            LittleEndian.put32(bytes, Format.H_REFCOUNT, 0);
            mix(Arrays.hashCode(bytes));
            add(attributes);
        }
        int[] own = Arrays.copyOf(blocks, count);
        nodes.put(inode, new Node(inode, directory, record, own, hash));
        if (directory) {
            children(path, own, record);
        }
    }

    private long attributes(byte[] record) {
        byte[] b = record.clone();
        LittleEndian.put16(b, Format.I_LINKS_COUNT, 0);
        LittleEndian.put32(b, Format.I_FILE_ACL, 0);
        if (InodeRecord.hasBlockPointers(record, 0)) {
            Arrays.fill(b, Format.I_BLOCK, Format.I_BLOCK + 60, (byte) 0);
        }
        return Arrays.hashCode(b);
    }

    private void mix(long value) {
        hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
    }

    private void add(int block) {
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
        }
        blocks[count++] = block;
    }

    private void pointer(int pointer, int level, long fileBlock, BlockMap map, boolean directory) {
        if (pointer == 0) {
            return;
        }
        add(pointer);
        byte[] bytes = block(image, pointer);
        if (level == 0) {
            if (!directory) {
                mix(fileBlock);
                mix(Arrays.hashCode(bytes));
            }
            return;
        }
        for (int i = 0; i < map.pointersPerBlock(); i++) {
            pointer(LittleEndian.s32(bytes, 4 * i), level - 1, fileBlock + i * map.span(level - 1), map, directory);
        }
    }

    private void children(String path, int[] own, byte[] record) {
        for (int block : own) {
            if (!isLeaf(block, record)) {
                continue;
            }
            DirectoryBlock cursor = new DirectoryBlock().reset(block(image, block), 0, geometry.blockSizeBytes());
            byte[] bytes = block(image, block);
            while (cursor.next()) {
                int at = cursor.at();
                if (cursor.inode() != 0 && !DirectoryEntry.isDot(bytes, at) && !DirectoryEntry.isDotDot(bytes, at)) {
                    visit(
                            path + "/" + new String(DirectoryEntry.name(bytes, at), StandardCharsets.ISO_8859_1),
                            cursor.inode());
                }
            }
        }
    }

    /** A block of entries, not of pointers: the direct ones, and those that the (only) indirect block lists. */
    private boolean isLeaf(int block, byte[] record) {
        return block != InodeRecord.pointer(record, 0, Format.SINGLE_INDIRECT)
                && block != InodeRecord.xattrBlock(record, 0);
    }
}
