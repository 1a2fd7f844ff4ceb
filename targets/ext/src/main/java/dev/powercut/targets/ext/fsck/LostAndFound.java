package dev.powercut.targets.ext.fsck;

import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.DirectoryEntry;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Gives inodes without a name one in lost+found, {@code #number}; makes lost+found when the root has none, and lets it grow.
 *
 * <p>Order: link counts and {@code ..} are set first, then the entry appears. Until then the inode is still one without a name,
 * whose {@code ..} counts for nobody, and the next run of fsck takes it up again.
 */
final class LostAndFound {

    private static final byte[] NAME = "lost+found".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOT = {'.'};
    private static final byte[] DOT_DOT = {'.', '.'};

    /** Link counts have 16 bits. */
    private static final int MOST_LINKS = 65_000;

    private final Scan scan;
    private final Allocation allocation;
    private final FileGrowth growth;
    private @Nullable EntryInsertion entries;
    private final Set<String> taken = new TreeSet<>();
    private int inode;
    /** Directory made by this repair; 0 when it was there. */
    private int created;

    LostAndFound(Scan scan, Allocation allocation, FileGrowth growth) {
        this.scan = scan;
        this.allocation = allocation;
        this.growth = growth;
    }

    void begin() {
        entries = null;
        taken.clear();
        created = 0;
    }

    /** Inode of the directory that was made; 0 when none was. */
    int created() {
        return created;
    }

    /** Names an inode; false when the volume has no space for it. */
    boolean attach(int orphan) {
        EntryInsertion target = entries();
        byte[] name = freeName(orphan).getBytes(StandardCharsets.US_ASCII);
        int ordinal = scan.inodes.ordinal(orphan);
        int index = scan.inodes.directory[ordinal];
        if (target == null || !target.makeRoom(name.length) || index >= 0 && target.linkCount() >= MOST_LINKS) {
            return false;
        }
        if (index >= 0) {
            target.addLink();
            setDotDot(index);
        }
        byte[] record = scan.edits.inodeBlock(orphan);
        int at = scan.volume.geometry.offsetInBlockOfInode(orphan);
        InodeRecord.setLinkCount(record, at, scan.inodes.countedLinks[ordinal] + 1);
        target.put(name, orphan, scan.inodes.type[ordinal]);
        return true;
    }

    /** {@code #number}, unless somebody has given that name to something else. */
    private String freeName(int orphan) {
        String name = "#" + orphan;
        for (int i = 1; taken.contains(name); i++) {
            name = "#" + orphan + "." + i;
        }
        return name;
    }

    private void setDotDot(int index) {
        int block = scan.directories.block[scan.directories.firstBlock[index]];
        byte[] b = scan.edits.edit(block, BlockRole.DIRECTORY);
        DirectoryEntry.setInode(b, DirectoryEntry.recordLength(b, 0), inode);
    }

    private @Nullable EntryInsertion entries() {
        if (entries == null) {
            inode = scan.lostAndFound;
            if (inode == 0) {
                entries = make();
            } else {
                int index = scan.inodes.directory[scan.inodes.ordinal(inode)];
                entries = new EntryInsertion(scan, growth, inode, index, 0);
                entries.dropIndex();
                entries.addNamesTo(taken);
            }
        }
        return entries;
    }

    /** Makes lost+found: blocks and inode, then the link count of the root, then the entry. Null when there is no space. */
    private @Nullable EntryInsertion make() {
        int rootIndex = scan.inodes.directory[Format.ROOT_INODE - 1];
        EntryInsertion root = new EntryInsertion(scan, growth, Format.ROOT_INODE, rootIndex, 0);
        root.dropIndex();
        if (!root.makeRoom(NAME.length)) {
            return null;
        }
        int number = allocation.inode();
        int block = number == 0 ? 0 : allocation.block();
        if (block == 0) {
            return null;
        }
        inode = number;
        created = number;
        fillBlock(scan, scan.edits.edit(block, BlockRole.DIRECTORY), number);
        scan.edits.commit();
        byte[] record = scan.edits.inodeBlock(number);
        fillDirectory(scan, record, scan.volume.geometry.offsetInBlockOfInode(number), 0700, block);
        scan.edits.commit();
        root.addLink();
        root.put(NAME, number, Format.TYPE_DIRECTORY);
        return new EntryInsertion(scan, growth, number, -1, block);
    }

    /** The first block of a directory in the root, with nothing in it. */
    static void fillBlock(Scan scan, byte[] b, int inode) {
        int type = scan.volume.geometry.hasFileType() ? Format.TYPE_DIRECTORY : 0;
        Arrays.fill(b, (byte) 0);
        DirectoryEntry.put(b, 0, inode, 12, type, DOT, 0, 1);
        DirectoryEntry.put(b, 12, Format.ROOT_INODE, b.length - 12, type, DOT_DOT, 0, 2);
    }

    /** A whole new record of a directory with one block and no subdirectories. */
    static void fillDirectory(Scan scan, byte[] b, int at, int permissions, int block) {
        int size = scan.volume.geometry.inodeSizeBytes();
        Arrays.fill(b, at, at + size, (byte) 0);
        InodeRecord.setExtraSize(b, at, size, Math.min(size - Format.INODE_BASE_BYTES, Format.EXTRA_ISIZE_KNOWN_BYTES));
        InodeRecord.setMode(b, at, Format.MODE_DIRECTORY | permissions);
        InodeRecord.setLinkCount(b, at, 2);
        InodeRecord.setSize(b, at, scan.volume.blockSize);
        InodeRecord.setSectorCount(b, at, scan.volume.sectorsPerBlock);
        InodeRecord.setPointer(b, at, 0, block);
        InodeRecord.setAccessTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setChangeTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setModificationTime(b, at, size, scan.nowSeconds, 0);
        InodeRecord.setCreationTime(b, at, size, scan.nowSeconds, 0);
    }
}
