package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;
import static dev.powercut.targets.ext.fsck.Wounds.ROOT;
import static dev.powercut.targets.ext.fsck.Wounds.add;
import static dev.powercut.targets.ext.fsck.Wounds.at;
import static dev.powercut.targets.ext.fsck.Wounds.deep;
import static dev.powercut.targets.ext.fsck.Wounds.docs;
import static dev.powercut.targets.ext.fsck.Wounds.removeLostAndFound;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Wounds.Wound;
import java.util.Arrays;
import java.util.List;

/** Wrong directories and trees. */
final class DirectoryWounds {

    private DirectoryWounds() {}

    static void addTo(List<Wound> w) {
        directories(w);
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
        add(
                w,
                "an entry that names a reserved inode",
                s -> s.link(ROOT, "r", 8, Format.TYPE_REGULAR),
                ENTRY_INODE_INVALID);
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
        add(
                w,
                "an index that leads nowhere",
                s -> {
                    int deep = deep(s);
                    Superblock.setCompat(
                            s.b,
                            Surgery.SUPERBLOCK,
                            Superblock.compat(s.b, Surgery.SUPERBLOCK) | Features.COMPAT_DIR_INDEX);
                    InodeRecord.setFlags(s.b, at(s, deep), Format.INODE_INDEX);
                    int block = s.blockOffset(s.pointer(deep, 0));
                    DirectoryEntry.setRecordLength(s.b, block + 12, 1024 - 12);
                    Arrays.fill(s.b, block + 24, block + 1024, (byte) 0);
                    s.b[block + Format.DX_INFO_LENGTH] = 8;
                    LittleEndian.put16(s.b, block + 32, 124);
                    LittleEndian.put16(s.b, block + 34, 1);
                    LittleEndian.put32(s.b, block + 36, 7);
                },
                HASH_TREE_INVALID,
                UNNAMED_INODE,
                LINK_COUNT_TOO_HIGH);
    }
}
