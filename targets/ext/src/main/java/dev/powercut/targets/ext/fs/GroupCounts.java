package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;

/** Free blocks, free inodes and directories of each group, kept in memory; they go to the descriptors when all is written. */
final class GroupCounts {

    private final Geometry geometry;
    private final MetadataCache cache;
    private final int[] freeBlocks;
    private final int[] freeInodes;
    private final int[] directories;
    private final boolean[] changed;
    private boolean anyChanged;
    private long freeBlocksInAll;
    private long freeInodesInAll;
    private long directoriesInAll;

    /** @param descriptors the descriptors of all groups */
    GroupCounts(Geometry geometry, MetadataCache cache, byte[] descriptors) {
        this.geometry = geometry;
        this.cache = cache;
        int groups = geometry.groupCount();
        freeBlocks = new int[groups];
        freeInodes = new int[groups];
        directories = new int[groups];
        changed = new boolean[groups];
        for (int group = 0; group < groups; group++) {
            int at = group * Format.DESCRIPTOR_BYTES;
            freeBlocks[group] =
                    Math.min(GroupDescriptor.freeBlockCount(descriptors, at), geometry.blocksInGroup(group));
            freeInodes[group] = Math.min(GroupDescriptor.freeInodeCount(descriptors, at), geometry.inodesPerGroup());
            directories[group] = GroupDescriptor.usedDirectoryCount(descriptors, at);
            freeBlocksInAll += freeBlocks[group];
            freeInodesInAll += freeInodes[group];
            directoriesInAll += directories[group];
        }
    }

    int freeBlocks(int group) {
        return freeBlocks[group];
    }

    long freeBlocks() {
        return freeBlocksInAll;
    }

    void addFreeBlocks(int group, int difference) {
        freeBlocks[group] += difference;
        freeBlocksInAll += difference;
        changed[group] = true;
        anyChanged = true;
    }

    /**
     * A group has not what its descriptor says. Nothing is to be written for that: nobody has changed the group, and its next change
     * brings the count along.
     */
    void correctFreeBlocks(int group, int count) {
        freeBlocksInAll += count - freeBlocks[group];
        freeBlocks[group] = count;
    }

    int freeInodes(int group) {
        return freeInodes[group];
    }

    long freeInodes() {
        return freeInodesInAll;
    }

    void addFreeInodes(int group, int difference) {
        freeInodes[group] += difference;
        freeInodesInAll += difference;
        changed[group] = true;
        anyChanged = true;
    }

    /** As {@link #correctFreeBlocks}. */
    void correctFreeInodes(int group, int count) {
        freeInodesInAll += count - freeInodes[group];
        freeInodes[group] = count;
    }

    int directories(int group) {
        return directories[group];
    }

    long directories() {
        return directoriesInAll;
    }

    void addDirectories(int group, int difference) {
        int sum = Math.max(0, directories[group] + difference);
        directoriesInAll += sum - directories[group];
        directories[group] = sum;
        changed[group] = true;
        anyChanged = true;
    }

    /** Whether the descriptors do not have the present counts. */
    boolean isChanged() {
        return anyChanged;
    }

    /** Puts what has changed into the descriptors. */
    void store(UpdateDiscipline discipline) {
        anyChanged = false;
        int perBlock = geometry.blockSizeBytes() / Format.DESCRIPTOR_BYTES;
        for (int group = 0; group < changed.length; group++) {
            if (!changed[group]) {
                continue;
            }
            changed[group] = false;
            Buffer buffer =
                    cache.read(geometry.firstDescriptorBlock() + group / perBlock, BlockRole.GROUP_DESCRIPTORS.kind());
            byte[] b = buffer.data();
            int at = group % perBlock * Format.DESCRIPTOR_BYTES;
            if (GroupDescriptor.freeBlockCount(b, at) != freeBlocks[group]
                    || GroupDescriptor.freeInodeCount(b, at) != freeInodes[group]
                    || GroupDescriptor.usedDirectoryCount(b, at) != directories[group]) {
                GroupDescriptor.setFreeBlockCount(b, at, freeBlocks[group]);
                GroupDescriptor.setFreeInodeCount(b, at, freeInodes[group]);
                GroupDescriptor.setUsedDirectoryCount(b, at, directories[group]);
                discipline.changed(buffer, at, Format.DESCRIPTOR_BYTES, Sites.COUNTS);
            }
        }
    }
}
