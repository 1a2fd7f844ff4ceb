package dev.powercut.targets.logfs.fs;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.format.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * What is live in each segment. Three counts, in bytes: what inodes lead to; of that, what belongs to files without names, which the table
 * on the disk leaves out; and blocks of the two tables, which it leaves out as well.
 */
final class SegmentUsage {

    private final Geometry geometry;
    private final int[] live;
    private final int[] nameless;
    private final int[] tables;
    private final int[] flags;
    private final long[] youngest;
    private final boolean[] free;

    /** Where the table's blocks are on the disk; 0 for one that was never written. */
    final int[] blocks;

    private final boolean[] blockDirty;
    private int freeCount;
    private long liveBytes;
    private @Nullable LiveBlocks tracked;

    SegmentUsage(Geometry geometry) {
        this.geometry = geometry;
        int count = geometry.segmentCount();
        live = new int[count];
        nameless = new int[count];
        tables = new int[count];
        flags = new int[count];
        youngest = new long[count];
        free = new boolean[count];
        blocks = new int[geometry.usageBlocks()];
        blockDirty = new boolean[blocks.length];
    }

    /** Takes over a block of the table. */
    void load(int index, byte[] b, int at) {
        int first = index * geometry.usageEntriesPerBlock();
        int end = Math.min(first + geometry.usageEntriesPerBlock(), live.length);
        for (int i = first; i < end; i++) {
            int entry = at + (i - first) * Format.USAGE_ENTRY_BYTES;
            int bytes = LittleEndian.s32(b, entry + Format.USE_LIVE);
            live[i] = bytes;
            liveBytes += bytes;
            flags[i] = LittleEndian.s32(b, entry + Format.USE_FLAGS);
            youngest[i] = LittleEndian.s64(b, entry + Format.USE_YOUNGEST);
        }
    }

    /** What the table says of a segment cannot be. */
    void takeForFull(int segment) {
        int full = geometry.segmentBlocks() * geometry.blockSizeBytes() - tables[segment];
        liveBytes += (long) full - live[segment];
        live[segment] = full;
    }

    /** Puts a block of the table into bytes. */
    void store(int index, byte[] b) {
        int first = index * geometry.usageEntriesPerBlock();
        int end = Math.min(first + geometry.usageEntriesPerBlock(), live.length);
        for (int i = first; i < end; i++) {
            int entry = (i - first) * Format.USAGE_ENTRY_BYTES;
            LittleEndian.put32(b, entry + Format.USE_LIVE, live[i] - nameless[i]);
            LittleEndian.put32(b, entry + Format.USE_FLAGS, flags[i]);
            LittleEndian.put64(b, entry + Format.USE_YOUNGEST, live[i] == nameless[i] ? 0 : youngest[i]);
        }
    }

    /** Is told from now on what becomes live and what dies. */
    void track(LiveBlocks blocksToo) {
        tracked = blocksToo;
    }

    @Nullable
    LiveBlocks tracked() {
        return tracked;
    }

    private void count(int address, int sign) {
        if (tracked != null) {
            tracked.count(address, sign);
        }
    }

    boolean isDirty(int index) {
        return blockDirty[index];
    }

    void markDirty(int index) {
        blockDirty[index] = true;
    }

    void markClean(int index) {
        blockDirty[index] = false;
    }

    int dirtyBlocks() {
        int count = 0;
        for (boolean dirty : blockDirty) {
            count += dirty ? 1 : 0;
        }
        return count;
    }

    private void touch(int segment) {
        blockDirty[segment / geometry.usageEntriesPerBlock()] = true;
    }

    /** Something at an address has become live, last changed at a time. */
    void add(int address, int bytes, long timeNanos) {
        int segment = geometry.segmentOf(address);
        live[segment] += bytes;
        liveBytes += bytes;
        youngest[segment] = Math.max(youngest[segment], timeNanos);
        count(address, 1);
        touch(segment);
    }

    void addRun(int address, int length, long timeNanos) {
        for (int i = 0; i < length; i++) {
            add(address + i, geometry.blockSizeBytes(), timeNanos);
        }
    }

    /** Something at an address is dead now. */
    void remove(int address, int bytes) {
        int segment = geometry.segmentOf(address);
        live[segment] -= bytes;
        liveBytes -= bytes;
        count(address, -1);
        touch(segment);
    }

    void removeRun(int address, int length) {
        for (int i = 0; i < length; i++) {
            remove(address + i, geometry.blockSizeBytes());
        }
    }

    /** A live block belongs to a file without names from now on (sign 1), or does not any more (-1). */
    void setNameless(int address, int sign) {
        int segment = geometry.segmentOf(address);
        nameless[segment] += sign * geometry.blockSizeBytes();
        touch(segment);
    }

    /** A block of the inode map or of this table is at an address now, or (with -1) not any more. */
    void addTable(int address, int sign) {
        tables[geometry.segmentOf(address)] += sign * geometry.blockSizeBytes();
        count(address, sign);
    }

    /** All that is live in a segment, in bytes. */
    int total(int segment) {
        return live[segment] + tables[segment];
    }

    /** What the table on the disk says of a segment. */
    int stored(int segment) {
        return live[segment] - nameless[segment];
    }

    long youngest(int segment) {
        return youngest[segment];
    }

    boolean isThreaded(int segment) {
        return (flags[segment] & Format.USAGE_THREADED) != 0;
    }

    void setThreaded(int segment, boolean threaded) {
        int now = threaded ? flags[segment] | Format.USAGE_THREADED : flags[segment] & ~Format.USAGE_THREADED;
        if (now != flags[segment]) {
            flags[segment] = now;
            touch(segment);
        }
    }

    /** The checkpoint says of every segment in use that the log may have been threaded through it. */
    void markThreaded() {
        for (int i = 0; i < free.length; i++) {
            if (!free[i]) {
                setThreaded(i, true);
            }
        }
    }

    /** Live bytes of files and their inodes, on the whole volume. */
    long liveBytes() {
        return liveBytes;
    }

    int freeCount() {
        return freeCount;
    }

    boolean isFree(int segment) {
        return free[segment];
    }

    /** How many segments a checkpoint would free. */
    int freeableCount(int logSegment) {
        int count = 0;
        for (int i = 0; i < free.length; i++) {
            count += !free[i] && total(i) == 0 && i != logSegment ? 1 : 0;
        }
        return count;
    }

    /** The segments that a checkpoint would free. */
    int[] freeable(int logSegment) {
        int[] segments = new int[freeableCount(logSegment)];
        int count = 0;
        for (int i = 0; i < free.length; i++) {
            if (!free[i] && total(i) == 0 && i != logSegment) {
                segments[count++] = i;
            }
        }
        return segments;
    }

    /** A checkpoint without the log before it is durable: what has no live data, and is not the log's own, is free. */
    void refresh(int logSegment) {
        freeCount = 0;
        for (int i = 0; i < free.length; i++) {
            free[i] = total(i) == 0 && i != logSegment;
            freeCount += free[i] ? 1 : 0;
        }
    }

    /** A segment belongs to the log. */
    void markUsed(int segment) {
        if (free[segment]) {
            free[segment] = false;
            freeCount--;
        }
    }

    /** Takes the next free segment behind another; -1 when there is none. */
    int takeFree(int behind) {
        for (int i = 1; i <= free.length; i++) {
            int segment = (behind + i) % free.length;
            if (free[segment]) {
                markUsed(segment);
                setThreaded(segment, false);
                return segment;
            }
        }
        return -1;
    }

    /** Frees a segment before a checkpoint says so: only for a planted defect. */
    void freeNow(int logSegment) {
        for (int i = 0; i < free.length; i++) {
            if (!free[i] && total(i) == 0 && i != logSegment) {
                free[i] = true;
                freeCount++;
            }
        }
    }
}
