package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;
import static dev.powercut.targets.ext.fsck.Wounds.ROOT;
import static dev.powercut.targets.ext.fsck.Wounds.add;
import static dev.powercut.targets.ext.fsck.Wounds.at;
import static dev.powercut.targets.ext.fsck.Wounds.deep;
import static dev.powercut.targets.ext.fsck.Wounds.docs;
import static dev.powercut.targets.ext.fsck.Wounds.file;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import java.util.Arrays;
import java.util.List;

/** Wrong inodes, attributes and pointers. */
final class InodeWounds {

    private InodeWounds() {}

    static void addTo(List<Wound> w) {
        inodes(w);
        disguises(w);
        attributes(w);
        pointers(w);
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
                "a time that looks like one after 2310",
                s -> {
                    LittleEndian.put32(s.b, at(s, file(s)) + Format.I_MTIME, 0x8000_0001);
                    LittleEndian.put32(s.b, at(s, file(s)) + Format.I_MTIME_EXTRA, 3);
                },
                TIME_WRAPPED);
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
                BLOCK_CLAIMED_TWICE);
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
                BLOCK_CLAIMED_TWICE);
    }
}
