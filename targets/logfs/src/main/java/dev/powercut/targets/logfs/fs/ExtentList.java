package dev.powercut.targets.logfs.fs;

import java.util.Arrays;

/** Where a file's blocks are: runs of file blocks and of addresses, in ascending order, neighbours joined. */
final class ExtentList {

    private static final long[] NO_LONGS = {};
    private static final int[] NO_INTS = {};

    private long[] fileBlocks = NO_LONGS;
    private int[] addresses = NO_INTS;
    private int[] lengths = NO_INTS;
    private int count;
    private long blockCount;
    private int firstChanged = Integer.MAX_VALUE;

    /** Addresses of the extent blocks on the disk, by level; what is changed since then does not count. */
    int[][] tree = {};

    int count() {
        return count;
    }

    long fileBlock(int index) {
        return fileBlocks[index];
    }

    int address(int index) {
        return addresses[index];
    }

    int length(int index) {
        return lengths[index];
    }

    /** Blocks that are mapped. */
    long blockCount() {
        return blockCount;
    }

    /** The first extent that is not as on the disk; as many as there are when none is. */
    int firstChanged() {
        return Math.min(firstChanged, count);
    }

    boolean isChanged() {
        return firstChanged != Integer.MAX_VALUE;
    }

    void markWritten() {
        firstChanged = Integer.MAX_VALUE;
    }

    void markChangedFrom(int index) {
        firstChanged = Math.min(firstChanged, index);
    }

    /** Index of the extent that holds a file block or is the first behind it; {@link #count} when there is none. */
    int indexOf(long fileBlock) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (fileBlocks[middle] + lengths[middle] <= fileBlock) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The address of a file block, 0 for a hole. */
    int find(long fileBlock) {
        int i = indexOf(fileBlock);
        return i < count && fileBlocks[i] <= fileBlock ? addresses[i] + (int) (fileBlock - fileBlocks[i]) : 0;
    }

    /** The first mapped file block from {@code first} on, or {@link Long#MAX_VALUE}. */
    long nextMapped(long first) {
        int i = indexOf(first);
        return i == count ? Long.MAX_VALUE : Math.max(first, fileBlocks[i]);
    }

    /** The first file block from {@code first} on that is not mapped. */
    long nextUnmapped(long first) {
        long at = first;
        for (int i = indexOf(first); i < count && fileBlocks[i] <= at; i++) {
            at = fileBlocks[i] + lengths[i];
        }
        return at;
    }

    /** Adds an extent behind all others, as read from the disk. */
    void append(long fileBlock, int address, int length) {
        makeRoom(count, 1);
        put(count - 1, fileBlock, address, length);
        blockCount += length;
    }

    private void put(int i, long fileBlock, int address, int length) {
        fileBlocks[i] = fileBlock;
        addresses[i] = address;
        lengths[i] = length;
    }

    private void makeRoom(int at, int extents) {
        if (count + extents > fileBlocks.length) {
            int capacity = Math.max(4, 2 * (count + extents));
            fileBlocks = Arrays.copyOf(fileBlocks, capacity);
            addresses = Arrays.copyOf(addresses, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        move(at, at + extents);
    }

    private void move(int from, int to) {
        System.arraycopy(fileBlocks, from, fileBlocks, to, count - from);
        System.arraycopy(addresses, from, addresses, to, count - from);
        System.arraycopy(lengths, from, lengths, to, count - from);
        count += to - from;
    }

    /** Maps a file block that is a hole. */
    void map(long fileBlock, int address) {
        int i = indexOf(fileBlock);
        boolean joinsLeft = i > 0
                && fileBlocks[i - 1] + lengths[i - 1] == fileBlock
                && addresses[i - 1] + lengths[i - 1] == address;
        boolean joinsRight = i < count && fileBlocks[i] == fileBlock + 1 && addresses[i] == address + 1;
        markChangedFrom(joinsLeft ? i - 1 : i);
        blockCount++;
        if (joinsLeft && joinsRight) {
            lengths[i - 1] += 1 + lengths[i];
            move(i + 1, i);
        } else if (joinsLeft) {
            lengths[i - 1]++;
        } else if (joinsRight) {
            put(i, fileBlock, address, lengths[i] + 1);
        } else {
            makeRoom(i, 1);
            put(i, fileBlock, address, 1);
        }
    }

    /** Told of runs of addresses that are not mapped any more. */
    @FunctionalInterface
    interface Unmapped {
        void run(int address, int length);
    }

    /** Makes a hole of file blocks {@code first} to before {@code end}. */
    void unmap(long first, long end, Unmapped sink) {
        int i = indexOf(first);
        if (i == count || fileBlocks[i] >= end || first >= end) {
            return;
        }
        markChangedFrom(i);
        if (fileBlocks[i] < first) {
            int kept = (int) (first - fileBlocks[i]);
            makeRoom(i, 1);
            put(i, fileBlocks[i + 1], addresses[i + 1], kept);
            put(i + 1, first, addresses[i + 1] + kept, lengths[i + 1] - kept);
            i++;
        }
        int gone = i;
        while (gone < count && fileBlocks[gone] < end) {
            int length = (int) Math.min(lengths[gone], end - fileBlocks[gone]);
            sink.run(addresses[gone], length);
            blockCount -= length;
            if (length < lengths[gone]) {
                put(gone, end, addresses[gone] + length, lengths[gone] - length);
                break;
            }
            gone++;
        }
        move(gone, i);
    }

    void clear() {
        count = 0;
        blockCount = 0;
        firstChanged = 0;
        tree = new int[0][];
    }
}
