package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.Arrays;
import java.util.Set;

/**
 * Puts entries into one directory. An entry is written first where nobody sees it, in the unused rest of another entry or in a
 * free one, and is committed; then one field of a single sector makes it visible: the record length of the entry before, or its
 * own inode number.
 */
final class EntryInsertion {

    private final Scan scan;
    private final FileGrowth growth;
    private final int directory;
    private int[] blocks;
    private int count;
    /** Blocks before this one have no room. */
    private int cursor;

    /** @param censusIndex index of the directory in the census; -1 for one made after the scan, with its only block */
    EntryInsertion(Scan scan, FileGrowth growth, int directory, int censusIndex, int onlyBlock) {
        this.scan = scan;
        this.growth = growth;
        this.directory = directory;
        if (censusIndex < 0) {
            blocks = new int[] {onlyBlock};
        } else {
            DirectoryCensus census = scan.directories;
            blocks = Arrays.copyOfRange(
                    census.block, census.firstBlock[censusIndex], census.firstBlock[censusIndex + 1]);
        }
        count = blocks.length;
    }

    /** A stale index would hide new entries, and its root would be overwritten; so it goes first. */
    void dropIndex() {
        byte[] record = scan.edits.inodeBlock(directory);
        int at = scan.volume.geometry.offsetInBlockOfInode(directory);
        InodeRecord.setFlags(record, at, InodeRecord.flags(record, at) & ~Format.INODE_INDEX);
        scan.edits.commit();
    }

    /** Adds the names that begin as those do which a repair gives. */
    void addNamesTo(Set<String> names) {
        byte[] b = new byte[scan.volume.blockSize];
        for (int i = 0; i < count; i++) {
            scan.volume.read(blocks[i], b, 0);
            for (int at = 0; at < b.length; at += DirectoryEntry.recordLength(b, at)) {
                if (DirectoryEntry.inode(b, at) != 0 && b[at + Format.D_NAME] == '#') {
                    names.add(DirectoryPass.nameAt(b, at));
                }
            }
        }
    }

    /** Makes sure that an entry with a name of this length can be put; false when the volume is full. Commits. */
    boolean makeRoom(int nameLength) {
        int needed = DirectoryEntry.minimumLength(nameLength);
        for (; cursor < count; cursor++) {
            if (place(scan.edits.edit(blocks[cursor], BlockRole.DIRECTORY), needed) >= 0) {
                return true;
            }
        }
        int block = growth.add(directory, count);
        if (block == 0) {
            return false;
        }
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, count * 2);
        }
        blocks[count++] = block;
        return true;
    }

    /** Offset of an entry that is free and large enough, or has enough unused space; -1 when the block has none. */
    private int place(byte[] b, int needed) {
        for (int at = 0; at < b.length; at += DirectoryEntry.recordLength(b, at)) {
            if (DirectoryEntry.slack(b, at) >= needed) {
                return at;
            }
        }
        return -1;
    }

    /** Puts an entry, for which there is room: commits it, with all edits before, unseen; then makes it seen. */
    void put(byte[] name, int inode, int type) {
        int needed = DirectoryEntry.minimumLength(name.length);
        int block = blocks[cursor];
        byte[] b = scan.edits.edit(block, BlockRole.DIRECTORY);
        int at = place(b, needed);
        boolean free = DirectoryEntry.inode(b, at) == 0;
        int length = DirectoryEntry.recordLength(b, at);
        int typeByte = scan.volume.geometry.hasFileType() ? type : 0;
        int used = free ? 0 : DirectoryEntry.minimumLength(DirectoryEntry.nameLength(b, at));
        DirectoryEntry.put(b, at + used, free ? 0 : inode, length - used, typeByte, name, 0, name.length);
        scan.edits.commit();

        b = scan.edits.edit(block, BlockRole.DIRECTORY);
        if (free) {
            DirectoryEntry.setInode(b, at, inode);
        } else {
            DirectoryEntry.setRecordLength(b, at, used);
        }
        scan.edits.commit();
    }

    /** Adds to the link count of the directory itself. */
    void addLink() {
        byte[] record = scan.edits.inodeBlock(directory);
        int at = scan.volume.geometry.offsetInBlockOfInode(directory);
        InodeRecord.setLinkCount(record, at, InodeRecord.linkCount(record, at) + 1);
    }

    int linkCount() {
        byte[] record = scan.edits.inodeBlock(directory);
        return LittleEndian.u16(record, scan.volume.geometry.offsetInBlockOfInode(directory) + Format.I_LINKS_COUNT);
    }
}
