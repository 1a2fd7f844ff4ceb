package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.Buffer;
import dev.powercut.sim.disk.Cause;
import dev.powercut.targets.ext.journal.Sequence;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is in the log and perhaps not home: the committed transactions, oldest first, and the latest copy of each block. */
final class Committed {

    /**
     * The latest committed copy of a block. The operations that go on change the block itself, not this.
     *
     * @param buffer the block in the cache, pinned as long as its home is older; null when it has been freed since
     */
    record Copy(long block, byte[] bytes, @Nullable Buffer buffer, Cause cause, int sequence) {

        /** The copy of a block that has been freed since. */
        Copy withoutBuffer() {
            return new Copy(block, bytes, null, cause, sequence);
        }
    }

    /**
     * A committed transaction.
     *
     * @param start its first block in the log
     * @param length its blocks in the log
     * @param blocks its home blocks
     */
    record Logged(int sequence, int start, int length, long[] blocks) {}

    private final TreeMap<Long, Copy> copies = new TreeMap<>();
    private final ArrayDeque<Logged> transactions = new ArrayDeque<>();

    int transactionCount() {
        return transactions.size();
    }

    ArrayDeque<Logged> transactions() {
        return transactions;
    }

    /** The latest copy of a block, or null when its home is as new. */
    @Nullable
    Copy find(long block) {
        return copies.get(block);
    }

    /** Puts a copy in place of an earlier one, which is returned. */
    @Nullable
    Copy put(Copy copy) {
        return copies.put(copy.block, copy);
    }

    /** A block's home does not matter any more. */
    void remove(long block) {
        copies.remove(block);
    }

    /** The copies of which the first transactions hold one, the latest of each, in the order of their places. */
    List<Copy> ofFirst(int transactionCount) {
        TreeMap<Long, Copy> found = new TreeMap<>();
        int left = transactionCount;
        for (Logged logged : transactions) {
            if (left-- == 0) {
                break;
            }
            for (long block : logged.blocks) {
                Copy copy = copies.get(block);
                if (copy != null) {
                    found.put(block, copy);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Whether a copy is of one of the first transactions, up to that of a sequence. */
    static boolean isUpTo(Copy copy, int sequence) {
        return !Sequence.isBefore(sequence, copy.sequence);
    }
}
