package dev.powercut.targets.ext.fsck;

import static dev.powercut.targets.ext.fsck.Surgery.SUPERBLOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is odd about an image without making it unclean: {@code -n} ends with 0, as e2fsck does; what e2fsck would set right is told; {@code
 * -p} ends as e2fsck's does; and {@code -y} leaves nothing that either of them would tell.
 */
class TriflesTest {

    private static final long NOW = Instant.now().getEpochSecond();
    private static final int ROOT = Format.ROOT_INODE;
    private static final int REFUSED = 4;

    private final Fsck fsck = new Fsck();

    private static final Surgery SOUND = sound(true);
    private static final Surgery WITHOUT_RESIZE_INODE = sound(false);

    private static Surgery sound(boolean resizeInode) {
        Surgery s =
                Surgery.on(2 << 20, MkfsOptions.defaults().withInodeSize(256).withResizeInode(resizeInode));
        int docs = s.directory(ROOT, "docs");
        s.file(docs, "file", 3);
        s.symlink(ROOT, "link", "docs");
        s.special(ROOT, "pipe", Format.MODE_FIFO);
        return new Surgery(s.image());
    }

    private static final Surgery GROUPS =
            new Surgery(E2fsprogs.mke2fs(2 << 20, List.of("-t", "ext2", "-b", "1024", "-g", "512", "-N", "128"), ""));

    private static Surgery revisionZero() {
        return new Surgery(E2fsprogs.mke2fs(1 << 20, List.of("-t", "ext2", "-b", "1024", "-r", "0"), ""));
    }

    /** @param preen exit code of -p */
    private static Arguments trifle(String name, String kind, int preen, Surgery sound, Consumer<Surgery> change) {
        return Arguments.of(Named.of(name, change), kind, preen, sound);
    }

    private static void word(Surgery s, int field, int value) {
        LittleEndian.put32(s.b, SUPERBLOCK + field, value);
    }

    private static int file(Surgery s) {
        return s.inodeOffset(s.lookup(s.lookup(ROOT, "docs"), "file"));
    }

    static Stream<Arguments> trifles() {
        return Stream.of(
                trifle("a device of a journal", "", 0, SOUND, s -> word(s, Format.S_JOURNAL_DEV, 0x801)),
                trifle("the inodes of quotas", "", 0, SOUND, s -> {
                    word(s, Format.S_USR_QUOTA_INUM, Format.USER_QUOTA_INODE);
                    word(s, Format.S_GRP_QUOTA_INUM, Format.GROUP_QUOTA_INODE);
                }),
                trifle(
                        "another inode for a quota",
                        "inode-without-feature",
                        REFUSED,
                        SOUND,
                        s -> word(s, Format.S_USR_QUOTA_INUM, 5000)),
                trifle(
                        "a file of orphans that is none",
                        "inode-without-feature",
                        REFUSED,
                        SOUND,
                        s -> word(s, Format.S_ORPHAN_FILE_INUM, 5000)),
                trifle("orphans beyond all inodes", "orphan-list", 1, SOUND, s -> word(s, Format.S_LAST_ORPHAN, 5000)),
                trifle(
                        "an orphan in use",
                        "orphan-list",
                        1,
                        SOUND,
                        s -> word(s, Format.S_LAST_ORPHAN, s.lookup(s.lookup(ROOT, "docs"), "file"))),
                trifle("too many free blocks in all", "total-free-blocks-wrong", 1, SOUND, s -> {
                    Superblock.setFreeBlockCount(s.b, SUPERBLOCK, Superblock.freeBlockCount(s.b, SUPERBLOCK) + 1);
                    Superblock.setFreeInodeCount(s.b, SUPERBLOCK, 3);
                }),
                trifle(
                        "inodes of a table not used",
                        "descriptor-flags",
                        1,
                        SOUND,
                        s -> GroupDescriptor.setUnusedInodeCount(s.b, s.descriptorOffset(0), 7)),
                trifle(
                        "a group without inodes, and bitmaps said to be empty",
                        "descriptor-flags",
                        1,
                        GROUPS,
                        s -> GroupDescriptor.setFlags(s.b, s.descriptorOffset(1), 3)),
                trifle(
                        "more wanted in each inode than there is room for",
                        "extra-size-wish-invalid",
                        REFUSED,
                        SOUND,
                        s -> Superblock.setWantExtraInodeSize(s.b, SUPERBLOCK, 500)),
                trifle(
                        "an odd number of bytes needed in each inode",
                        "extra-size-wish-invalid",
                        REFUSED,
                        SOUND,
                        s -> Superblock.setMinExtraInodeSize(s.b, SUPERBLOCK, 33)),
                trifle(
                        "mounted in ten days",
                        "time-in-future",
                        1,
                        SOUND,
                        s -> Superblock.setMountTimeSeconds(s.b, SUPERBLOCK, NOW + 864_000)),
                trifle(
                        "written in an hour",
                        "time-in-future",
                        1,
                        SOUND,
                        s -> Superblock.setWriteTimeSeconds(s.b, SUPERBLOCK, NOW + 3600)),
                trifle("made and checked in ten days", "", 0, SOUND, s -> {
                    Superblock.setLastCheckSeconds(s.b, SUPERBLOCK, NOW + 864_000);
                    Superblock.setMkfsTimeSeconds(s.b, SUPERBLOCK, NOW + 864_000);
                }),
                trifle(
                        "an entry without a type",
                        "entry-type-unset",
                        1,
                        SOUND,
                        s -> DirectoryEntry.setFileType(s.b, s.entryOffset(ROOT, "docs"), 0)),
                trifle("dots without types", "entry-type-unset", 1, SOUND, s -> {
                    int at = s.blockOffset(s.pointer(s.lookup(ROOT, "docs"), 0));
                    DirectoryEntry.setFileType(s.b, at, 0);
                    DirectoryEntry.setFileType(s.b, at + 12, 0);
                }),
                trifle(
                        "a symbolic link for appending",
                        "special-file-has-flags",
                        0,
                        SOUND,
                        s -> InodeRecord.setFlags(s.b, s.inodeOffset(s.lookup(ROOT, "link")), Format.INODE_APPEND)),
                trifle(
                        "an immutable pipe",
                        "special-file-has-flags",
                        0,
                        SOUND,
                        s -> InodeRecord.setFlags(s.b, s.inodeOffset(s.lookup(ROOT, "pipe")), Format.INODE_IMMUTABLE)),
                trifle(
                        "a block right after the end",
                        "blocks-after-end",
                        1,
                        SOUND,
                        s -> InodeRecord.setSize(s.b, file(s), 2048)),
                trifle(
                        "flags without meaning here",
                        "",
                        0,
                        SOUND,
                        s -> InodeRecord.setFlags(s.b, file(s), 0x200 | 0x40000 | 0x100000 | Format.INODE_EA_INODE)),
                trifle("a size, flags and times of the resize inode", "", 0, SOUND, s -> {
                    int at = s.inodeOffset(Format.RESIZE_INODE);
                    InodeRecord.setSize(s.b, at, 77);
                    InodeRecord.setFlags(s.b, at, Format.INODE_APPEND);
                }),
                trifle(
                        "no link to the resize inode",
                        "resize-inode-differs",
                        REFUSED,
                        SOUND,
                        s -> InodeRecord.setLinkCount(s.b, s.inodeOffset(Format.RESIZE_INODE), 0)),
                trifle(
                        "a resize inode without the feature",
                        "resize-inode-without-feature",
                        REFUSED,
                        WITHOUT_RESIZE_INODE,
                        s -> s.setPointer(Format.RESIZE_INODE, 0, 500)),
                trifle("magic inodes allowed", "", 0, SOUND, s -> {
                    int compat = Superblock.compat(s.b, SUPERBLOCK);
                    Superblock.setCompat(s.b, SUPERBLOCK, compat | Features.COMPAT_IMAGIC_INODES);
                    InodeRecord.setFlags(s.b, file(s), InodeFields.IMAGIC_FLAG);
                }),
                trifle(
                        "features of revision 0",
                        "features-of-revision-0",
                        1,
                        revisionZero(),
                        s -> Superblock.setRoCompat(s.b, SUPERBLOCK, Features.RO_COMPAT_LARGE_FILE)),
                trifle(
                        "types in entries of revision 0",
                        "features-of-revision-0",
                        1,
                        revisionZero(),
                        s -> Superblock.setIncompat(s.b, SUPERBLOCK, Features.INCOMPAT_FILETYPE)));
    }

    @ParameterizedTest
    @MethodSource("trifles")
    void areToldAndDoNotMakeAnImageUnclean(Consumer<Surgery> change, String kind, int preen, Surgery sound) {
        Surgery s = sound.copy();
        change.accept(s);
        DiskImage image = s.image();
        E2fsprogs.Result theirs = E2fsprogs.e2fsck(image);
        assertEquals(0, theirs.exit(), theirs.output());
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport check = fsck.run(disk, options(CheckMode.READ_ONLY));
        assertEquals(0, check.exitCode(), () -> check.lines().toString());
        assertEquals(kind, check.kind());
        assertFalse(kind.isEmpty() && theirs.output().contains("? no"), theirs.output());

        FsckReport preened = fsck.run(disk, options(CheckMode.PREEN));
        assertEquals(preen, preened.exitCode(), () -> preened.lines().toString());
        assertEquals(preen == REFUSED, image.equals(disk.image()), "-p writes, unless it refuses");

        disk = Surgery.disk(image);
        assertEquals(
                kind.isEmpty() ? 0 : 1, fsck.run(disk, options(CheckMode.YES)).exitCode());
        assertEquals(List.of(), fsck.run(disk, options(CheckMode.READ_ONLY)).lines());
        E2fsprogs.Result after = E2fsprogs.e2fsck(disk.image());
        assertEquals(0, after.exit(), after.output());
        assertFalse(after.output().contains("? no"), after.output());
    }

    @Test
    void timesAreToldAsDates() {
        Surgery s = SOUND.copy();
        Superblock.setMountTimeSeconds(s.b, SUPERBLOCK, 1_900_000_000L);
        FsckOptions options = new FsckOptions(CheckMode.READ_ONLY, true, 1_800_000_000L);
        assertEquals(
                List.of(
                        "pass 0: superblock was last mounted at 2030-03-17T17:46:40Z, but now is 2027-01-15T08:00:00Z (set to now)"),
                fsck.run(Surgery.disk(s.image()), options).lines());
        assertEquals(List.of(), fsck.check(Surgery.disk(s.image())).lines(), "who is not told the time does not guess");
    }

    private static FsckOptions options(CheckMode mode) {
        return new FsckOptions(mode, true, NOW);
    }
}
