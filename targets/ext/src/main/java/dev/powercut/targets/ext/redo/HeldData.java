package dev.powercut.targets.ext.redo;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.format.BlockRole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks of file data that have been handed over and have not been written, in the order of their places. In data=ordered they go with
 * the transaction, all at once and so in few passes; in data=writeback they stay until something asks for them.
 */
final class HeldData {

    /** Longest request. */
    private static final int MAX_RUN_BYTES = 128 * 1024;

    /** A block's new contents. */
    record Block(long inode, byte[] bytes, List<Cause.Dirtied> dirtied) {}

    private final BlockWriter writer;
    private final int blockSizeBytes;
    private final int sectorsPerBlock;
    private TreeMap<Long, Block> blocks = new TreeMap<>();
    private long oldestNanos;

    HeldData(BlockWriter writer, int blockSizeBytes) {
        this.writer = writer;
        this.blockSizeBytes = blockSizeBytes;
        this.sectorsPerBlock = blockSizeBytes / Sector.BYTES;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    int blockCount() {
        return blocks.size();
    }

    /** Since when something has been held; means nothing while nothing is. */
    long oldestNanos() {
        return oldestNanos;
    }

    /** Takes whole blocks, and writes them now or when it is asked to. */
    void write(
            long inode,
            long sector,
            int count,
            byte[] source,
            int offsetBytes,
            Cause cause,
            boolean goesNow,
            long nowNanos) {
        long first = sector / sectorsPerBlock;
        if (goesNow) {
            forget(first, count / sectorsPerBlock);
            writer.write(sector, count, source, offsetBytes, cause);
        } else {
            put(inode, first, count / sectorsPerBlock, source, offsetBytes, cause, nowNanos);
        }
    }

    /** Holds blocks, in place of what was held for their places. */
    private void put(
            long inode, long firstBlock, int count, byte[] source, int offsetBytes, Cause cause, long nowNanos) {
        if (blocks.isEmpty()) {
            oldestNanos = nowNanos;
        }
        for (int i = 0; i < count; i++) {
            int from = offsetBytes + i * blockSizeBytes;
            byte[] bytes = Arrays.copyOfRange(source, from, from + blockSizeBytes);
            Block before = blocks.get(firstBlock + i);
            List<Cause.Dirtied> dirtied = cause.dirtied();
            if (before != null) {
                dirtied = joined(before.dirtied, dirtied);
            }
            blocks.put(firstBlock + i, new Block(inode, bytes, dirtied));
        }
    }

    private static List<Cause.Dirtied> joined(List<Cause.Dirtied> first, List<Cause.Dirtied> second) {
        List<Cause.Dirtied> all = new ArrayList<>(first);
        for (Cause.Dirtied by : second) {
            if (!all.contains(by)) {
                all.add(by);
            }
        }
        return all;
    }

    /** Puts what is held of some blocks over what was read of them. */
    void overlay(long firstBlock, int count, byte[] target, int offsetBytes) {
        overlay(blocks, firstBlock, count, target, offsetBytes);
    }

    /** Puts some blocks over what was read. */
    void overlay(TreeMap<Long, Block> some, long firstBlock, int count, byte[] target, int offsetBytes) {
        for (int i = 0; i < count && !some.isEmpty(); i++) {
            Block block = some.get(firstBlock + i);
            if (block != null) {
                System.arraycopy(block.bytes, 0, target, offsetBytes + i * blockSizeBytes, blockSizeBytes);
            }
        }
    }

    /** Blocks have been freed: what is held of them is never written. */
    void forget(long firstBlock, int count) {
        if (!blocks.isEmpty()) {
            blocks.subMap(firstBlock, firstBlock + count).clear();
        }
    }

    /** Writes all, in the order of their places. */
    void writeAll(Trigger trigger) {
        write(blocks, trigger);
        blocks.clear();
    }

    /** Writes what is held of a file. */
    void writeOf(long inode, Trigger trigger) {
        TreeMap<Long, Block> own = new TreeMap<>();
        for (Map.Entry<Long, Block> entry : blocks.entrySet()) {
            if (entry.getValue().inode == inode) {
                own.put(entry.getKey(), entry.getValue());
            }
        }
        blocks.keySet().removeAll(own.keySet());
        write(own, trigger);
    }

    /** Writes the first blocks, or all when there are no more. */
    void writeFirst(int count, Trigger trigger) {
        TreeMap<Long, Block> first = new TreeMap<>();
        while (first.size() < count && !blocks.isEmpty()) {
            Map.Entry<Long, Block> entry = blocks.firstEntry();
            first.put(entry.getKey(), entry.getValue());
            blocks.remove(entry.getKey());
        }
        write(first, trigger);
    }

    /** Takes all that is held, to be written by {@link #write(TreeMap, Trigger)}. */
    TreeMap<Long, Block> takeAll() {
        TreeMap<Long, Block> all = blocks;
        blocks = new TreeMap<>();
        return all;
    }

    /** Blocks that were taken could not be written: holds them again, where nothing newer is held. */
    void putBack(TreeMap<Long, Block> some) {
        for (Map.Entry<Long, Block> entry : some.entrySet()) {
            blocks.putIfAbsent(entry.getKey(), entry.getValue());
        }
    }

    /** Writes blocks that were taken, in the order of their places. */
    void write(TreeMap<Long, Block> some, Trigger trigger) {
        List<Block> run = new ArrayList<>();
        long runStart = 0;
        for (Map.Entry<Long, Block> entry : some.entrySet()) {
            boolean follows = !run.isEmpty()
                    && entry.getKey() == runStart + run.size()
                    && (run.size() + 1) * blockSizeBytes <= MAX_RUN_BYTES;
            if (!follows) {
                writeRun(runStart, run, trigger);
                run.clear();
                runStart = entry.getKey();
            }
            run.add(entry.getValue());
        }
        writeRun(runStart, run, trigger);
    }

    private void writeRun(long first, List<Block> run, Trigger trigger) {
        if (run.isEmpty()) {
            return;
        }
        byte[] bytes = run.getFirst().bytes;
        List<Cause.Dirtied> dirtied = run.getFirst().dirtied;
        if (run.size() > 1) {
            bytes = new byte[run.size() * blockSizeBytes];
            for (int i = 0; i < run.size(); i++) {
                System.arraycopy(run.get(i).bytes, 0, bytes, i * blockSizeBytes, blockSizeBytes);
                dirtied = i == 0 ? dirtied : joined(dirtied, run.get(i).dirtied);
            }
        }
        writer.write(
                first * sectorsPerBlock,
                run.size() * sectorsPerBlock,
                bytes,
                0,
                new Cause(BlockRole.DATA.kind(), trigger, dirtied));
    }
}
