package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.ProblemKind.*;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
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

    static final int ROOT = Format.ROOT_INODE;

    static int docs(Surgery s) {
        return s.lookup(ROOT, "docs");
    }

    static int deep(Surgery s) {
        return s.lookup(docs(s), "deep");
    }

    /** A file of 14 blocks, with an indirect block. */
    static int file(Surgery s) {
        return s.lookup(docs(s), "file-14");
    }

    static int at(Surgery s, int inode) {
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
        add(
                w,
                "a file without a name, whose name in lost+found somebody else has",
                s -> {
                    int inode = s.file(ROOT, "lost", 3);
                    s.unname(ROOT, "lost");
                    s.file(s.lookup(ROOT, "lost+found"), "#" + inode, 1);
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

    static void add(List<Wound> wounds, String name, Consumer<Surgery> inflict, ProblemKind... kinds) {
        wounds.add(new Wound(name, List.of(kinds), inflict));
    }

    static List<Wound> damage() {
        List<Wound> w = new ArrayList<>();
        VolumeWounds.addTo(w);
        InodeWounds.addTo(w);
        DirectoryWounds.addTo(w);
        CountWounds.addTo(w);
        return w;
    }
}
