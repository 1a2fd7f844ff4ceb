package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes out together. A group: all operation records that are waiting, the records of new files, and the inodes that are asked for. A
 * checkpoint: a group of everything, with the tables; then the region.
 */
final class Committer {

    /** A checkpoint is due when the log since the last one is longer than this share of the segments: recovery's work. */
    private static final int CHECKPOINT_SHARE = 8;

    /** ... or when so much time has gone by, as Sprite LFS did it. */
    private static final long CHECKPOINT_NANOS = 30_000_000_000L;

    /** Blocks of dirty metadata at which a group is written though nobody asked: half of what the reserve allows for. */
    static final int MOST_DIRTY_BLOCKS = 32;

    private final Volume volume;
    private final InodeStore inodes;
    private final RecordWriter writer;
    private final List<byte[]> operations = new ArrayList<>();
    private final List<Cause.Dirtied> operationsBy = new ArrayList<>();
    private Checkpoint newest;
    private @Nullable Holes holes;
    private long blocksAtCheckpoint;
    private long checkpointNanos;
    private int operationBytes;

    /** By how much the next checkpoint's number is greater. */
    private long step = 1;

    Committer(Volume volume, InodeStore inodes, ExtentTree trees) {
        this.volume = volume;
        this.inodes = inodes;
        this.writer = new RecordWriter(volume, inodes, trees);
        this.newest = volume.mounted;
        this.checkpointNanos = volume.nowNanos();
        volume.log.onFirstUse(this::checkpointMount);
    }

    /** Holes are known from one checkpoint to the next. */
    void threadThrough(Holes through) {
        holes = through;
        volume.log.threadThrough(through);
    }

    /** Keeps the record of an operation until the next group. */
    void note(byte[] record, Cause.Dirtied by) {
        operations.add(record);
        operationBytes += record.length;
        Causes.add(operationsBy, by);
    }

    /** Most blocks that a group with these inodes needs. */
    int blocksOf(List<LogInode> some) {
        int blocks = 3 + operationBytes / (volume.blockSizeBytes / 2) + some.size() / volume.geometry.inodesPerBlock();
        for (int i = 0; i < some.size(); i++) {
            blocks += writer.blocksToStage(some.get(i));
        }
        return blocks;
    }

    /** Writes a group with what is dirty of these inodes, and of all that are new. There must be room. */
    void group(List<LogInode> some, Trigger why) {
        stageOperations(why);
        List<LogInode> all = new ArrayList<>();
        for (LogInode inode : inodes.dirtyInodes()) {
            if (inode.isNew && volume.rules.writesNewInodes() || some.contains(inode)) {
                all.add(inode);
            }
        }
        writer.stage(all, why);
        volume.log.endGroup(why);
    }

    private void stageOperations(Trigger why) {
        writer.stageOperations(operations, operationsBy, why);
        operations.clear();
        operationsBy.clear();
        operationBytes = 0;
    }

    boolean hasOperations() {
        return !operations.isEmpty();
    }

    /** Number of the newest checkpoint. */
    long newestNumber() {
        return newest.sequence();
    }

    /** Whether memory holds more metadata that is not in the log than the reserve is made for. */
    boolean isFull() {
        int count = inodes.dirtyCount() + operations.size();
        return count > MOST_DIRTY_BLOCKS / 4 && blocksOf(inodes.dirtyInodes()) > MOST_DIRTY_BLOCKS;
    }

    boolean isCheckpointDue() {
        long most = (long) volume.geometry.segmentCount() / CHECKPOINT_SHARE * volume.geometry.segmentBlocks();
        return volume.log.blocksWritten() - blocksAtCheckpoint > most || isCheckpointOld() && isAnythingNew();
    }

    boolean isCheckpointOld() {
        return volume.nowNanos() >= checkpointDueNanos();
    }

    /** When the last checkpoint will be old. */
    long checkpointDueNanos() {
        return checkpointNanos + CHECKPOINT_NANOS;
    }

    boolean isAnythingNew() {
        return hasOperations()
                || inodes.dirtyCount() > 0
                || volume.log.hasStaged()
                || volume.log.blocksWritten() != blocksAtCheckpoint
                || volume.map.dirtyBlocks() > 0
                || volume.usage.dirtyBlocks() > 0;
    }

    /** Recovery's partial writes belong to the checkpoint that it is about to write. */
    void beginRecovery() {
        volume.log.onFirstUse(() -> {});
        step = volume.rules.recoveryStep();
        volume.log.beginRecovery(newest.sequence() + step);
    }

    /** The first thing that a mount writes. */
    private void checkpointMount() {
        Trigger why = new Trigger.Mount();
        writeRegion(
                new Checkpoint(
                        newest.sequence() + step,
                        volume.nowNanos(),
                        volume.log.nextSequence(),
                        volume.log.nextBlock(),
                        volume.log.nextEnd(),
                        newest.inodesUsed(),
                        newest.extentBlocks(),
                        newest.mapBlocks(),
                        newest.usageBlocks(),
                        newest.isThreaded()),
                why);
        volume.flush(Sites.FIRST_CHECKPOINT, why);
    }

    /** Writes everything that is dirty, the tables, and a region; then segments that are empty may be reused. */
    void checkpoint(Trigger why) {
        stageOperations(why);
        List<LogInode> all = inodes.dirtyInodes();
        if (!volume.rules.writesDirectories()) {
            all.removeIf(inode -> inode.isDirectory() && !inode.isNew);
        }
        writer.stage(all, why);
        List<Cause.Dirtied> by = List.of(volume.by(Sites.TABLES));
        stageMap(by, why);
        stageUsage(by, why);
        volume.log.endGroup(why);
        volume.flush(Sites.LOG_BEFORE_CHECKPOINT, why);
        if (!volume.rules.discardsLate()) {
            discard(volume.usage.freeable(volume.log.segment()), why);
        }
        writeRegion(
                new Checkpoint(
                        newest.sequence() + step,
                        volume.nowNanos(),
                        volume.log.nextSequence(),
                        volume.log.nextBlock(),
                        volume.log.nextEnd(),
                        volume.map.used(),
                        volume.space.extentBlocks(),
                        volume.map.addresses(),
                        volume.usage.blocks.clone()),
                why);
        volume.flush(Sites.CHECKPOINT_BEFORE_REUSE, why);
        int[] freed = volume.usage.freeable(volume.log.segment());
        volume.usage.refresh(volume.log.segment());
        if (holes != null) {
            holes.forget();
        }
        if (volume.rules.discardsLate()) {
            discard(freed, why);
        }
        blocksAtCheckpoint = volume.log.blocksWritten();
        checkpointNanos = volume.nowNanos();
    }

    private void stageMap(List<Cause.Dirtied> by, Trigger why) {
        InodeMap map = volume.map;
        for (int i = 0; i < map.blockCount(); i++) {
            if (map.isDirty(i) && (volume.rules.writesMap() || map.address(i) == 0)) {
                int address = volume.log.stage(Format.KIND_INODE_MAP, 0, 0, i, map.block(i), 0, by, why);
                moveTable(map.address(i), address);
                map.written(i, address);
            }
        }
    }

    private void stageUsage(List<Cause.Dirtied> by, Trigger why) {
        SegmentUsage usage = volume.usage;
        for (int i = 0; i < usage.blocks.length; i++) {
            if (usage.isDirty(i) && (volume.rules.writesUsage() || usage.blocks[i] == 0)) {
                byte[] b = new byte[volume.blockSizeBytes];
                usage.store(i, b);
                int address = volume.log.stage(Format.KIND_USAGE, 0, 0, i, b, 0, by, why);
                moveTable(usage.blocks[i], address);
                usage.blocks[i] = address;
                usage.markClean(i);
            }
        }
    }

    private void moveTable(int from, int to) {
        if (from != 0) {
            volume.usage.addTable(from, -1);
        }
        volume.usage.addTable(to, 1);
    }

    private void writeRegion(Checkpoint checkpoint, Trigger why) {
        byte[] b = checkpoint.encode(volume.checksum);
        int block = volume.geometry.checkpointBlock(volume.rules.slotOf(checkpoint.sequence()));
        Cause cause = new Cause(Sites.CHECKPOINT, why, List.of(volume.by(Sites.TABLES)));
        long sector = (long) block * volume.geometry.sectorsPerBlock();
        volume.writer.write(sector, b.length / Sector.BYTES, b, 0, cause);
        newest = checkpoint;
        step = 1;
        volume.log.setCheckpoint(checkpoint.sequence());
    }

    private void discard(int[] segments, Trigger why) {
        if (!volume.options.discards()) {
            return;
        }
        int sectors = volume.geometry.segmentBlocks() * volume.geometry.sectorsPerBlock();
        for (int segment : segments) {
            long first = (long) volume.geometry.segmentStart(segment) * volume.geometry.sectorsPerBlock();
            volume.device
                    .submit(new Request.Discard(first, sectors, new Cause(Sites.SEGMENT, why)))
                    .await();
        }
    }
}
