package dev.powercut.targets.ext.fsck;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupDescriptor;
import dev.powercut.targets.ext.format.InodeRecord;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.journal.JournalChecksums;
import dev.powercut.targets.ext.journal.JournalGeometry;
import dev.powercut.targets.ext.journal.JournalMap;
import dev.powercut.targets.ext.journal.JournalState;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.JournalTree;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.journal.RecoveryReport;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The journal's part of pass 0. An image that needs it is recovered before anything else is looked at; a check that changes nothing does
 * that in memory, and looks at what would be there.
 *
 * <p>A journal that cannot be used is damage, even if its log should be empty: what was in it is lost. {@code -y} restores its inode
 * from the copy in the superblock; or makes its log empty; or drops it, and makes another when all else is sound.
 */
final class JournalCheck {

    private final Scan scan;
    private final Recovery recovery;
    private @Nullable RecoveryReport report;
    private int sectorsWritten;
    private boolean dropped;

    JournalCheck(Scan scan, RecoveryRules rules) {
        this.scan = scan;
        this.recovery = new Recovery(rules);
    }

    /** A new image comes. */
    void begin() {
        report = null;
        sectorsWritten = 0;
        dropped = false;
    }

    /** What the last recovery of the image did; null when none was due. */
    @Nullable
    RecoveryReport report() {
        return report;
    }

    int sectorsWritten() {
        return sectorsWritten;
    }

    /** Whether the journal was dropped, so that another one is to be made. */
    boolean isDropped() {
        return dropped;
    }

    /** The sectors of an empty log, first and count in turn: nobody reads them any more. */
    long[] leftovers() {
        return scan.volume.geometry.hasJournal() && !dropped ? recovery.leftovers() : new long[0];
    }

    /**
     * Looks at the journal of the volume that is open, and notes problems; says whether it is to be recovered, and can be, or was
     * aborted, which the volume is to say instead.
     */
    boolean look() {
        byte[] superblock = scan.volume.superblock;
        if (!scan.volume.geometry.hasJournal()) {
            return false;
        }
        try {
            JournalState state = recovery.look(scan.volume.device, superblock, scan.volume.table);
            if (state.fromBackup()) {
                scan.report(ProblemKind.JOURNAL_INODE_LOST, Format.JOURNAL_INODE, 0, 0, 0);
            } else if (!state.backupAgrees()) {
                scan.report(ProblemKind.JOURNAL_BACKUP_WRONG, Format.JOURNAL_INODE, 0, 0, 0);
            }
            if (Integer.compareUnsigned(state.userCount(), 1) > 0) {
                scan.report(
                        ProblemKind.JOURNAL_SHARED,
                        Format.JOURNAL_INODE,
                        0,
                        Integer.toUnsignedLong(state.userCount()),
                        1);
            }
            boolean flagged = (Superblock.incompat(superblock, 0) & Features.INCOMPAT_RECOVER) != 0;
            if (state.start() != 0 && !flagged) {
                scan.report(ProblemKind.JOURNAL_NOT_FLAGGED, 0, 0, state.start(), 0);
            }
            return Recovery.isDue(superblock, 0) || state.errno() != 0;
        } catch (ImageFormatException e) {
            ProblemKind kind = switch (e.remedy()) {
                case Recovery.EMPTY_LOG -> ProblemKind.JOURNAL_SUPERBLOCK_INVALID;
                case Recovery.SET_MEASURES -> ProblemKind.JOURNAL_MEASURES_WRONG;
                case Recovery.UNSUPPORTED -> ProblemKind.JOURNAL_UNSUPPORTED;
                default -> ProblemKind.JOURNAL_INODE_INVALID;
            };
            scan.add(new Problem(kind, Format.JOURNAL_INODE, 0, 0, 0, 0, e.what()));
            return false;
        }
    }

    /** Recovers the image that {@link #look} said it of, on a device that is written to. */
    void recover(BlockDevice device) {
        try {
            if (!Recovery.isDue(scan.volume.superblock, 0)) {
                recovery.noteError(device, scan.volume.superblock, scan.volume.table);
                return;
            }
            RecoveryReport now = recovery.recover(device, scan.volume.superblock, scan.volume.table, scan.nowSeconds);
            report = report == null ? now : report;
            sectorsWritten += now.sectorsWritten();
        } catch (ImageFormatException e) {
            throw new IllegalStateException("the journal was sound", e);
        }
    }

    // ---- Mending ----

    /** Mends what is wrong with the journal; the superblock is written with the others of its stage. */
    void mend(Problem problem) {
        byte[] superblock = scan.volume.superblock;
        switch (problem.kind()) {
            case JOURNAL_INODE_LOST -> restoreInode(superblock);
            case JOURNAL_SUPERBLOCK_INVALID -> emptyLog(superblock);
            case JOURNAL_MEASURES_WRONG ->
                editSuperblock(superblock, (b, blocks) -> JournalGeometry.setMeasures(b, 0, blocks));
            case JOURNAL_SHARED ->
                editSuperblock(superblock, (b, blocks) -> {
                    JournalSuperblock.setUserCount(b, 0, 1);
                    JournalChecksums.sealSuperblock(b, 0);
                });
            case JOURNAL_NOT_FLAGGED ->
                Superblock.setIncompat(superblock, 0, Superblock.incompat(superblock, 0) | Features.INCOMPAT_RECOVER);
            default -> drop(superblock);
        }
    }

    private void restoreInode(byte[] superblock) {
        clearInode();
        byte[] b = scan.edits.inodeBlock(Format.JOURNAL_INODE);
        int at = inodeAt();
        InodeRecord.setMode(b, at, Format.MODE_REGULAR | 0600);
        InodeRecord.setLinkCount(b, at, 1);
        for (int i = 0; i < Format.POINTER_COUNT; i++) {
            InodeRecord.setPointer(b, at, i, Superblock.journalBlockWord(superblock, 0, i));
        }
        InodeRecord.setSizeHigh(b, at, Superblock.journalBlockWord(superblock, 0, Format.POINTER_COUNT) & 0xFFFF_FFFFL);
        InodeRecord.setSizeLow(
                b, at, Superblock.journalBlockWord(superblock, 0, Format.POINTER_COUNT + 1) & 0xFFFF_FFFFL);
        stamp(b, at);
    }

    private int inodeAt() {
        return scan.volume.geometry.offsetInBlockOfInode(Format.JOURNAL_INODE);
    }

    private void clearInode() {
        byte[] b = scan.edits.inodeBlock(Format.JOURNAL_INODE);
        Arrays.fill(b, inodeAt(), inodeAt() + scan.volume.geometry.inodeSizeBytes(), (byte) 0);
    }

    private void stamp(byte[] b, int at) {
        int size = scan.volume.geometry.inodeSizeBytes();
        InodeRecord.setExtraSize(b, at, size, Format.EXTRA_ISIZE_KNOWN_BYTES);
        InodeRecord.setModificationTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setChangeTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setAccessTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setCreationTime(b, at, size, scan.nowSeconds, 0);
    }

    /** A new superblock, and zeroes in the log: what is left in it must not be taken for transactions some day. */
    private void emptyLog(byte[] superblock) {
        JournalMap map;
        try {
            map = recovery.map(scan.volume.device, superblock, scan.volume.table);
        } catch (ImageFormatException e) {
            throw new IllegalStateException("the journal's blocks were sound", e);
        }
        for (int i = 1; i < map.blockCount(); i++) {
            Arrays.fill(scan.edits.edit(map.homeOf(i), BlockRole.JOURNAL_DATA), (byte) 0);
        }
        putSuperblock(map.homeOf(0), map.blockCount());
        Superblock.setIncompat(superblock, 0, Superblock.incompat(superblock, 0) & ~Features.INCOMPAT_RECOVER);
    }

    /** Changes the journal's superblock, told how many blocks its inode has. */
    private void editSuperblock(byte[] superblock, ObjIntConsumer<byte[]> change) {
        try {
            JournalMap map = recovery.map(scan.volume.device, superblock, scan.volume.table);
            change.accept(scan.edits.edit(map.homeOf(0), BlockRole.JOURNAL_SUPERBLOCK), map.blockCount());
        } catch (ImageFormatException e) {
            throw new IllegalStateException("the journal's blocks were sound", e);
        }
    }

    private void putSuperblock(int block, int blockCount) {
        byte[] b = scan.edits.edit(block, BlockRole.JOURNAL_SUPERBLOCK);
        Arrays.fill(b, (byte) 0);
        JournalSuperblock.put(b, 0, b.length, blockCount, Superblock.uuid(scan.volume.superblock, 0));
    }

    private void drop(byte[] superblock) {
        dropped = true;
        clearInode();
        Superblock.setCompat(superblock, 0, Superblock.compat(superblock, 0) & ~Features.COMPAT_HAS_JOURNAL);
        Superblock.setIncompat(superblock, 0, Superblock.incompat(superblock, 0) & ~Features.INCOMPAT_RECOVER);
        Superblock.setJournalInode(superblock, 0, 0);
        Superblock.setJournalBackupType(superblock, 0, 0);
        for (int i = 0; i < Format.POINTER_COUNT + 2; i++) {
            Superblock.setJournalBlockWord(superblock, 0, i, 0);
        }
    }

    // ---- A new journal ----

    /** Makes a journal of the size that mkfs would choose, on a volume that is sound otherwise; none when there is no room. */
    void make(Allocation allocation) {
        dropped = false;
        Geometry geometry = scan.volume.geometry;
        int count = JournalTree.defaultBlocks(geometry.blockCount());
        if (count > geometry.blockCount() / 2) {
            return;
        }
        int[] given = allocation.blocks(count + (int) geometry.blockMap().indirectBlocks(count));
        if (given.length == 0) {
            return;
        }
        Arrays.sort(given);
        int[] next = {0};
        JournalTree tree = new JournalTree(geometry, count, () -> given[next[0]++]);
        for (JournalTree.Node node : tree.nodes()) {
            byte[] b = scan.edits.edit(node.block(), BlockRole.INDIRECT);
            System.arraycopy(node.pointers(), 0, b, 0, b.length);
        }
        int[] blocks = tree.blocks();
        for (int i = 1; i < count; i++) {
            Arrays.fill(scan.edits.edit(blocks[i], BlockRole.JOURNAL_DATA), (byte) 0);
        }
        putSuperblock(blocks[0], count);
        clearInode();
        byte[] inode = scan.edits.inodeBlock(Format.JOURNAL_INODE);
        tree.putInode(inode, inodeAt());
        stamp(inode, inodeAt());
        takeOff(given);
        scan.edits.commit();
        byte[] b = scan.edits.edit(scan.volume.superblockBlock(), BlockRole.SUPERBLOCK);
        int at = scan.volume.superblockOffset();
        Superblock.setCompat(b, at, Superblock.compat(b, at) | Features.COMPAT_HAS_JOURNAL);
        tree.putFields(b, at);
        scan.edits.commit();
    }

    /** Takes blocks off the counts of what is free. */
    private void takeOff(int[] blocks) {
        Geometry geometry = scan.volume.geometry;
        for (int block : blocks) {
            int offset = geometry.groupOfBlock(block) * Format.DESCRIPTOR_BYTES;
            byte[] b = scan.edits.edit(
                    geometry.firstDescriptorBlock() + offset / scan.volume.blockSize, BlockRole.GROUP_DESCRIPTORS);
            int at = offset % scan.volume.blockSize;
            GroupDescriptor.setFreeBlockCount(b, at, GroupDescriptor.freeBlockCount(b, at) - 1);
        }
        byte[] b = scan.edits.edit(scan.volume.superblockBlock(), BlockRole.SUPERBLOCK);
        int at = scan.volume.superblockOffset();
        Superblock.setFreeBlockCount(b, at, Superblock.freeBlockCount(b, at) - blocks.length);
    }
}
