package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;

import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.LittleEndian;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ways to put a sound volume wrong, each with the problems that fsck must report. The volume is {@link Surgery#populated} with
 * 20 MiB in three groups and a resize inode.
 */
final class Wounds {

    private Wounds() {}

    /** @param kinds all kinds of problems expected, but for leaks and counts that follow from them */
    record Wound(String name, List<ProblemKind> kinds, Consumer<Surgery> inflict) {
        @Override
        public String toString() {
            return name;
        }

        Surgery patient() {
            Surgery s = SOUND.copy();
            inflict.accept(s);
            return s;
        }
    }

    private static final Surgery SOUND = sound();

    private static Surgery sound() {
        Surgery s = Surgery.populated(
                20 << 20, MkfsOptions.defaults().withInodeSize(256).withResizeInode(true));
        Superblock.setState(s.b, Surgery.SUPERBLOCK, 0);
        return new Surgery(s.image());
    }

    private static final int ROOT = Format.ROOT_INODE;

    private static int docs(Surgery s) {
        return s.lookup(ROOT, "docs");
    }

    private static int deep(Surgery s) {
        return s.lookup(docs(s), "deep");
    }

    /** A file of 14 blocks, with an indirect block. */
    private static int file(Surgery s) {
        return s.lookup(docs(s), "file-14");
    }

    private static int at(Surgery s, int inode) {
        return s.inodeOffset(inode);
    }

    static List<Wound> benign() {
        List<Wound> w = new ArrayList<>();
        add(w, "a block allocated and never used", s -> s.allocateBlock(), BLOCK_LEAKED);
        add(
                w,
                "leaked blocks, wrong counts",
                s -> {
                    s.allocateBlock();
                    Superblock.setFreeBlockCount(s.b, Surgery.SUPERBLOCK, 5);
                    GroupDescriptor.setFreeBlockCount(s.b, s.descriptorOffset(1), 1);
                    GroupDescriptor.setFreeInodeCount(s.b, s.descriptorOffset(2), 0);
                    GroupDescriptor.setUsedDirectoryCount(s.b, s.descriptorOffset(2), 9);
                    Superblock.setFreeInodeCount(s.b, Surgery.SUPERBLOCK, -1);
                },
                BLOCK_LEAKED,
                FREE_BLOCKS_WRONG,
                FREE_INODES_WRONG,
                DIRECTORIES_WRONG,
                TOTAL_FREE_BLOCKS_WRONG,
                TOTAL_FREE_INODES_WRONG);
        add(w, "an inode allocated with a record of zeroes", s -> s.allocateInode(), INODE_LEAKED);
        add(
                w,
                "an inode deleted but still marked",
                s -> {
                    int inode = s.inode(Format.MODE_REGULAR);
                    InodeRecord.setLinkCount(s.b, at(s, inode), 0);
                    InodeRecord.setDeletionTimeSeconds(s.b, at(s, inode), 1_800_000_000);
                },
                INODE_LEAKED);
        add(
                w,
                "an open file unlinked, its blocks leaked",
                s -> {
                    int inode = s.file(ROOT, "gone", 20);
                    s.unname(ROOT, "gone");
                    InodeRecord.setLinkCount(s.b, at(s, inode), 0);
                },
                UNLINKED_INODE_NOT_DELETED,
                BLOCK_LEAKED,
                INODE_LEAKED);
        add(w, "a link count too high", s -> s.addLinks(file(s), 1), LINK_COUNT_TOO_HIGH);
        add(w, "a directory's link count too high", s -> s.addLinks(docs(s), 3), LINK_COUNT_TOO_HIGH);
        add(w, "a sector count off", s -> s.addSectors(file(s)), SECTOR_COUNT_WRONG);
        add(
                w,
                "blocks beyond the size, direct",
                s -> InodeRecord.setSize(s.b, at(s, file(s)), 3 * 1024 + 1),
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "blocks beyond the size, in the middle of an indirect block",
                s -> InodeRecord.setSize(s.b, at(s, file(s)), 12 * 1024 + 1),
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "all blocks beyond the size",
                s -> InodeRecord.setSize(s.b, at(s, s.lookup(ROOT, "large")), 0),
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "blocks beyond the size in a double indirect block",
                s -> InodeRecord.setSize(s.b, at(s, s.lookup(ROOT, "large")), (12 + 256 + 2) * 1024),
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "a directory block not yet counted in the size",
                s -> {
                    int block = s.allocateBlock();
                    s.setPointer(docs(s), 11, block);
                    s.addSectors(docs(s));
                },
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "a file without a name, with contents",
                s -> {
                    s.file(ROOT, "lost", 3);
                    s.unname(ROOT, "lost");
                },
                UNNAMED_INODE);
        add(
                w,
                "a file without a name or a mark, with contents",
                s -> {
                    int inode = s.file(ROOT, "lost", 3);
                    s.unname(ROOT, "lost");
                    s.markInode(inode, false);
                },
                UNNAMED_INODE,
                FREE_INODES_WRONG,
                TOTAL_FREE_INODES_WRONG);
        add(
                w,
                "a file without a name, with two links",
                s -> {
                    s.addLinks(s.file(ROOT, "lost", 3), 1);
                    s.unname(ROOT, "lost");
                },
                UNNAMED_INODE);
        add(
                w,
                "a symbolic link without a name",
                s -> {
                    s.symlink(ROOT, "lost", "target");
                    s.unname(ROOT, "lost");
                },
                UNNAMED_INODE);
        add(
                w,
                "files without a name, more than lost+found has room for",
                s -> {
                    for (int i = 0; i < 700; i++) {
                        s.symlink(ROOT, "lost", "target");
                        s.unname(ROOT, "lost");
                    }
                },
                UNNAMED_INODE);
        add(w, "an empty file without a name", s -> s.inode(Format.MODE_REGULAR | 0600), UNNAMED_EMPTY_INODE);
        add(w, "a pipe without a name", s -> s.inode(Format.MODE_FIFO | 0600), UNNAMED_EMPTY_INODE);
        add(
                w,
                "an empty directory without a name, its parent not yet counting it",
                s -> s.unnamedDirectory(docs(s)),
                UNNAMED_EMPTY_INODE);
        add(
                w,
                "an empty directory without a name, its parent counting it",
                s -> {
                    s.unnamedDirectory(docs(s));
                    s.addLinks(docs(s), 1);
                },
                UNNAMED_EMPTY_INODE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "a directory with contents without a name",
                s -> s.unname(docs(s), "deep"),
                UNNAMED_INODE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "a directory without a name, lost+found gone too",
                s -> {
                    s.unname(docs(s), "deep");
                    s.addLinks(docs(s), -1);
                    removeLostAndFound(s);
                },
                UNNAMED_INODE);
        add(
                w,
                "a rename of a directory before the old name went",
                s -> {
                    int deep = deep(s);
                    s.link(ROOT, "moved", deep, Format.TYPE_DIRECTORY);
                    s.addLinks(ROOT, 1);
                },
                DIRECTORY_NAMED_TWICE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "the same, after '..' was changed",
                s -> {
                    int deep = deep(s);
                    s.link(ROOT, "moved", deep, Format.TYPE_DIRECTORY);
                    s.addLinks(ROOT, 1);
                    DirectoryEntry.setInode(s.b, s.blockOffset(s.pointer(deep, 0)) + 12, ROOT);
                },
                DIRECTORY_NAMED_TWICE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "a rename of a directory within its parent",
                s -> s.link(docs(s), "renamed", deep(s), Format.TYPE_DIRECTORY),
                DIRECTORY_NAMED_TWICE);
        add(
                w,
                "an attribute block that counts too many",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    s.attributes(s.lookup(docs(s), "file-2"), block);
                    LittleEndian.put32(s.b, s.blockOffset(block) + Format.H_REFCOUNT, 3);
                },
                XATTR_REFERENCES_TOO_HIGH);
        add(
                w,
                "a pipe without a name that shares an attribute block",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    s.attributes(s.inode(Format.MODE_FIFO), block);
                },
                UNNAMED_EMPTY_INODE);
        add(
                w,
                "a pipe without a name that has an attribute block alone",
                s -> s.attributes(s.inode(Format.MODE_FIFO), s.allocateBlock()),
                UNNAMED_EMPTY_INODE);
        return w;
    }

    static void removeLostAndFound(Surgery s) {
        int inode = s.lookup(ROOT, "lost+found");
        s.unname(ROOT, "lost+found");
        s.addLinks(ROOT, -1);
        for (int i = 0; i < 12 && s.pointer(inode, i) != 0; i++) {
            s.markBlock(s.pointer(inode, i), false);
        }
        Arrays.fill(s.b, at(s, inode), at(s, inode) + 128, (byte) 0);
        s.markInode(inode, false);
        s.countDirectory(inode, -1);
    }

    private static void add(List<Wound> wounds, String name, Consumer<Surgery> inflict, ProblemKind... kinds) {
        wounds.add(new Wound(name, List.of(kinds), inflict));
    }

    static List<Wound> damage() {
        List<Wound> w = new ArrayList<>();
        volume(w);
        inodes(w);
        disguises(w);
        attributes(w);
        pointers(w);
        directories(w);
        counts(w);
        return w;
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
        add(w, "flags in a descriptor", s -> GroupDescriptor.setFlags(s.b, s.descriptorOffset(1), 1), DESCRIPTOR_FLAGS);
        add(
                w,
                "more reserved than there is",
                s -> Superblock.setReservedBlockCount(s.b, 1024, 20_000),
                RESERVED_BLOCKS_TOO_MANY);
        add(w, "a journal without the feature", s -> Superblock.setJournalInode(s.b, 1024, 8), INODE_WITHOUT_FEATURE);
        add(w, "an orphan list", s -> Superblock.setLastOrphan(s.b, 1024, 20), ORPHAN_LIST);
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
                    Superblock.setCompat(
                            s.b, s.blockOffset(s.geometry.firstBlockOfGroup(1)), Features.COMPAT_EXT_ATTR);
                },
                RESERVED_DESCRIPTORS_WITHOUT_FEATURE,
                RESIZE_INODE_WITHOUT_FEATURE);
        add(
                w,
                "a large file without the feature",
                s -> {
                    Superblock.setRoCompat(s.b, 1024, Features.RO_COMPAT_SPARSE_SUPER);
                    InodeRecord.setSize(s.b, at(s, file(s)), 3L << 30);
                },
                LARGE_FILE_FEATURE_MISSING);
    }

    private static void inodes(List<Wound> w) {
        add(
                w,
                "a deletion time like an inode number",
                s -> InodeRecord.setDeletionTimeSeconds(s.b, at(s, file(s)), 12),
                DELETION_TIME_TOO_LOW);
        add(
                w,
                "a free inode with a deletion time like an inode number",
                s -> InodeRecord.setDeletionTimeSeconds(s.b, at(s, 1000), 12),
                DELETION_TIME_TOO_LOW);
        add(
                w,
                "a deletion time while in use",
                s -> InodeRecord.setDeletionTimeSeconds(s.b, at(s, file(s)), 1_800_000_000),
                LINKED_INODE_DELETED);
        add(
                w,
                "a root that is a file",
                s -> InodeRecord.setMode(s.b, at(s, ROOT), Format.MODE_REGULAR | 0755),
                ROOT_NOT_A_DIRECTORY,
                UNNAMED_INODE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "a reserved inode with a mode",
                s -> InodeRecord.setMode(s.b, at(s, 9), Format.MODE_REGULAR),
                RESERVED_INODE_IN_USE);
        add(w, "a bad blocks inode with an owner", s -> InodeRecord.setUid(s.b, at(s, 1), 7), BAD_BLOCKS_INODE_INVALID);
        add(
                w,
                "a bad blocks inode with an indirect block of garbage",
                s -> {
                    s.setPointer(1, 12, 9000);
                    Arrays.fill(s.b, s.blockOffset(9000), s.blockOffset(9001), (byte) 0x55);
                },
                BLOCK_OUT_OF_RANGE,
                TOO_MANY_BAD_POINTERS,
                BLOCK_NOT_MARKED);
        add(
                w,
                "a boot loader of garbage",
                s -> {
                    InodeRecord.setMode(s.b, at(s, 5), Format.MODE_REGULAR);
                    for (int i = 0; i < 15; i++) {
                        s.setPointer(5, i, 0x5555_0000 + i);
                    }
                },
                BLOCK_OUT_OF_RANGE,
                TOO_MANY_BAD_POINTERS);
        add(
                w,
                "a pipe that is nothing",
                s -> InodeRecord.setMode(s.b, at(s, s.lookup(deep(s), "pipe")), 0x3000),
                MODE_INVALID,
                ENTRY_INODE_UNUSED);
        add(w, "extents", s -> InodeRecord.setFlags(s.b, at(s, file(s)), Format.INODE_EXTENTS), FLAGS_INVALID);
        add(w, "an index on a file", s -> InodeRecord.setFlags(s.b, at(s, file(s)), Format.INODE_INDEX), FLAGS_INVALID);
        add(w, "a fragment", s -> InodeRecord.setFragmentAddress(s.b, at(s, file(s)), 1), FIELD_NOT_ZERO);
        add(w, "a directory with a high size", s -> InodeRecord.setSizeHigh(s.b, at(s, docs(s)), 1), FIELD_NOT_ZERO);
        add(w, "a high attribute block", s -> InodeRecord.setXattrBlockHigh(s.b, at(s, file(s)), 1), FIELD_NOT_ZERO);
        add(w, "an odd extra size", s -> InodeRecord.setExtraSize(s.b, at(s, file(s)), 256, 129), EXTRA_SIZE_INVALID);
        add(
                w,
                "a pipe with a size",
                s -> InodeRecord.setSize(s.b, at(s, s.lookup(deep(s), "pipe")), 5),
                SPECIAL_FILE_HAS_SIZE);
        add(
                w,
                "a short link of another length",
                s -> InodeRecord.setSize(s.b, at(s, s.lookup(ROOT, "short")), 8),
                SYMLINK_INVALID,
                ENTRY_INODE_UNUSED);
        add(
                w,
                "a long link whose block was never written",
                s -> {
                    int block = s.pointer(s.lookup(deep(s), "long"), 0);
                    Arrays.fill(s.b, s.blockOffset(block), s.blockOffset(block + 1), (byte) 0);
                },
                SYMLINK_INVALID,
                ENTRY_INODE_UNUSED);
        add(w, "a file of 2^63 bytes", s -> InodeRecord.setSizeHigh(s.b, at(s, file(s)), 0x8000_0000L), SIZE_TOO_LARGE);
        add(
                w,
                "a directory of 1,500 bytes",
                s -> InodeRecord.setSize(s.b, at(s, deep(s)), 1500),
                DIRECTORY_SIZE_INVALID);
        add(
                w,
                "a directory longer than its blocks",
                s -> InodeRecord.setSize(s.b, at(s, deep(s)), 1 << 20),
                DIRECTORY_SIZE_INVALID);
        add(
                w,
                "a directory without a block",
                s -> {
                    int empty = s.directory(ROOT, "empty");
                    s.markBlock(s.pointer(empty, 0), false);
                    s.setPointer(empty, 0, 0);
                    InodeRecord.setSectorCount(s.b, at(s, empty), 0);
                },
                DIRECTORY_WITHOUT_BLOCKS);
        add(
                w,
                "an attribute block of zeroes",
                s -> {
                    InodeRecord.setXattrBlock(s.b, at(s, file(s)), s.allocateBlock());
                    s.addSectors(file(s));
                },
                XATTR_BLOCK_INVALID,
                SECTOR_COUNT_WRONG);
        add(
                w,
                "an index that is none",
                s -> {
                    Superblock.setCompat(s.b, 1024, Superblock.compat(s.b, 1024) | Features.COMPAT_DIR_INDEX);
                    InodeRecord.setFlags(s.b, at(s, docs(s)), Format.INODE_INDEX);
                },
                HASH_INDEX_INVALID);
    }

    private static void disguises(List<Wound> w) {
        add(
                w,
                "a directory that says it is a socket",
                s -> InodeRecord.setMode(s.b, at(s, deep(s)), Format.MODE_SOCKET | 0755),
                DIRECTORY_IN_DISGUISE);
    }

    private static void attributes(List<Wound> w) {
        add(
                w,
                "attributes in a record that are not",
                s -> {
                    int header = at(s, file(s)) + 128 + 32;
                    LittleEndian.put32(s.b, header, Format.XATTR_MAGIC);
                    s.b[header + 4] = 90;
                },
                ATTRIBUTES_INVALID);
        add(
                w,
                "an attribute whose hash is wrong",
                s -> {
                    int header = at(s, file(s)) + 128 + 32;
                    LittleEndian.put32(s.b, header, Format.XATTR_MAGIC);
                    s.b[header + 4] = 1;
                    s.b[header + 5] = 1;
                    LittleEndian.put32(s.b, header + 16, 77);
                    s.b[header + 20] = 'a';
                },
                ATTRIBUTES_INVALID);
        add(
                w,
                "an attribute block with an entry that reaches beyond",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    int entry = s.blockOffset(block) + Format.XATTR_HEADER_BYTES;
                    s.b[entry] = 1;
                    s.b[entry + 1] = 1;
                    LittleEndian.put32(s.b, entry + Format.E_VALUE_SIZE, 2000);
                },
                XATTR_BLOCK_INVALID,
                SECTOR_COUNT_WRONG);
        add(
                w,
                "an attribute block that a file before claims as its own",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    s.attributes(s.lookup(docs(s), "file-18"), block);
                    int first = s.lookup(docs(s), "file-2");
                    s.markBlock(s.pointer(first, 1), false);
                    s.setPointer(first, 1, block);
                },
                BLOCK_CLAIMED_TWICE);
    }

    private static void pointers(List<Wound> w) {
        add(
                w,
                "a pointer beyond the volume",
                s -> {
                    s.markBlock(s.pointer(file(s), 2), false);
                    s.setPointer(file(s), 2, 20_480);
                },
                BLOCK_OUT_OF_RANGE,
                SECTOR_COUNT_WRONG);
        add(
                w,
                "an indirect pointer of all ones",
                s -> {
                    int indirect = s.pointer(file(s), 12);
                    LittleEndian.put32(s.b, s.blockOffset(indirect) + 1020, -1);
                },
                BLOCK_OUT_OF_RANGE);
        add(
                w,
                "a pointer to the inode table",
                s -> {
                    s.markBlock(s.pointer(file(s), 2), false);
                    s.setPointer(file(s), 2, s.table.inodeTable(1));
                },
                METADATA_CLAIMED,
                SECTOR_COUNT_WRONG);
        add(
                w,
                "a block of two files",
                s -> {
                    s.markBlock(s.pointer(file(s), 2), false);
                    s.setPointer(file(s), 2, s.pointer(s.lookup(docs(s), "file-2"), 0));
                },
                BLOCK_CLAIMED_TWICE,
                SECTOR_COUNT_WRONG);
        add(
                w,
                "an indirect block that points to itself",
                s -> {
                    int indirect = s.pointer(file(s), 12);
                    LittleEndian.put32(s.b, s.blockOffset(indirect) + 8, indirect);
                },
                BLOCK_CLAIMED_TWICE);
        add(
                w,
                "indirect blocks of garbage",
                s -> {
                    int indirect = s.pointer(file(s), 12);
                    for (int i = 8; i < 1024; i++) {
                        s.b[s.blockOffset(indirect) + i] = (byte) (i * 7 | 1);
                    }
                },
                BLOCK_OUT_OF_RANGE,
                TOO_MANY_BAD_POINTERS);
        add(
                w,
                "a file whose block is a directory's",
                s -> {
                    s.markBlock(s.pointer(file(s), 0), false);
                    s.setPointer(file(s), 0, s.pointer(docs(s), 0));
                },
                BLOCK_CLAIMED_TWICE,
                SECTOR_COUNT_WRONG);
    }

    private static void directories(List<Wound> w) {
        add(
                w,
                "a directory with a hole",
                s -> {
                    int docs = docs(s);
                    s.setPointer(docs, 5, s.allocateBlock());
                    int at = s.blockOffset(s.pointer(docs, 5));
                    DirectoryEntry.setRecordLength(s.b, at, 1024);
                    s.addSectors(docs);
                    InodeRecord.setSize(s.b, at(s, docs), 6 * 1024);
                },
                DIRECTORY_HOLE);
        add(
                w,
                "a directory with a hole at its end, and blocks beyond it",
                s -> {
                    int docs = docs(s);
                    for (int i = 6; i < 8; i++) {
                        s.setPointer(docs, i, s.allocateBlock());
                        s.addSectors(docs);
                    }
                    InodeRecord.setSize(s.b, at(s, docs), 6 * 1024);
                },
                DIRECTORY_HOLE,
                BLOCKS_BEYOND_SIZE);
        add(
                w,
                "a directory named in two places, by none of its '..'",
                s -> {
                    int deep = deep(s);
                    s.link(ROOT, "also deep", deep, Format.TYPE_DIRECTORY);
                    DirectoryEntry.setInode(s.b, s.blockOffset(s.pointer(deep, 0)) + 12, s.lookup(ROOT, "lost+found"));
                },
                DIRECTORY_NAMED_BY_STRANGERS,
                DOT_DOT_WRONG,
                LINK_COUNT_TOO_HIGH,
                LINK_COUNT_TOO_LOW);
        add(
                w,
                "an entry of length 0",
                s -> {
                    int at = s.entryOffset(deep(s), "pipe");
                    DirectoryEntry.setRecordLength(s.b, at, 0);
                },
                ENTRY_CORRUPT,
                UNNAMED_INODE);
        add(
                w,
                "a directory block never written",
                s -> {
                    int at = s.blockOffset(s.pointer(deep(s), 0));
                    Arrays.fill(s.b, at, at + 1024, (byte) 0);
                },
                ENTRY_CORRUPT,
                UNNAMED_INODE,
                LINK_COUNT_TOO_HIGH);
        add(
                w,
                "a '.' that names another",
                s -> DirectoryEntry.setInode(s.b, s.blockOffset(s.pointer(deep(s), 0)), ROOT),
                DOT_WRONG);
        add(w, "no '..'", s -> s.b[s.blockOffset(s.pointer(deep(s), 0)) + 12 + 9] = 'x', DOT_DOT_MISSING);
        add(
                w,
                "an entry that names an impossible inode",
                s -> DirectoryEntry.setInode(s.b, s.entryOffset(deep(s), "pipe"), -5),
                ENTRY_INODE_INVALID,
                UNNAMED_INODE);
        add(w, "an entry before its inode", s -> s.link(ROOT, "early", 2000, Format.TYPE_REGULAR), ENTRY_INODE_UNUSED);
        add(
                w,
                "a name with a slash",
                s -> s.b[s.entryOffset(deep(s), "pipe") + 8] = '/',
                ENTRY_NAME_INVALID,
                UNNAMED_INODE);
        add(
                w,
                "a name with a NUL",
                s -> s.b[s.entryOffset(docs(s), "file-20") + 14] = 0,
                ENTRY_NAME_INVALID,
                UNNAMED_INODE);
        add(w, "a second '.'", s -> s.link(ROOT, ".", ROOT, Format.TYPE_DIRECTORY), ENTRY_DOT_REPEATED);
        add(w, "a name of the root", s -> s.link(docs(s), "root", ROOT, Format.TYPE_DIRECTORY), ENTRY_NAMES_ROOT);
        add(
                w,
                "a file called a pipe",
                s -> DirectoryEntry.setFileType(s.b, s.entryOffset(docs(s), "file-14"), Format.TYPE_FIFO),
                ENTRY_TYPE_WRONG);
        add(
                w,
                "a name twice",
                s -> {
                    int inode = s.file(docs(s), "file-14", 2);
                    s.addLinks(inode, 0);
                },
                ENTRY_NAME_REPEATED,
                UNNAMED_INODE);
        add(
                w,
                "a '..' never changed",
                s -> {
                    int deep = deep(s);
                    s.unname(docs(s), "deep");
                    s.addLinks(docs(s), -1);
                    s.link(ROOT, "moved", deep, Format.TYPE_DIRECTORY);
                    s.addLinks(ROOT, 1);
                },
                DOT_DOT_WRONG);
        add(
                w,
                "a loop of directories",
                s -> {
                    int docs = docs(s);
                    int deep = deep(s);
                    s.unname(ROOT, "docs");
                    s.addLinks(ROOT, -1);
                    s.link(deep, "docs", docs, Format.TYPE_DIRECTORY);
                    s.addLinks(deep, 1);
                    DirectoryEntry.setInode(s.b, s.blockOffset(s.pointer(docs, 0)) + 12, deep);
                },
                DIRECTORY_LOOP);
        add(
                w,
                "lost+found is a file when it is needed",
                s -> {
                    removeLostAndFound(s);
                    s.file(ROOT, "lost+found", 1);
                    s.file(ROOT, "lost", 3);
                    s.unname(ROOT, "lost");
                },
                LOST_AND_FOUND_INVALID,
                UNNAMED_INODE);
    }

    private static void counts(List<Wound> w) {
        add(
                w,
                "a link count lowered before the entry went",
                s -> s.addLinks(s.lookup(ROOT, "large"), -1),
                LINK_COUNT_TOO_LOW);
        add(w, "a link count not raised with a subdirectory", s -> s.addLinks(docs(s), -1), LINK_COUNT_TOO_LOW);
        add(
                w,
                "a pointer before the block bitmap",
                s -> s.markBlock(s.pointer(file(s), 3), false),
                BLOCK_NOT_MARKED,
                FREE_BLOCKS_WRONG,
                TOTAL_FREE_BLOCKS_WRONG);
        add(
                w,
                "an entry before the inode bitmap",
                s -> s.markInode(file(s), false),
                INODE_NOT_MARKED,
                FREE_INODES_WRONG,
                TOTAL_FREE_INODES_WRONG);
        add(
                w,
                "bits clear beyond the last block",
                s -> s.b[s.blockOffset(s.table.blockBitmap(2) + 1) - 1] = 0,
                BITMAP_PADDING);
        add(
                w,
                "bits clear beyond the last inode",
                s -> s.b[s.blockOffset(s.table.inodeBitmap(0) + 1) - 1] = 0,
                BITMAP_PADDING);
        add(
                w,
                "an attribute block that counts too few",
                s -> {
                    int block = s.allocateBlock();
                    s.attributes(file(s), block);
                    s.attributes(s.lookup(docs(s), "file-2"), block);
                    LittleEndian.put32(s.b, s.blockOffset(block) + Format.H_REFCOUNT, 1);
                },
                XATTR_REFERENCES_TOO_LOW);
    }
}
