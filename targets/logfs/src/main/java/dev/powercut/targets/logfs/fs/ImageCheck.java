package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what a volume holds after rolling forward, as it is in memory: that inode map, records, extents, usage, directories and link
 * counts agree. Work is proportional to the inodes and blocks in use and to the number of segments. Keeps its scratch memory.
 */
final class ImageCheck {

    private final List<Problem> problems = new ArrayList<>();
    private final DirectoryCheck directories = new DirectoryCheck(this);
    private long[] claimed = {};
    private int[] live = {};

    // By inode number.
    int[] modes = {};
    int[] links = {};
    int[] parents = {};
    int[] directoryNumbers = {};
    int directoryCount;
    int numberCount;
    private int extentBlocks;

    private byte[] block = {};
    private int blockAddress;

    /** What was found, the first first. */
    List<Problem> run(Parts parts) {
        problems.clear();
        prepare(parts.volume);
        try {
            claimTables(parts.volume);
            int used = checkInodes(parts);
            if (used != parts.volume.map.used()) {
                add("inode-count", "the checkpoint counts " + parts.volume.map.used() + " inodes, there are " + used);
            }
            if (extentBlocks != parts.volume.space.extentBlocks()) {
                add(
                        "extent-block-count",
                        "the checkpoint counts " + parts.volume.space.extentBlocks() + " extent blocks, there are "
                                + extentBlocks);
            }
            checkUsage(parts.volume);
            checkLogEnd(parts.volume);
            if (problems.isEmpty()) {
                directories.run(parts);
            }
        } catch (ErrnoException e) {
            add("unreadable", String.valueOf(e.getMessage()));
        }
        return problems;
    }

    void add(String kind, String line) {
        problems.add(new Problem(kind, line));
    }

    private void prepare(Volume volume) {
        Geometry g = volume.geometry;
        int words = (g.blockCount() >>> 6) + 1;
        numberCount = volume.map.blockCount() * g.mapEntriesPerBlock();
        if (claimed.length != words || live.length != g.segmentCount() || block.length != g.blockSizeBytes()) {
            claimed = new long[words];
            live = new int[g.segmentCount()];
            block = new byte[g.blockSizeBytes()];
        }
        Arrays.fill(claimed, 0);
        Arrays.fill(live, 0);
        if (modes.length < numberCount) {
            modes = new int[numberCount];
            links = new int[numberCount];
            parents = new int[numberCount];
            directoryNumbers = new int[numberCount];
        }
        Arrays.fill(modes, 0, numberCount, 0);
        directoryCount = 0;
        extentBlocks = 0;
        blockAddress = 0;
    }

    private boolean claim(int address) {
        long bit = 1L << address;
        boolean isNew = (claimed[address >>> 6] & bit) == 0;
        claimed[address >>> 6] |= bit;
        return isNew;
    }

    private void claimTables(Volume volume) {
        for (int i = 0; i < volume.map.blockCount(); i++) {
            claimTable(volume.map.address(i), "the inode map");
        }
        for (int address : volume.usage.blocks) {
            claimTable(address, "the segment usage table");
        }
    }

    private void claimTable(int address, String whose) {
        if (address != 0 && !claim(address)) {
            add("block-claimed-twice", "block " + address + " of " + whose + " has another owner");
        }
    }

    // ---- Inodes ----

    private int checkInodes(Parts parts) {
        InodeMap map = parts.volume.map;
        int used = 0;
        for (int ino = 1; ino < numberCount; ino++) {
            int address = map.blockOf(ino);
            if (address != 0) {
                used++;
                checkInode(parts, ino, address);
            }
        }
        if (numberCount <= Format.ROOT_INODE || !Mode.isDirectory(modes[Format.ROOT_INODE])) {
            add("no-root", "the root is not a directory");
        }
        return used;
    }

    private void checkInode(Parts parts, int ino, int address) {
        Volume volume = parts.volume;
        live[volume.geometry.segmentOf(volume.checked(address, "the map entry of inode " + ino))] += Format.INODE_BYTES;
        LogInode inMemory = parts.inodes.find(ino);
        if (inMemory != null) {
            note(ino, inMemory.mode(), inMemory.linkCount(), inMemory.parentNumber);
            claimExtents(volume, ino, inMemory.extents);
            return;
        }
        if (address != blockAddress) {
            volume.readBlock(address, block, 0);
            blockAddress = address;
        }
        int slot = volume.map.slotOf(ino);
        int at = slot * Format.INODE_BYTES;
        if (slot < 0
                || slot >= volume.geometry.inodesPerBlock()
                || InodeRecord.number(block, at) != ino
                || InodeRecord.version(block, at) != volume.map.versionOf(ino)) {
            add("no-inode-record", "block " + address + " has no record of inode " + ino + " in slot " + slot);
            return;
        }
        int mode = InodeRecord.mode(block, at);
        long count = InodeRecord.linkCount(block, at);
        if (count < 1 || count > Format.MAX_LINKS) {
            add("link-count", "inode " + ino + " has " + count + " links");
        }
        note(ino, mode, (int) count, InodeRecord.parent(block, at));
        if (!Mode.isSymlink(mode) || InodeRecord.sizeBytes(block, at) > Format.INO_AREA_BYTES) {
            claimInline(parts, ino, at);
        }
    }

    /** Most inodes have no extent tree: their extents need no list. */
    private void claimInline(Parts parts, int ino, int at) {
        if (InodeRecord.extentCount(block, at) == 0 && InodeRecord.depth(block, at) == 0) {
            return;
        }
        ExtentList extents = new ExtentList();
        parts.trees.read(block, at, extents);
        claimExtents(parts.volume, ino, extents);
    }

    private void note(int ino, int mode, int count, int parent) {
        modes[ino] = mode;
        links[ino] = count;
        parents[ino] = parent;
        if (Mode.isDirectory(mode)) {
            directoryNumbers[directoryCount++] = ino;
        }
    }

    private void claimExtents(Volume volume, int ino, ExtentList extents) {
        for (int i = 0; i < extents.count(); i++) {
            for (int j = 0; j < extents.length(i); j++) {
                claimBlock(volume, ino, extents.address(i) + j);
            }
        }
        for (int[] level : extents.tree) {
            for (int address : level) {
                claimBlock(volume, ino, address);
            }
            extentBlocks += level.length;
        }
    }

    private void claimBlock(Volume volume, int ino, int address) {
        live[volume.geometry.segmentOf(address)] += volume.blockSizeBytes;
        if (!claim(address)) {
            add("block-claimed-twice", "block " + address + " of inode " + ino + " has another owner");
        }
    }

    // ---- Usage ----

    private void checkUsage(Volume volume) {
        for (int segment = 0; segment < live.length; segment++) {
            if (live[segment] != volume.usage.stored(segment)) {
                String kind = volume.usage.stored(segment) == 0 ? "live-in-free-segment" : "segment-usage";
                add(
                        kind,
                        "segment " + segment + " counts " + volume.usage.stored(segment) + " live bytes, there are "
                                + live[segment]);
            }
        }
    }

    private void checkLogEnd(Volume volume) {
        for (int address = volume.log.nextBlock(); address < volume.log.nextEnd(); address++) {
            if ((claimed[address >>> 6] & 1L << address) != 0) {
                add(
                        "log-over-live",
                        "the log's end is at block " + volume.log.nextBlock() + ", block " + address
                                + " behind it is live");
                return;
            }
        }
    }

    /** A directory's block, from memory when it is there. */
    byte @Nullable [] directoryBlock(Parts parts, LogInode inode, int index) {
        byte[] b = inode.blocksRead
                ? inode.blocks.get(index)
                : parts.volume.readBlock(
                        parts.volume.checked(inode.extents.find(index), "directory " + inode.number()));
        return DirectoryBlock.isSound(b) ? b : null;
    }
}
