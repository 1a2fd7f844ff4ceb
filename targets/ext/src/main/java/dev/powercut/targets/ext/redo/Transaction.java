package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The transaction that operations take part in until it is committed: the blocks that they have changed. */
final class Transaction {

    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private int blockCount;
    private int[] revoked = {};
    private int revokeCount;
    private final TreeSet<Long> filesWithData = new TreeSet<>();
    private long begunNanos;

    /** A block joins. It is dirty from now on until it is committed or forgotten. */
    void join(Buffer buffer, long nowNanos) {
        if (isEmpty()) {
            begunNanos = nowNanos;
        }
        buffers.add(buffer);
        blockCount++;
    }

    /** A block that had joined has been freed, and is clean now. */
    void leave() {
        blockCount--;
    }

    /** Nothing of a block is to be replayed of this transaction and earlier ones. */
    void revoke(int block, long nowNanos) {
        if (isEmpty()) {
            begunNanos = nowNanos;
        }
        if (revokeCount == revoked.length) {
            revoked = Arrays.copyOf(revoked, Math.max(8, revokeCount * 2));
        }
        revoked[revokeCount++] = block;
    }

    /** Data of a file has joined. */
    void hasDataOf(long inode) {
        filesWithData.add(inode);
    }

    /** Whether it has to be committed so that an inode's data and some sectors are durable. */
    boolean isNeeded(long inode, List<BufferSector> blocks, List<BufferSector> record) {
        return filesWithData.contains(inode) || isAnyDirty(blocks) || isAnyDirty(record);
    }

    private static boolean isAnyDirty(List<BufferSector> sectors) {
        for (int i = 0; i < sectors.size(); i++) {
            if (sectors.get(i).isDirty()) {
                return true;
            }
        }
        return false;
    }

    void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    boolean isEmpty() {
        return blockCount == 0 && revokeCount == 0;
    }

    /** How many blocks have joined, and not left. */
    int blockCount() {
        return blockCount;
    }

    /** The blocks that have joined, in that order. */
    List<Buffer> blocks() {
        // One that was freed is clean; when its block came back, that is another buffer.
        buffers.removeIf(buffer -> !buffer.isDirty());
        return buffers;
    }

    int revokeCount() {
        return revokeCount;
    }

    int revoked(int index) {
        return revoked[index];
    }

    /** When it began; means nothing while it is empty. */
    long begunNanos() {
        return begunNanos;
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }
}
