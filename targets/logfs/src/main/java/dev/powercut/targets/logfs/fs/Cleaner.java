package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.InodeRecord;
import dev.powercut.targets.logfs.format.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Copies live data out of segments; the checkpoint that ends a pass frees them. Which blocks of a segment are live: its summaries say whose
 * they were, the inode map and the extents of that file whether they still are. Metadata is not copied but made dirty, and so goes out
 * with the checkpoint.
 */
final class Cleaner {

    /** Most segments that one pass fills: a pass is never more than a pause. */
    private static final int MOST_FILLED = 8;

    /** A block that is to be moved. */
    private record Move(int ino, long version, long block, int address, long timeNanos, byte[] bytes) {}

    /** What one pass found to move. */
    static final class Finds {
        private final List<Move> moves = new ArrayList<>();

        /** Inodes that were read because of it. */
        private final List<LogInode> loaded = new ArrayList<>();

        private final long checkpoint;
        private final int roomBlocks;

        private Finds(long checkpoint, int roomBlocks) {
            this.checkpoint = checkpoint;
            this.roomBlocks = roomBlocks;
        }
    }

    private final Volume volume;
    private final Geometry geometry;
    private final InodeStore inodes;
    private final Directory directories;
    private final Committer committer;
    private final VictimChoice choice;

    /** The segment that is being looked at; made when it is first needed, since most mounts never clean. */
    private byte[] segment = {};

    private Finds finds = new Finds(0, 0);

    Cleaner(Volume volume, InodeStore inodes, Directory directories, Committer committer) {
        this.volume = volume;
        this.geometry = volume.geometry;
        this.inodes = inodes;
        this.directories = directories;
        this.committer = committer;
        this.choice = new VictimChoice(volume);
    }

    /** Cleans some segments. Ends with a checkpoint. */
    void clean(Trigger why) {
        move(find(), why);
    }

    /** How many blocks a pass may move, so that enough segments stay free. */
    private int roomBlocks() {
        int room = Math.max(1, Math.min(MOST_FILLED, volume.usage.freeCount() - geometry.reserveSegments() / 4));
        return room * (geometry.segmentBlocks() - 2);
    }

    /** The first half of a pass: chooses segments, and finds what is live in them. */
    Finds find() {
        finds = new Finds(committer.newestNumber(), roomBlocks());
        int[] victims = choice.choose(finds.roomBlocks, volume.log.segment());
        if (segment.length == 0) {
            segment = new byte[geometry.segmentBlocks() * geometry.blockSizeBytes()];
        }
        for (int victim : victims) {
            collect(victim);
        }
        return finds;
    }

    /**
     * The other half: copies what is still there, and writes a checkpoint. Others may have had their turn in between; where that came to a
     * checkpoint, or took the room, nothing is done: segments may have been freed and used again.
     */
    void move(Finds found, Trigger why) {
        finds = found;
        List<Move> moves = found.moves;
        if (found.checkpoint == committer.newestNumber() && found.roomBlocks <= roomBlocks()) {
            if (volume.options.cleaner() == LogfsOptions.Policy.COST_BENEFIT) {
                moves.sort((a, b) -> Long.compare(a.timeNanos, b.timeNanos));
            }
            for (int i = 0; i < moves.size(); i++) {
                move(moves.get(i), why);
            }
            committer.checkpoint(why);
        }
        inodes.letGo(found.loaded);
        finds = new Finds(0, 0);
    }

    /** Finds what is live in a segment, summary by summary. */
    private void collect(int victim) {
        int first = geometry.segmentStart(victim);
        int sectors = geometry.segmentBlocks() * geometry.sectorsPerBlock();
        volume.device.read((long) first * geometry.sectorsPerBlock(), sectors, segment, 0);
        if (volume.usage.isThreaded(victim)) {
            collectThreaded(victim);
            return;
        }
        int at = 0;
        while (at < geometry.segmentBlocks()) {
            int summary = at * geometry.blockSizeBytes();
            if (!Summary.isPlausible(geometry, segment, summary, first + at)
                    || !Summary.isSound(geometry, volume.checksum, segment, summary)) {
                return;
            }
            for (int i = 0; i < Summary.count(segment, summary); i++) {
                int block = at + 1 + i;
                collect(summary, i, first + block, block * geometry.blockSizeBytes());
            }
            at += 1 + Summary.count(segment, summary);
        }
    }

    /** Of a segment that the log was threaded through, summaries do not tell all: where it is not known whose its blocks are, every inode is asked. */
    private void collectThreaded(int victim) {
        int first = geometry.segmentStart(victim);
        int end = first + geometry.segmentBlocks();
        for (int i = 0; i < volume.map.blockCount(); i++) {
            if (volume.map.address(i) >= first && volume.map.address(i) < end) {
                volume.map.markDirty(i);
            }
        }
        for (int i = 0; i < volume.usage.blocks.length; i++) {
            if (volume.usage.blocks[i] >= first && volume.usage.blocks[i] < end) {
                volume.usage.markDirty(i);
            }
        }
        LiveBlocks known = volume.usage.tracked();
        if (known != null) {
            collectKnown(known, first, end);
            return;
        }
        int numbers = volume.map.blockCount() * geometry.mapEntriesPerBlock();
        for (int ino = 1; ino < numbers; ino++) {
            int record = volume.map.blockOf(ino);
            LogInode inode = owner(ino, volume.map.versionOf(ino));
            if (inode != null) {
                if (record >= first && record < end) {
                    inodes.markDirty(inode, Sites.CLEANING, true);
                }
                collectThreaded(inode, first, end);
            }
        }
    }

    private void collectKnown(LiveBlocks known, int first, int end) {
        TreeSet<Integer> owners = new TreeSet<>();
        for (int address = first; address < end; address++) {
            if (known.isLive(address) && known.owner(address) != 0) {
                owners.add(known.owner(address));
            } else if (known.isLive(address)) {
                // Of a block of a table, no entry of the inode map leads to what looks like a record.
                collectInodes(address, (address - first) * geometry.blockSizeBytes());
            }
        }
        for (int ino : owners) {
            LogInode inode = owner(ino, volume.map.versionOf(ino));
            if (inode != null) {
                collectThreaded(inode, first, end);
            }
        }
    }

    private void collectThreaded(LogInode inode, int first, int end) {
        int size = geometry.blockSizeBytes();
        ExtentList extents = inode.extents;
        for (int i = 0; i < extents.count(); i++) {
            for (int j = 0; j < extents.length(i); j++) {
                int address = extents.address(i) + j;
                if (address >= first && address < end) {
                    long offset = extents.fileBlock(i) + j;
                    collect(inode, Format.KIND_DATA, offset, address, (address - first) * size);
                }
            }
        }
        for (int level = 0; level < extents.tree.length; level++) {
            for (int i = 0; i < extents.tree[level].length; i++) {
                int address = extents.tree[level][i];
                if (address >= first && address < end) {
                    collect(inode, Format.KIND_EXTENTS, ((long) level << Format.EXTENT_LEVEL_SHIFT) + i, address, 0);
                }
            }
        }
    }

    private void collect(int summary, int index, int address, int at) {
        long offset = Summary.offset(segment, summary, index);
        switch (Summary.kind(segment, summary, index)) {
            case Format.KIND_INODES -> collectInodes(address, at);
            case Format.KIND_INODE_MAP -> {
                if (offset < volume.map.blockCount() && volume.map.address((int) offset) == address) {
                    volume.map.markDirty((int) offset);
                }
            }
            case Format.KIND_USAGE -> {
                if (offset < volume.usage.blocks.length && volume.usage.blocks[(int) offset] == address) {
                    volume.usage.markDirty((int) offset);
                }
            }
            case Format.KIND_DATA, Format.KIND_DIRECTORY, Format.KIND_EXTENTS -> {
                LogInode inode =
                        owner(Summary.inode(segment, summary, index), Summary.version(segment, summary, index));
                if (inode != null) {
                    collect(inode, Summary.kind(segment, summary, index), offset, address, at);
                }
            }
            default -> {}
        }
    }

    /** The file that a block was written for, when it still exists. */
    private @Nullable LogInode owner(int ino, long version) {
        LogInode inode = inodes.find(ino);
        if (inode == null
                && volume.map.isNumber(ino)
                && volume.map.blockOf(ino) != 0
                && volume.map.versionOf(ino) == version) {
            try {
                inode = inodes.get(ino);
                inode.lingers = true;
                finds.loaded.add(inode);
            } catch (ErrnoException e) {
                // Nothing is known of what a broken record owns: its blocks stay where they are, counted as live.
                return null;
            }
        }
        return inode != null && inode.version == version ? inode : null;
    }

    private void collect(LogInode inode, int kind, long offset, int address, int at) {
        if (kind == Format.KIND_EXTENTS) {
            int level = (int) (offset >>> Format.EXTENT_LEVEL_SHIFT);
            int index = (int) offset;
            int[][] tree = inode.extents.tree;
            if (level < tree.length && index >= 0 && index < tree[level].length && tree[level][index] == address) {
                long below = index;
                for (int i = 0; i < level; i++) {
                    below *= geometry.addressesPerBlock();
                }
                inode.extents.markChangedFrom((int) below * geometry.extentsPerBlock());
                inodes.markDirty(inode, Sites.CLEANING, true);
            }
        } else if (inode.extents.find(offset) == address) {
            if (inode.isDirectory()) {
                directories.rewrite(inode, offset, Sites.CLEANING);
            } else {
                byte[] bytes = java.util.Arrays.copyOfRange(segment, at, at + geometry.blockSizeBytes());
                finds.moves.add(new Move(inode.ino(), inode.version, offset, address, inode.modifiedNanos(), bytes));
            }
        }
    }

    private void collectInodes(int address, int at) {
        for (int slot = 0; slot < geometry.inodesPerBlock(); slot++) {
            int record = at + slot * Format.INODE_BYTES;
            int ino = InodeRecord.number(segment, record);
            if (ino == 0) {
                return;
            }
            if (volume.map.isNumber(ino) && volume.map.blockOf(ino) == address && volume.map.slotOf(ino) == slot) {
                LogInode inode = owner(ino, volume.map.versionOf(ino));
                if (inode != null) {
                    inodes.markDirty(inode, Sites.CLEANING, true);
                }
            }
        }
    }

    private void move(Move move, Trigger why) {
        LogInode inode = owner(move.ino, move.version);
        int now = inode == null ? 0 : inode.extents.find(move.block);
        if (inode == null || now == 0 || now != move.address && volume.rules.cleanerLooksTwice()) {
            return;
        }
        List<Cause.Dirtied> by = List.of(volume.by(Sites.CLEANING));
        int address =
                volume.log.stage(Format.KIND_DATA, inode.ino(), inode.version, move.block, move.bytes, 0, by, why);
        inode.extents.unmap(move.block, move.block + 1, volume.usage::removeRun);
        inode.extents.map(move.block, address);
        volume.usage.add(address, volume.blockSizeBytes, move.timeNanos);
        if (inode.orphan) {
            volume.usage.setNameless(now, -1);
            volume.usage.setNameless(address, 1);
        }
        inodes.markDirty(inode, Sites.CLEANING, true);
    }
}
