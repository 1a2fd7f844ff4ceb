package dev.powercut.targets.ext;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.targets.ext.format.BlockMap;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An image, sound enough to find one's way in it, as reports look at it: what each block is, and whose. */
final class ImageView {

    /** What a block of a file is, and to whom it belongs; inode 0 when nobody points to it. */
    record Owner(BlockRole role, int inode, long fileBlock, int level) {}

    /** Told of data blocks of a file. */
    @FunctionalInterface
    interface LeafVisitor {
        void visit(long fileBlock, int block);
    }

    /** Told of blocks of pointers. */
    @FunctionalInterface
    interface PointerVisitor {
        void visit(int level, long firstFileBlock, int block);
    }

    /** Told of inode records. */
    @FunctionalInterface
    interface InodeVisitor {
        void visit(int number, byte[] record);
    }

    private final SectorSource source;
    private final byte[] superblock;
    final Geometry geometry;
    final byte[] descriptors;
    final GroupTable groups;

    private ImageView(SectorSource source, byte[] superblock, Geometry geometry, byte[] descriptors)
            throws ImageFormatException {
        this.source = source;
        this.superblock = superblock;
        this.geometry = geometry;
        this.descriptors = descriptors;
        this.groups = GroupTable.of(geometry, descriptors, 0);
    }

    /** Whether the volume has a journal, but not within itself. */
    boolean hasJournalElsewhere() {
        return Superblock.journalInode(superblock, 0) == 0 && Superblock.journalDevice(superblock, 0) != 0;
    }

    static ImageView of(DiskImage image) throws ImageFormatException {
        return of(SectorSource.of(image));
    }

    /** The same; an image whose journal is to be replayed is refused. */
    static ImageView ofExt2(SectorSource source) throws ImageFormatException {
        ImageView view = of(source);
        Geometry.of(view.superblock, 0, source.sectorCount() * Sector.BYTES);
        return view;
    }

    static ImageView of(SectorSource source) throws ImageFormatException {
        byte[] superblock = new byte[Format.SUPERBLOCK_BYTES];
        if (source.sectorCount() < 4) {
            throw new ImageFormatException("the image is too small for a superblock", 0, "take a whole image");
        }
        source.read(Format.SUPERBLOCK_OFFSET_BYTES / Sector.BYTES, 2, superblock, 0);
        Geometry geometry = Geometry.ofExt3(superblock, 0, source.sectorCount() * Sector.BYTES);
        byte[] descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        source.read(
                geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / Sector.BYTES, descriptors, 0);
        return new ImageView(source, superblock, geometry, descriptors);
    }

    long sectorCount() {
        return source.sectorCount();
    }

    /** The superblock record. */
    byte[] superblock() {
        return superblock.clone();
    }

    /** The record of an inode, in an array of its own. */
    byte[] record(int inode) {
        byte[] block = block(groups.blockOfInode(inode));
        int at = geometry.offsetInBlockOfInode(inode);
        return Arrays.copyOfRange(block, at, at + geometry.inodeSizeBytes());
    }

    /** Visits the records of all inodes that have links. */
    void inodesInUse(InodeVisitor visitor) {
        byte[] table = new byte[geometry.blockSizeBytes()];
        int size = geometry.inodeSizeBytes();
        for (int inode = 1; inode <= geometry.inodeCount(); inode++) {
            int at = geometry.offsetInBlockOfInode(inode);
            if (at == 0) {
                read(groups.blockOfInode(inode), table);
            }
            if (InodeRecord.linkCount(table, at) != 0) {
                visitor.visit(inode, Arrays.copyOfRange(table, at, at + size));
            }
        }
    }

    /** Visits the data blocks of a file that has block pointers, as far as they are in the volume. */
    void leaves(byte[] record, LeafVisitor visitor) {
        walk(record, visitor, (level, fileBlock, block) -> {});
    }

    /** Visits the blocks of pointers of a file that has some. */
    void pointers(byte[] record, PointerVisitor visitor) {
        walk(record, (fileBlock, block) -> {}, visitor);
    }

    private void walk(byte[] record, LeafVisitor leaf, PointerVisitor pointer) {
        BlockMap map = geometry.blockMap();
        // Blocks that point to one another would make a walk without end.
        int[] left = {geometry.blockCount()};
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            walk(
                    InodeRecord.pointer(record, 0, root),
                    BlockMap.levels(root),
                    map.firstFileBlock(root),
                    map,
                    leaf,
                    pointer,
                    left);
        }
    }

    private void walk(
            int block, int level, long fileBlock, BlockMap map, LeafVisitor leaf, PointerVisitor pointer, int[] left) {
        if (!geometry.isBlock(block) || block == 0 || --left[0] < 0) {
            return;
        } else if (level == 0) {
            leaf.visit(fileBlock, block);
            return;
        }
        pointer.visit(level, fileBlock, block);
        byte[] node = block(block);
        for (int slot = 0; slot < map.pointersPerBlock(); slot++) {
            int next = LittleEndian.s32(node, slot * 4);
            if (next != 0) {
                walk(next, level - 1, fileBlock + slot * map.span(level - 1), map, leaf, pointer, left);
            }
        }
    }

    /** The bytes of a block, in an array of their own. */
    byte[] block(int block) {
        byte[] bytes = new byte[geometry.blockSizeBytes()];
        read(block, bytes);
        return bytes;
    }

    private void read(int block, byte[] target) {
        source.read(geometry.sectorOf(block), geometry.sectorsPerBlock(), target, 0);
    }

    /** What a block is: of fixed metadata by its place, else by the pointers to it, which are all looked through. */
    Owner owner(int block) {
        BlockRole role = groups.roleOf(block);
        if (role != BlockRole.DATA) {
            return new Owner(role, 0, 0, 0);
        }
        byte[] table = new byte[geometry.blockSizeBytes()];
        for (int inode = 1; inode <= geometry.inodeCount(); inode++) {
            if (geometry.offsetInBlockOfInode(inode) == 0) {
                read(groups.blockOfInode(inode), table);
            }
            int at = geometry.offsetInBlockOfInode(inode);
            if (InodeRecord.linkCount(table, at) != 0) {
                Owner owner = ownerIn(inode, table, at, block);
                if (owner != null) {
                    return owner;
                }
            }
        }
        return new Owner(BlockRole.DATA, 0, 0, 0);
    }

    private @Nullable Owner ownerIn(int inode, byte[] b, int at, int block) {
        if (InodeRecord.xattrBlock(b, at) == block) {
            return new Owner(BlockRole.XATTR, inode, 0, 0);
        } else if (!InodeRecord.hasBlockPointers(b, at)) {
            return null;
        }
        BlockMap map = geometry.blockMap();
        BlockRole leaf = InodeRecord.isDirectory(b, at)
                ? BlockRole.DIRECTORY
                : InodeRecord.isSymlink(b, at) ? BlockRole.SYMLINK : BlockRole.DATA;
        for (int root = 0; root < Format.POINTER_COUNT; root++) {
            int levels = BlockMap.levels(root);
            Owner owner =
                    find(InodeRecord.pointer(b, at, root), levels, map.firstFileBlock(root), block, inode, leaf, map);
            if (owner != null) {
                return owner;
            }
        }
        return null;
    }

    private @Nullable Owner find(
            int pointer, int level, long fileBlock, int wanted, int inode, BlockRole leaf, BlockMap map) {
        if (pointer == 0) {
            return null; // A hole; not block 0, which is one of the volume where blocks are large.
        } else if (pointer == wanted) {
            return new Owner(level == 0 ? leaf : BlockRole.INDIRECT, inode, fileBlock, level);
        } else if (level == 0 || !geometry.isBlock(pointer)) {
            return null;
        }
        byte[] node = block(pointer);
        for (int slot = 0; slot < map.pointersPerBlock(); slot++) {
            int next = LittleEndian.s32(node, slot * 4);
            if (next != 0) {
                long first = fileBlock + slot * map.span(level - 1);
                Owner owner = find(next, level - 1, first, wanted, inode, leaf, map);
                if (owner != null) {
                    return owner;
                }
            }
        }
        return null;
    }
}
