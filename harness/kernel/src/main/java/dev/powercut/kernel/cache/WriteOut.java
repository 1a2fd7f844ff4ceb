package dev.powercut.kernel.cache;

import dev.powercut.sim.Runner;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes dirty sectors in a legal order, in rounds: all that may go now goes, neighbours merged into one request; then, if
 * something that is left needs it, one flush. No schedule needs fewer flushes: each is issued only when nothing more can be
 * written without it.
 *
 * <p>Sectors of one round have no order among each other, so a request of several sectors may be cut between any two of them.
 */
final class WriteOut {

    /** Longest request. Linux's default limit for SATA disks is larger (1280 KiB); blocks of metadata are seldom so close. */
    private static final int MAX_SECTORS = 256;

    private final Runner runner;
    private final BlockWriter writer;
    private final OrderGraph graph;
    private final DirtySectors dirty;
    private final DurableActions actions;

    WriteOut(Runner runner, BlockWriter writer, OrderGraph graph, DirtySectors dirty, DurableActions actions) {
        this.runner = runner;
        this.writer = writer;
        this.graph = graph;
        this.dirty = dirty;
        this.actions = actions;
    }

    /** Whether neither a sector nor what must go before it is pinned. */
    boolean canWrite(BufferSector sector) {
        SectorList wanted = new SectorList();
        wanted.add(sector);
        return graph.addPredecessors(wanted);
    }

    /** Writes a dirty sector after all that must go before it. */
    void write(BufferSector target, Trigger trigger) {
        write(List.of(target), trigger);
    }

    /** Writes those of several sectors that are dirty, each after all that must go before it. */
    void write(List<BufferSector> targets, Trigger trigger) {
        long before = writer.latest();
        while (true) {
            // Anew in each round: actions that a flush sets free may have added to what must go before.
            SectorList wanted = new SectorList();
            for (int i = 0; i < targets.size(); i++) {
                BufferSector target = targets.get(i);
                if (target.isDirty() && target.writtenNumber <= before && !wanted.contains(target)) {
                    wanted.add(target);
                }
            }
            if (wanted.size() == 0) {
                return;
            }
            if (!graph.addPredecessors(wanted)) {
                throw new IllegalStateException("of " + targets + " one is pinned, or ordered after a pinned buffer");
            }
            if (!round(wanted, trigger)) {
                throw new AssertionError("of " + targets + " one waits for a sector that is not dirty");
            }
        }
    }

    /** Writes everything that is not pinned nor ordered after something pinned. */
    void writeAll(Trigger trigger) {
        while (dirty.size() > 0 && round(dirty.list(), trigger)) {
            // Each round writes or flushes something.
        }
    }

    /** Writes what can go without a flush. */
    void writeReady(Trigger trigger) {
        SectorList batch = new SectorList();
        ready(dirty.list(), batch, new ArrayList<>());
        writeBatch(batch, trigger);
    }

    /** Writes what can go now, or flushes when nothing can; returns false when that would not help either. */
    private boolean round(SectorList wanted, Trigger trigger) {
        SectorList batch = new SectorList();
        List<Cause.Dirtied> flushedFor = new ArrayList<>();
        ready(wanted, batch, flushedFor);
        if (batch.size() > 0) {
            writeBatch(batch, trigger);
            return true;
        }
        if (flushedFor.isEmpty()) {
            return false;
        }
        writer.order(new Cause(BlockWriter.FLUSH, trigger, flushedFor));
        return true;
    }

    /** Sorts out what can go now; of what only waits for a flush, the sites that ask for it. */
    private void ready(SectorList wanted, SectorList batch, List<Cause.Dirtied> flushFor) {
        for (int i = 0; i < wanted.size(); i++) {
            BufferSector sector = wanted.get(i);
            if (sector.before.size() > 0 || sector.buffer().pins > 0) {
                continue;
            }
            if (writer.isDurable(sector.neededNumber)) {
                batch.add(sector);
            } else {
                Site site = Objects.requireNonNull(sector.neededSite);
                CauseList.add(flushFor, new Cause.Dirtied(runner.current().operation(), site));
            }
        }
    }

    private void writeBatch(SectorList batch, Trigger trigger) {
        batch.sortByDeviceSector();
        int from = 0;
        while (from < batch.size()) {
            int to = from + 1;
            while (to < batch.size() && to - from < MAX_SECTORS && joins(batch.get(to - 1), batch.get(to))) {
                to++;
            }
            writeRun(batch, from, to, trigger);
            from = to;
        }
    }

    private static boolean joins(BufferSector left, BufferSector right) {
        return left.deviceSector() + 1 == right.deviceSector()
                && (left.buffer() == right.buffer()
                        || left.buffer().kind().equals(right.buffer().kind()));
    }

    private void writeRun(SectorList batch, int from, int to, Trigger trigger) {
        BufferSector first = batch.get(from);
        Buffer buffer = first.buffer();
        byte[] source = buffer.data();
        int offsetBytes = first.index() * Sector.BYTES;
        if (batch.get(to - 1).buffer() != buffer) {
            source = gather(batch, from, to);
            offsetBytes = 0;
        }
        Cause cause = new Cause(buffer.kind(), trigger, dirtied(batch, from, to));
        // Clean from now on, since the device takes its copy at once: what changes while it works makes the sectors
        // dirty again.
        long number = writer.latest() + 1;
        for (int i = from; i < to; i++) {
            BufferSector sector = batch.get(i);
            dirty.remove(sector);
            sector.writtenNumber = number;
            sector.neededNumber = 0;
            sector.neededSite = null;
            graph.written(sector, number);
            actions.sectorWritten(sector, number);
        }
        writer.writeMetadata(first.deviceSector(), to - from, source, offsetBytes, cause);
    }

    private static byte[] gather(SectorList batch, int from, int to) {
        byte[] bytes = new byte[(to - from) * Sector.BYTES];
        for (int i = from; i < to; i++) {
            BufferSector sector = batch.get(i);
            System.arraycopy(
                    sector.buffer().data(),
                    sector.index() * Sector.BYTES,
                    bytes,
                    (i - from) * Sector.BYTES,
                    Sector.BYTES);
        }
        return bytes;
    }

    private static List<Cause.Dirtied> dirtied(SectorList batch, int from, int to) {
        if (to - from == 1) {
            return batch.get(from).dirtied();
        }
        List<Cause.Dirtied> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            CauseList.addAll(all, batch.get(i).dirtied());
        }
        return all;
    }
}
