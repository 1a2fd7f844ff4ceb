package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static dev.powercut.sim.bytes.LittleEndian.s64;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.InodeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes to the disk what has changed in memory: one group with the changed blocks and inodes and the tables, to free blocks; flush; a
 * checkpoint; flush; the same as the other region's checkpoint; flush. Until the first of them is durable, the image is what it was.
 */
final class Rewriting {

    /**
     * How far the checkpoint's number goes up: past that of a recovery that was cut short and left its partial writes behind, so that of what
     * covers a block the newest is told by number.
     */
    static final int NUMBERS = 3;

    private final Volume volume;
    private final InodeTable table;
    private final Checkpoint from;
    private final RollForward log;
    private final int region;
    private final long nowNanos;
    private final int[] maps;
    private final int[] usages;
    private final Set<Integer> threaded = new TreeSet<>();
    private int extentBlocks;

    /** @param region block of the region in which {@code from} is; 0 when it was made of what the log has */
    Rewriting(Volume volume, InodeTable table, Checkpoint from, int region, RollForward log, long nowNanos) {
        this.volume = volume;
        this.table = table;
        this.from = from;
        this.region = region;
        this.log = log;
        this.nowNanos = nowNanos;
        this.maps = Arrays.copyOf(from.mapBlocks(), Math.max(from.mapBlocks().length, lastChunk() + 1));
        this.usages = from.usageBlocks().clone();
    }

    private int lastChunk() {
        int last = table.chunkCount() - 1;
        while (last > 0 && !table.hasChunk(last)) {
            last--;
        }
        return last;
    }

    /**
     * Writes.
     *
     * @param occupied sorted; what must not be overwritten
     * @return blocks written; -1 when there is no room, which is noted
     */
    int run(Claims occupied, Set<Integer> mapBlocks, Set<Integer> usageBlocks, Problems problems) {
        List<Inode> changed = changed();
        long needed = needed(changed);
        List<FreeRuns.Run> runs = new FreeRuns(volume, from, occupied, log.endBlock).enoughFor(needed);
        long free = LogWriter.capacity(volume, runs);
        if (needed > free) {
            problems.add(ProblemKind.NO_ROOM_FOR_REPAIR, 0, 0, needed, free);
            return -1;
        }
        thread(runs);
        long number = number();
        LogWriter writer = new LogWriter(volume, runs, number, log.endSequence, nowNanos);
        for (Inode inode : changed) {
            contents(writer, inode);
        }
        inodes(writer, changed);
        for (int index = 0; index < maps.length; index++) {
            byte[] b = table.encode(index);
            if (mapBlocks.contains(index) || isOther(maps[index], b)) {
                maps[index] = writer.append(Format.KIND_INODE_MAP, 0, 0, index, b);
            }
        }
        usage(writer, usageBlocks);
        writer.end();
        flush();
        int inUse = inodesInUse();
        for (int i = 0; i < 2; i++) {
            write(new Checkpoint(
                    number + i,
                    nowNanos,
                    writer.nextSequence(),
                    writer.nextBlock(),
                    writer.nextEnd(),
                    inUse,
                    extentBlocks,
                    maps,
                    usages));
        }
        return writer.blocksWritten() + 2;
    }

    /**
     * Of segments in which something lives, the table will say that they are threaded. Until it does, the checkpoint that counts has to: of a partial
     * write whose dead blocks are torn, nothing else would tell that its checksum is not wrong because of damage. Without a checkpoint there is nothing
     * to keep up.
     */
    private void thread(List<FreeRuns.Run> runs) {
        boolean announce = false;
        for (FreeRuns.Run run : runs) {
            if (run.isAmongLive()) {
                threaded.add(volume.geometry.segmentOf(run.first()));
                announce |= run.isUnannounced();
            }
        }
        if (announce && region != 0) {
            byte[] header = from.threaded().encode(volume.checksum);
            volume.device.write((long) region * volume.geometry.sectorsPerBlock(), 1, header, 0, cause("checkpoint"));
            flush();
        }
    }

    /** That of the first checkpoint to write, which must not go where the one is that counts until then. */
    private long number() {
        long number = from.sequence() + NUMBERS;
        return volume.geometry.checkpointBlock(number) == region ? number + 1 : number;
    }

    private List<Inode> changed() {
        List<Inode> changed = new ArrayList<>();
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            Inode inode = table.get(number);
            if (inode != null && (inode.changed || inode.block == 0)) {
                changed.add(inode);
            }
        }
        return changed;
    }

    /** Payload blocks that are to be written, at most. */
    private long needed(List<Inode> changed) {
        long needed = maps.length + usages.length + changed.size() / volume.geometry.inodesPerBlock() + 1;
        for (Inode inode : changed) {
            long contents = inode.copies == null ? 0 : inode.copies.sorted().length;
            if (inode.isDirectory()) {
                contents = Directory.of(volume, inode).blockCount();
            }
            needed += contents + treeBlocks(inode.extents.count() + 2 * contents);
        }
        return needed;
    }

    private long treeBlocks(long extents) {
        long blocks = 0;
        for (long level = extents; level > 1; ) {
            level = Math.ceilDiv(level, (long) volume.geometry.extentsPerBlock());
            blocks += level;
        }
        return blocks;
    }

    private boolean isOther(int pointer, byte[] b) {
        return pointer == 0 ? !LittleEndian.isZero(b, 0, b.length) : !Arrays.equals(volume.block(pointer), b);
    }

    // ---- Files and directories ----

    private void contents(LogWriter writer, Inode inode) {
        if (inode.isDirectory()) {
            directory(writer, inode);
        } else if (inode.copies != null) {
            ExtentList copied = new ExtentList();
            for (long fileBlock : inode.copies.sorted()) {
                int address = inode.extents.find(fileBlock);
                if (address != 0) {
                    byte[] b = volume.block(address);
                    copied.append(
                            fileBlock, writer.append(Format.KIND_DATA, inode.number, inode.version, fileBlock, b), 1);
                }
            }
            inode.extents = inode.extents.with(copied);
            inode.treeChanged = true;
        }
        if (inode.hasExtents()) {
            extents(writer, inode);
        }
    }

    private void directory(LogWriter writer, Inode inode) {
        Directory directory = Directory.of(volume, inode);
        if (inode.copies != null) {
            for (long fileBlock : inode.copies.sorted()) {
                if (fileBlock < directory.blockCount()) {
                    directory.setChanged((int) fileBlock);
                }
            }
        }
        ExtentList extents = new ExtentList();
        for (int index = 0; index < directory.blockCount(); index++) {
            int address = directory.isChanged(index) ? 0 : inode.extents.find(index);
            if (address == 0) {
                address = writer.append(
                        Format.KIND_DIRECTORY, inode.number, inode.version, index, directory.block(index));
            }
            extents.append(index, address, 1);
        }
        inode.extents = extents;
        inode.treeChanged = true;
        InodeRecord.setSizeBytes(inode.record, 0, (long) directory.blockCount() * volume.blockSize());
    }

    private void extents(LogWriter writer, Inode inode) {
        if (!inode.treeChanged) {
            return;
        }
        int count = inode.extents.count();
        int depth = InodeRecord.depthFor(volume.geometry, count);
        Arrays.fill(inode.record, Format.INO_AREA, Format.INODE_BYTES, (byte) 0);
        InodeRecord.setExtents(inode.record, 0, depth, count);
        inode.treeBlocks = new int[0];
        inode.treeOffsets = new long[0];
        if (depth == 0) {
            put(inode.extents, 0, count, inode.record, Format.INO_AREA);
            return;
        }
        int[] level = leaves(writer, inode, count);
        addTree(inode, 0, level);
        for (int l = 1; l < depth; l++) {
            level = addresses(writer, inode, l, level);
            addTree(inode, l, level);
        }
        for (int i = 0; i < level.length; i++) {
            InodeRecord.setAddress(inode.record, 0, i, level[i]);
        }
    }

    private static void addTree(Inode inode, int level, int[] addresses) {
        int before = inode.treeBlocks.length;
        inode.treeBlocks = Arrays.copyOf(inode.treeBlocks, before + addresses.length);
        inode.treeOffsets = Arrays.copyOf(inode.treeOffsets, before + addresses.length);
        for (int i = 0; i < addresses.length; i++) {
            inode.treeBlocks[before + i] = addresses[i];
            inode.treeOffsets[before + i] = ((long) level << Format.EXTENT_LEVEL_SHIFT) + i;
        }
    }

    private int[] leaves(LogWriter writer, Inode inode, int count) {
        int perBlock = volume.geometry.extentsPerBlock();
        int[] addresses = new int[Math.ceilDiv(count, perBlock)];
        for (int i = 0; i < addresses.length; i++) {
            byte[] b = new byte[volume.blockSize()];
            put(inode.extents, i * perBlock, Math.min(count, (i + 1) * perBlock), b, 0);
            addresses[i] = writer.append(Format.KIND_EXTENTS, inode.number, inode.version, i, b);
        }
        return addresses;
    }

    private int[] addresses(LogWriter writer, Inode inode, int level, int[] below) {
        int perBlock = volume.geometry.addressesPerBlock();
        int[] addresses = new int[Math.ceilDiv(below.length, perBlock)];
        for (int i = 0; i < addresses.length; i++) {
            byte[] b = new byte[volume.blockSize()];
            for (int k = 0; k < perBlock && i * perBlock + k < below.length; k++) {
                put32(b, Format.POINTER_BYTES * k, below[i * perBlock + k]);
            }
            long offset = ((long) level << Format.EXTENT_LEVEL_SHIFT) + i;
            addresses[i] = writer.append(Format.KIND_EXTENTS, inode.number, inode.version, offset, b);
        }
        return addresses;
    }

    private static void put(ExtentList extents, int from, int to, byte[] b, int at) {
        for (int i = from; i < to; i++) {
            int extent = at + Format.EXTENT_BYTES * (i - from);
            put64(b, extent + Format.EXT_FILE_BLOCK, extents.fileBlock(i));
            put32(b, extent + Format.EXT_ADDRESS, extents.address(i));
            put32(b, extent + Format.EXT_LENGTH, extents.length(i));
        }
    }

    private void inodes(LogWriter writer, List<Inode> changed) {
        int perBlock = volume.geometry.inodesPerBlock();
        for (int first = 0; first < changed.size(); first += perBlock) {
            List<Inode> some = changed.subList(first, Math.min(changed.size(), first + perBlock));
            byte[] b = new byte[volume.blockSize()];
            for (int slot = 0; slot < some.size(); slot++) {
                System.arraycopy(some.get(slot).record, 0, b, slot * Format.INODE_BYTES, Format.INODE_BYTES);
            }
            int address = writer.append(Format.KIND_INODES, 0, 0, 0, b);
            for (int slot = 0; slot < some.size(); slot++) {
                some.get(slot).block = address;
                some.get(slot).slot = slot;
                table.put(some.get(slot));
            }
        }
    }

    // ---- Tables ----

    private int inodesInUse() {
        int count = 0;
        for (int number = table.nextUsed(1); number != 0; number = table.nextUsed(number + 1)) {
            count++;
        }
        return count;
    }

    /** The usage table of what is live now; blocks that are as they were stay where they are. */
    private void usage(LogWriter writer, Set<Integer> usageBlocks) {
        Claims live = new Claims();
        live.addAll(table);
        live.sort();
        extentBlocks = live.count(Format.KIND_EXTENTS);
        UsagePass counting = new UsagePass(volume);
        int perBlock = volume.geometry.usageEntriesPerBlock();
        for (int index = 0; index < usages.length; index++) {
            byte[] old = usages[index] == 0 ? new byte[volume.blockSize()] : volume.block(usages[index]);
            byte[] b = new byte[volume.blockSize()];
            int first = index * perBlock;
            int end = Math.min(volume.geometry.segmentCount(), first + perBlock);
            for (int segment = first; segment < end; segment++) {
                entry(
                        b,
                        old,
                        (segment - first) * Format.USAGE_ENTRY_BYTES,
                        counting.live(live, segment),
                        from.isThreaded() || threaded.contains(segment));
            }
            if (usageBlocks.contains(index) || !Arrays.equals(b, old)) {
                usages[index] = writer.append(Format.KIND_USAGE, 0, 0, index, b);
            }
        }
    }

    private void entry(byte[] b, byte[] old, int at, long live, boolean threaded) {
        int flags = s32(old, at + Format.USE_FLAGS) & Format.USAGE_THREADED;
        put32(b, at + Format.USE_FLAGS, threaded ? Format.USAGE_THREADED : flags);
        if (live == 0) {
            return;
        }
        put32(b, at + Format.USE_LIVE, (int) live);
        put64(
                b,
                at + Format.USE_YOUNGEST,
                s32(old, at + Format.USE_LIVE) == 0 ? nowNanos : s64(old, at + Format.USE_YOUNGEST));
    }

    // ---- Fixed places ----

    private void write(Checkpoint checkpoint) {
        byte[] b = checkpoint.encode(volume.checksum);
        long sector = (long) volume.geometry.checkpointBlock(checkpoint.sequence()) * volume.geometry.sectorsPerBlock();
        volume.device.write(sector, b.length / Sector.BYTES, b, 0, cause("checkpoint"));
        flush();
    }

    /** Writes the superblock to both of its places. */
    static void superblock(Volume volume) {
        long backup = (long) volume.geometry.backupBlock() * volume.geometry.sectorsPerBlock();
        volume.device.write(0, 1, volume.superblock, 0, cause("superblock"));
        volume.device.write(backup, 1, volume.superblock, 0, cause("superblock"));
        volume.device.flush(cause("superblock"));
    }

    private void flush() {
        volume.device.flush(cause("segment"));
    }

    private static Cause cause(String kind) {
        return new Cause(new BlockKind(kind), new Trigger.Recovery());
    }
}
