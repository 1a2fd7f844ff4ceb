package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;
import static dev.powercut.targets.ext.fsck.Wounds.add;
import static dev.powercut.targets.ext.fsck.Wounds.at;
import static dev.powercut.targets.ext.fsck.Wounds.file;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import java.util.Arrays;
import java.util.List;

/** Wrong superblocks and descriptors. */
final class VolumeWounds {

    private VolumeWounds() {}

    static void addTo(List<Wound> w) {
        volume(w);
    }

    private static void volume(List<Wound> w) {
        add(w, "a superblock of garbage", s -> Arrays.fill(s.b, 1024, 2048, (byte) 0x5A), SUPERBLOCK_CORRUPT);
        add(
                w,
                "a superblock that contradicts itself",
                s -> Superblock.setBlocksPerGroup(s.b, 1024, 8184),
                SUPERBLOCK_CORRUPT);
        add(
                w,
                "superblocks that count other inodes than their groups have",
                s -> {
                    Superblock.setInodeCount(s.b, 1024, s.geometry.inodeCount() + 8);
                    Superblock.setInodeCount(s.b, s.blockOffset(s.geometry.firstBlockOfGroup(1)), 8);
                },
                INODE_COUNT_WRONG,
                BACKUP_SUPERBLOCK_WRONG);
        add(
                w,
                "a descriptor that points outside of its group",
                s -> GroupDescriptor.setInodeTable(s.b, s.descriptorOffset(1), 5),
                DESCRIPTOR_CORRUPT);
        add(
                w,
                "a descriptor that points elsewhere within its group",
                s -> GroupDescriptor.setInodeTable(s.b, s.descriptorOffset(1), s.table.inodeTable(1) + 3),
                DESCRIPTOR_CORRUPT);
        add(
                w,
                "a backup superblock with another first inode",
                s -> Superblock.setFirstInode(s.b, s.blockOffset(s.geometry.firstBlockOfGroup(1)), 12),
                BACKUP_SUPERBLOCK_WRONG);
        add(
                w,
                "a superblock with another first inode",
                s -> Superblock.setFirstInode(s.b, 1024, 15),
                SUPERBLOCK_CORRUPT);
        add(
                w,
                "a superblock without the feature of the resize inode",
                s -> Superblock.setCompat(s.b, 1024, Features.COMPAT_EXT_ATTR),
                SUPERBLOCK_CORRUPT);
        add(
                w,
                "backup descriptors of garbage",
                s -> Arrays.fill(
                        s.b,
                        s.blockOffset(s.geometry.firstBlockOfGroup(1) + 1),
                        s.blockOffset(s.geometry.firstBlockOfGroup(1) + 2),
                        (byte) 0x77),
                BACKUP_DESCRIPTORS_WRONG);
        add(
                w,
                "all descriptors of garbage",
                s -> {
                    for (int group = 0; group < 2; group++) {
                        int block = s.geometry.firstBlockOfGroup(group) + 1;
                        Arrays.fill(s.b, s.blockOffset(block), s.blockOffset(block + 1), (byte) 0x77);
                    }
                },
                DESCRIPTOR_CORRUPT,
                DESCRIPTOR_FLAGS,
                BACKUP_DESCRIPTORS_WRONG);
        add(
                w,
                "an inode table in use said to be empty",
                s -> GroupDescriptor.setFlags(s.b, s.descriptorOffset(0), 1),
                DESCRIPTOR_FLAGS);
        add(
                w,
                "a size of flex groups that overflows",
                s -> s.b[Surgery.SUPERBLOCK + Format.S_LOG_GROUPS_PER_FLEX] = 32,
                FLEX_SIZE_INVALID);
        add(
                w,
                "an impossible size of descriptors",
                s -> Superblock.setDescriptorSize(s.b, 1024, 65_535),
                DESCRIPTOR_SIZE_INVALID);
        add(
                w,
                "more reserved than there is",
                s -> Superblock.setReservedBlockCount(s.b, 1024, 20_000),
                RESERVED_BLOCKS_TOO_MANY);
        add(w, "a journal without the feature", s -> Superblock.setJournalInode(s.b, 1024, 8), INODE_WITHOUT_FEATURE);
        add(w, "a resize inode with another pointer", s -> s.setPointer(7, 0, 5000), RESIZE_INODE_INVALID);
        add(
                w,
                "a resize inode that lists other blocks",
                s -> LittleEndian.put32(s.b, s.blockOffset(s.pointer(7, 13)) + 4, 7777),
                RESIZE_INODE_INVALID);
        add(w, "no resize inode", s -> Arrays.fill(s.b, at(s, 7), at(s, 7) + 256, (byte) 0), RESIZE_INODE_INVALID);
        add(
                w,
                "a resize inode without the feature",
                s -> {
                    Superblock.setCompat(s.b, 1024, Features.COMPAT_EXT_ATTR);
                    Superblock.setCompat(s.b, s.blockOffset(s.geometry.firstBlockOfGroup(1)), Features.COMPAT_EXT_ATTR);
                },
                RESERVED_DESCRIPTORS_WITHOUT_FEATURE,
                RESIZE_INODE_WITHOUT_FEATURE);
        add(
                w,
                "a resize inode of a large size without the feature",
                s -> {
                    Superblock.setRoCompat(s.b, 1024, Features.RO_COMPAT_SPARSE_SUPER);
                    InodeRecord.setSize(s.b, at(s, 7), 3L << 30);
                },
                LARGE_FILE_FEATURE_MISSING);
        add(
                w,
                "a large file without the feature",
                s -> {
                    Superblock.setRoCompat(s.b, 1024, Features.RO_COMPAT_SPARSE_SUPER);
                    InodeRecord.setSize(s.b, at(s, file(s)), 3L << 30);
                },
                LARGE_FILE_FEATURE_MISSING);
    }
}
