package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A transaction on its way to the disk: what is written is as it was when it was closed. */
public final class Commit {
    final Transaction transaction;
    final Trigger trigger;
    final int sequence;
    final List<Committed.Copy> copies = new ArrayList<>();
    final TreeMap<Long, HeldData.Block> data;
    int start;
    boolean isInLog;

    Commit(Transaction transaction, Trigger trigger, int sequence, TreeMap<Long, HeldData.Block> data) {
        this.transaction = transaction;
        this.trigger = trigger;
        this.sequence = sequence;
        this.data = data;
    }

    /** Its blocks stay as they are now: only where they were not copied when it was closed, as they should. */
    public void freeze() {
        copies.replaceAll(
                copy -> new Committed.Copy(copy.block(), copy.bytes().clone(), copy.buffer(), copy.cause(), sequence));
    }

    /** What is to run once it is durable. */
    List<Runnable> afterCommit() {
        return transaction.afterCommit();
    }

    /** Data of files that goes with it. */
    TreeMap<Long, HeldData.Block> data() {
        return data;
    }

    /** Whether it counts, and its blocks are noted in {@link CommitProtocol#committed()}. */
    boolean isInLog() {
        return isInLog;
    }

    /** Where a block's copy is among its copies, or -1. */
    private int indexOf(long block) {
        for (int i = 0; i < copies.size(); i++) {
            if (copies.get(i).block() == block) {
                return i;
            }
        }
        return -1;
    }

    /** A block has been freed since: nobody uses the buffer of its copy any more. Returns whether it has a copy. */
    boolean leaveBuffer(long block, MetadataCache cache) {
        int index = indexOf(block);
        if (index >= 0) {
            Committed.Copy copy = copies.get(index);
            if (copy.buffer() != null) {
                cache.unpin(copy.buffer());
                copies.set(index, copy.withoutBuffer());
            }
        }
        return index >= 0;
    }
}
