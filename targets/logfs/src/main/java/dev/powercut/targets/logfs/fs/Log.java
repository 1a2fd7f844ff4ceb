package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log's end: blocks are staged in memory, where they have their addresses already and can be read, until a partial write is full or a
 * group is complete.
 */
final class Log {

    /** Told that blocks for the log begin to go out. */
    @FunctionalInterface
    interface FirstUse {
        void begin();
    }

    private static final int FIRST_BLOCKS = 8;

    private final Volume volume;
    private final Geometry geometry;
    private final int size;

    /** Summary and payload of the partial write in the making; grows as needed, since most are short. */
    private byte[] buffer;

    private final List<Cause.Dirtied> dirtied = new ArrayList<>();
    private FirstUse firstUse = () -> {};

    /** Where the log is threaded through; null when it only goes to free segments. */
    private @Nullable Holes holes;

    private @Nullable LiveBlocks tracked;

    /** Where the summary of the partial write in the making will be, how far that one may go, and what it holds. */
    private int start;

    private int end;
    private int count;
    private long sequence;

    /** Number of the checkpoint that partial writes carry. */
    private long checkpoint;

    /** Whether it is recovery that writes. */
    private boolean recovering;

    private boolean groupIsOpen;
    private boolean used;
    private long blocksWritten;

    Log(Volume volume, Checkpoint from) {
        this.volume = volume;
        this.geometry = volume.geometry;
        this.size = geometry.blockSizeBytes();
        this.buffer = new byte[FIRST_BLOCKS * size];
        this.checkpoint = from.sequence();
        moveTo(from.nextBlock(), from.nextEnd(), from.nextSequence());
    }

    /** The log goes on here. */
    void moveTo(int block, int nextEnd, long nextSequence) {
        start = block;
        sequence = nextSequence;
        end = nextEnd;
        count = 0;
    }

    /** What is to be done before the first block is staged. */
    void onFirstUse(FirstUse action) {
        firstUse = action;
    }

    void threadThrough(Holes holes) {
        this.holes = holes;
    }

    /** Is told from now on whose the blocks are that are staged. */
    void track(LiveBlocks blocks) {
        tracked = blocks;
    }

    /** A checkpoint was written, which what is written from now on follows. */
    void setCheckpoint(long written) {
        checkpoint = written;
        recovering = false;
    }

    /** What is written until the next checkpoint is of recovery. */
    void beginRecovery(long nextCheckpoint) {
        checkpoint = nextCheckpoint;
        recovering = true;
    }

    /** Where the next summary will be. */
    int nextBlock() {
        return start;
    }

    int nextEnd() {
        return end;
    }

    long nextSequence() {
        return sequence;
    }

    int segment() {
        return geometry.segmentOf(start);
    }

    /** Blocks written since the mount, summaries included. */
    long blocksWritten() {
        return blocksWritten;
    }

    /** Blocks that find room before another segment is begun, summaries included. */
    int blocksLeft() {
        return end - start - 1 - count;
    }

    private int capacity() {
        return Math.min(geometry.maxPayloadBlocks(), end - start - 1);
    }

    /**
     * Gives a block its place.
     *
     * @param dirtied what made it dirty
     * @return its address
     */
    int stage(
            int kind,
            int inode,
            long version,
            long offset,
            byte[] source,
            int at,
            List<Cause.Dirtied> by,
            Trigger why) {
        if (!used) {
            used = true;
            firstUse.begin();
        }
        if (count == capacity()) {
            write(why, !volume.rules.endsGroupsOnce());
        }
        if (buffer.length < (2 + count) * size) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        System.arraycopy(source, at, buffer, (1 + count) * size, size);
        Summary.putEntry(buffer, 0, count, kind, inode, version, offset);
        for (int i = 0; i < by.size(); i++) {
            Causes.add(dirtied, by.get(i));
        }
        int address = start + ++count;
        if (tracked != null) {
            tracked.staged(address, inode);
        }
        return address;
    }

    boolean hasStaged() {
        return count > 0 || groupIsOpen;
    }

    /** Whether a block has not been written yet. */
    boolean isStaged(int address) {
        return address > start && address <= start + count;
    }

    /** Copies a staged block. */
    void readStaged(int address, byte[] target, int at) {
        System.arraycopy(buffer, (address - start) * size, target, at, size);
    }

    /** Ends the group: all that was staged goes out, and takes effect as a whole. Does nothing when there is nothing. */
    void endGroup(Trigger why) {
        if (count > 0 || groupIsOpen) {
            write(why, true);
        }
    }

    private void write(Trigger why, boolean ends) {
        int behind = start + 1 + count;
        int next = behind;
        int nextEnd = end;
        if (end - behind < 2) {
            int hole = holes == null ? 0 : holes.take();
            next = hole == 0 ? nextSegment() : hole;
            nextEnd = hole == 0 || holes == null ? next + geometry.segmentBlocks() : holes.end();
        }
        Summary.seal(
                geometry,
                volume.checksum,
                buffer,
                0,
                checkpoint,
                sequence,
                volume.nowNanos(),
                start,
                next,
                nextEnd,
                count,
                (ends ? Format.FLAG_END : 0) | (recovering ? Format.FLAG_RECOVERY : 0));
        Cause cause = new Cause(Sites.SEGMENT, why, dirtied);
        int blocks = 1 + count;
        long sector = (long) start * geometry.sectorsPerBlock();
        dirtied.clear();
        volume.writer.write(sector, blocks * geometry.sectorsPerBlock(), buffer, 0, cause);
        Arrays.fill(buffer, 0, size, (byte) 0);
        blocksWritten += blocks;
        start = next;
        end = nextEnd;
        sequence++;
        count = 0;
        groupIsOpen = !ends;
    }

    private int nextSegment() {
        if (volume.rules.reusesAtOnce()) {
            volume.usage.freeNow(segment());
        }
        int segment = volume.usage.takeFree(volume.rules.reusesAtOnce() ? -1 : segment());
        if (segment < 0) {
            throw dev.powercut.kernel.vfs.Errno.ENOSPC.exception("no segment is free for the log");
        }
        return geometry.segmentStart(segment);
    }
}
