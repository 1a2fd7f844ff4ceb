package dev.powercut.targets.ext.journal;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.Bitmap;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import java.util.Map;
import java.util.TreeMap;

/** A file that has lost its name while it was open, each of its blocks in another group. */
final class ScatteredOrphan {

    private static final int INODE = 12;

    private final SimulatedDisk disk;
    private final byte[] superblock = new byte[1024];
    private final Geometry geometry;
    private final byte[] descriptors;
    private final GroupTable groups;
    private final Map<Integer, byte[]> changed = new TreeMap<>();
    private int group;

    private ScatteredOrphan(DiskImage image) throws ImageFormatException {
        disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        disk.read(2, 2, superblock, 0);
        geometry = Geometry.ofExt3(superblock, 0, disk.sectorCount() * Sector.BYTES);
        descriptors = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
        disk.read(
                geometry.sectorOf(geometry.firstDescriptorBlock()), descriptors.length / Sector.BYTES, descriptors, 0);
        groups = GroupTable.of(geometry, descriptors, 0);
    }

    static DiskImage in(DiskImage image, int blocks) throws ImageFormatException {
        return new ScatteredOrphan(image).make(blocks);
    }

    private byte[] block(int number) {
        return changed.computeIfAbsent(number, absent -> {
            byte[] b = new byte[geometry.blockSizeBytes()];
            disk.read(geometry.sectorOf(number), geometry.sectorsPerBlock(), b, 0);
            return b;
        });
    }

    private int next() {
        while (true) {
            group = (group + 1) % geometry.groupCount();
            byte[] bitmap = block(groups.blockBitmap(group));
            int free = Bitmap.firstClear(bitmap, 0, 0, geometry.blocksInGroup(group));
            if (free >= 0) {
                Bitmap.set(bitmap, 0, free);
                int at = group * Format.DESCRIPTOR_BYTES;
                GroupDescriptor.setFreeBlockCount(descriptors, at, GroupDescriptor.freeBlockCount(descriptors, at) - 1);
                Superblock.setFreeBlockCount(superblock, 0, Superblock.freeBlockCount(superblock, 0) - 1);
                return geometry.firstBlockOfGroup(group) + free;
            }
        }
    }

    private DiskImage make(int blocks) {
        JournalTree tree = new JournalTree(geometry, blocks, this::next);
        byte[] inodes = block(groups.blockOfInode(INODE));
        int at = geometry.offsetInBlockOfInode(INODE);
        tree.putInode(inodes, at);
        InodeRecord.setLinkCount(inodes, at, 0);
        tree.nodes().forEach(node -> changed.put(node.block(), node.pointers()));
        Bitmap.set(block(groups.inodeBitmap(0)), 0, geometry.indexOfInode(INODE));
        GroupDescriptor.setFreeInodeCount(descriptors, 0, GroupDescriptor.freeInodeCount(descriptors, 0) - 1);
        Superblock.setFreeInodeCount(superblock, 0, Superblock.freeInodeCount(superblock, 0) - 1);
        Superblock.setLastOrphan(superblock, 0, INODE);
        Cause cause = new Cause(new BlockKind("test"), new Trigger.Recorded());
        changed.forEach((number, b) -> disk.write(geometry.sectorOf(number), geometry.sectorsPerBlock(), b, 0, cause));
        disk.write(
                geometry.sectorOf(geometry.firstDescriptorBlock()),
                descriptors.length / Sector.BYTES,
                descriptors,
                0,
                cause);
        disk.write(2, 2, superblock, 0, cause);
        return disk.image();
    }
}
