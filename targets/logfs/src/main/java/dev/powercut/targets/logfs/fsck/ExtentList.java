package dev.powercut.targets.logfs.fsck;

import java.util.Arrays;

/** Runs of file blocks and where they are, in ascending order of file blocks, without overlaps. Address 0 in a list of changes: a hole. */
final class ExtentList {

    private long[] fileBlock = new long[2];
    private int[] address = new int[2];
    private int[] length = new int[2];
    private int count;

    int count() {
        return count;
    }

    long fileBlock(int i) {
        return fileBlock[i];
    }

    int address(int i) {
        return address[i];
    }

    int length(int i) {
        return length[i];
    }

    /** First file block behind the last run; 0 when there is none. */
    long end() {
        return count == 0 ? 0 : fileBlock[count - 1] + length[count - 1];
    }

    /** Blocks in all runs. */
    long blockCount() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += length[i];
        }
        return sum;
    }

    void clear() {
        count = 0;
    }

    /** Adds a run behind all others; one that continues the last one becomes part of it. */
    void append(long firstFileBlock, int firstAddress, int blocks) {
        int last = count - 1;
        if (last >= 0
                && end() == firstFileBlock
                && (firstAddress == 0 ? address[last] == 0 : address[last] + length[last] == firstAddress)
                && (address[last] == 0) == (firstAddress == 0)) {
            length[last] += blocks;
            return;
        }
        if (count == fileBlock.length) {
            fileBlock = Arrays.copyOf(fileBlock, 2 * count);
            address = Arrays.copyOf(address, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
        }
        fileBlock[count] = firstFileBlock;
        address[count] = firstAddress;
        length[count++] = blocks;
    }

    /** Where a file block is, 0 for nowhere. */
    int find(long wanted) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (wanted < fileBlock[middle]) {
                high = middle - 1;
            } else if (wanted >= fileBlock[middle] + length[middle]) {
                low = middle + 1;
            } else {
                return address[middle] == 0 ? 0 : address[middle] + (int) (wanted - fileBlock[middle]);
            }
        }
        return 0;
    }

    /** This list with another one laid over it. */
    ExtentList with(ExtentList changes) {
        ExtentList all = new ExtentList();
        long covered = 0;
        int c = 0;
        for (int i = 0; i < count; i++) {
            long at = Math.max(fileBlock[i], covered);
            long end = fileBlock[i] + length[i];
            while (c < changes.count && changes.fileBlock[c] < end) {
                piece(all, i, at, Math.min(end, changes.fileBlock[c]));
                all.appendUnlessHole(changes, c);
                covered = changes.fileBlock[c] + changes.length[c];
                at = Math.max(at, covered);
                c++;
            }
            piece(all, i, at, end);
        }
        for (; c < changes.count; c++) {
            all.appendUnlessHole(changes, c);
        }
        return all;
    }

    private void piece(ExtentList to, int i, long from, long until) {
        if (from < until) {
            to.append(from, address[i] + (int) (from - fileBlock[i]), (int) (until - from));
        }
    }

    private void appendUnlessHole(ExtentList from, int i) {
        if (from.address[i] != 0) {
            append(from.fileBlock[i], from.address[i], from.length[i]);
        }
    }
}
