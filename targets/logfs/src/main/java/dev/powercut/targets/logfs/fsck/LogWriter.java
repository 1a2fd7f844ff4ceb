package dev.powercut.targets.logfs.fsck;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Summary;
import java.util.ArrayList;
import java.util.List;

/** Writes one group of partial writes to free runs, and knows where the log goes on behind it. */
final class LogWriter {

    /** A summary and a block: with less, the log cannot go on. */
    private static final int LEFT_OVER = 2;

    private final Volume volume;
    private final List<FreeRuns.Run> runs;
    private final long checkpoint;
    private final long nowNanos;

    private int runIndex;

    /** Where the partial write begins that is being filled, and its bytes. */
    private int address;

    private int room;
    private byte[] bytes;
    private int count;

    private long sequence;
    private int written;

    /** @param firstSequence number of the first partial write */
    LogWriter(Volume volume, List<FreeRuns.Run> runs, long checkpoint, long firstSequence, long nowNanos) {
        this.volume = volume;
        this.runs = new ArrayList<>(runs);
        this.checkpoint = checkpoint;
        this.sequence = firstSequence;
        this.nowNanos = nowNanos;
        this.bytes = new byte[(1 + volume.geometry.maxPayloadBlocks()) * volume.blockSize()];
        begin(this.runs.getFirst().first());
    }

    /** Payload blocks for which there is room; at the end of the last run, room is left for the log to go on. */
    static long capacity(Volume volume, List<FreeRuns.Run> runs) {
        long capacity = 0;
        for (int i = 0; i < runs.size(); i++) {
            int blocks = runs.get(i).blocks() - (i + 1 == runs.size() ? LEFT_OVER : 0);
            capacity += Math.max(0, blocks - Math.ceilDiv(blocks, volume.geometry.maxPayloadBlocks() + 1));
        }
        return capacity;
    }

    private void begin(int block) {
        FreeRuns.Run run = runs.get(runIndex);
        address = block;
        int left = run.first() + run.blocks() - block - (runIndex + 1 == runs.size() ? LEFT_OVER : 0);
        room = Math.min(left - 1, volume.geometry.maxPayloadBlocks());
        count = 0;
        java.util.Arrays.fill(bytes, (byte) 0);
    }

    /**
     * Adds a block.
     *
     * @return its address
     */
    int append(int kind, int inode, long version, long offset, byte[] payload) {
        if (count == room) {
            seal(0);
        }
        Summary.putEntry(bytes, 0, count, kind, inode, version, offset);
        System.arraycopy(payload, 0, bytes, (1 + count) * volume.blockSize(), volume.blockSize());
        count++;
        return address + count;
    }

    /** Writes what is left, as the end of the group; nothing when nothing was added. */
    void end() {
        if (count > 0) {
            seal(Format.FLAG_END);
        }
    }

    private void seal(int flags) {
        FreeRuns.Run run = runs.get(runIndex);
        int next = address + 1 + count;
        if (run.first() + run.blocks() - next < LEFT_OVER) {
            runIndex++;
            next = runs.get(runIndex).first();
        }
        FreeRuns.Run nextRun = runs.get(runIndex);
        int nextEnd = nextRun.first() + nextRun.blocks();
        Summary.seal(
                volume.geometry,
                volume.checksum,
                bytes,
                0,
                checkpoint,
                sequence,
                nowNanos,
                address,
                next,
                nextEnd,
                count,
                flags | Format.FLAG_RECOVERY);
        int sectors = volume.geometry.sectorsPerBlock();
        volume.device.write(
                (long) address * sectors,
                (1 + count) * sectors,
                bytes,
                0,
                new Cause(new BlockKind("segment"), new Trigger.Recovery()));
        written += 1 + count;
        sequence++;
        begin(next);
    }

    /** Number of the partial write that will be next. */
    long nextSequence() {
        return sequence;
    }

    /** Block of its summary. */
    int nextBlock() {
        return address;
    }

    /** Where the room for it ends. */
    int nextEnd() {
        return runs.get(runIndex).first() + runs.get(runIndex).blocks();
    }

    int blocksWritten() {
        return written;
    }
}
