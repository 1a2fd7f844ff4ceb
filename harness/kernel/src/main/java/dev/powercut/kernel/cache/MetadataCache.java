package dev.powercut.kernel.cache;

import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Steps;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a mounted filesystem's metadata blocks, and the true {@link Ordering}.
 *
 * <p>A sector's life: <em>clean</em>; <em>dirty</em> with its causes, once {@link #markDirty} is called; <em>written</em> under
 * a number, after all that was ordered before it was durable; <em>durable</em>, with the next flush. Order is kept as edges
 * between sectors as long as the earlier one is dirty, then as the number of the write that must be durable, so that many
 * edges share one flush, and a flush that came for another reason serves as well.
 *
 * <p>A buffer stays valid until the next {@link #trim}, which is called between operations, or until its block is forgotten.
 */
public final class MetadataCache implements Ordering {

    private final Runner runner;
    private final Steps steps;
    private final BlockWriter writer;
    private final int blockSizeBytes;
    private final int sectorsPerBlock;
    private final int bufferLimit;
    private final BufferTable buffers = new BufferTable();
    private final DirtySectors dirty = new DirtySectors();
    private final OrderGraph graph = new OrderGraph();
    private final DurableActions actions;
    private final WriteOut writeOut;
    private Cause.@Nullable Dirtied latestDirtied;
    private long uses;
    // Latest write among the buffers that were dropped: what is read again counts as written no earlier.
    private long droppedNumber;

    /** @param blockSizeBytes the filesystem's block size, a multiple of 512 */
    public MetadataCache(MountRequest mount, BlockWriter writer, int blockSizeBytes) {
        if (blockSizeBytes < Sector.BYTES || blockSizeBytes % Sector.BYTES != 0) {
            throw new IllegalArgumentException(
                    "block size " + blockSizeBytes + " is not a multiple of " + Sector.BYTES);
        }
        this.runner = mount.world().runner();
        this.steps = mount.world().steps();
        this.writer = writer;
        this.blockSizeBytes = blockSizeBytes;
        this.sectorsPerBlock = blockSizeBytes / Sector.BYTES;
        this.bufferLimit = mount.metadataBufferLimit();
        this.actions = new DurableActions(writer);
        this.writeOut = new WriteOut(runner, writer, graph, dirty, actions);
        writer.afterFlush(actions::runReady);
    }

    /** The block's buffer, read from the device when it is not cached. */
    public Buffer read(long block, BlockKind kind) {
        steps.take();
        Buffer buffer = buffers.get(block);
        if (buffer == null) {
            byte[] data = new byte[blockSizeBytes];
            writer.device().read(block * sectorsPerBlock, sectorsPerBlock, data, 0);
            // Another task may have read it while this one waited.
            buffer = buffers.get(block);
            if (buffer == null) {
                buffer = add(block, kind, data);
            }
        }
        buffer.lastUsed = ++uses;
        return buffer;
    }

    /** The block's buffer when it is cached, else null. */
    public @Nullable Buffer cached(long block) {
        return buffers.get(block);
    }

    /** A buffer of zeroes for a block just allocated, without reading the device; what was cached of it is dropped. */
    public Buffer fresh(long block, BlockKind kind) {
        forget(block);
        Buffer buffer = add(block, kind, new byte[blockSizeBytes]);
        buffer.lastUsed = ++uses;
        return buffer;
    }

    private Buffer add(long block, BlockKind kind, byte[] data) {
        Buffer buffer = new Buffer(block, kind, data, writer.isDurable(droppedNumber) ? 0 : droppedNumber);
        buffers.add(buffer);
        return buffer;
    }

    /**
     * The block has been freed: its buffer is dropped, and what was dirty in it is never written. Edges from it are satisfied,
     * edges to it vanish. Actions that waited for its sectors run once everything that is dirty now is durable; so call this
     * after having changed what used to lead to the block.
     */
    public void forget(long block) {
        Buffer buffer = buffers.get(block);
        if (buffer == null) {
            return;
        }
        if (buffer.pins > 0) {
            throw new IllegalStateException(buffer + " is forgotten while pinned");
        }
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sectorIfKnown(i);
            if (sector != null) {
                actions.sectorForgotten(sector, dirty.list());
                graph.removed(sector);
                if (sector.isDirty()) {
                    dirty.remove(sector);
                }
            }
        }
        drop(buffer);
        actions.runReady();
    }

    private void drop(Buffer buffer) {
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sectorIfKnown(i);
            if (sector != null) {
                droppedNumber = Math.max(droppedNumber, sector.writtenNumber);
            }
        }
        buffer.dropped = true;
        buffers.remove(buffer.block());
    }

    /** Bytes {@code offsetBytes} to {@code offsetBytes + length - 1} were changed by the current operation, at a site. */
    public void markDirty(Buffer buffer, int offsetBytes, int length, Site site) {
        if (buffer.dropped) {
            throw new IllegalStateException(buffer + " is changed at " + site + " after it was dropped");
        }
        Cause.Dirtied by = dirtiedBy(site);
        int last = (offsetBytes + length - 1) / Sector.BYTES;
        for (int i = offsetBytes / Sector.BYTES; i <= last; i++) {
            BufferSector sector = buffer.sector(i);
            if (!sector.isDirty()) {
                dirty.add(sector);
            }
            sector.addDirtied(by);
        }
    }

    /** As {@link #markDirty(Buffer, int, int, Site)}, for a whole block that others than the current operation have changed. */
    public void markDirty(Buffer buffer, List<Cause.Dirtied> by) {
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sector(i);
            if (!sector.isDirty()) {
                dirty.add(sector);
            }
            for (int j = 0; j < by.size(); j++) {
                sector.addDirtied(by.get(j));
            }
        }
    }

    /**
     * Makes a buffer clean that has been copied to where it is as safe as on its own place, such as a log; nothing may be ordered before
     * or after it, or wait for it. Returns who made it dirty, and where.
     */
    public List<Cause.Dirtied> takeDirty(Buffer buffer) {
        List<Cause.Dirtied> all = new ArrayList<>(2);
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sectorIfKnown(i);
            if (sector != null && sector.isDirty()) {
                if (sector.before.size() + sector.after.size() > 0 || sector.waiting != null) {
                    throw new IllegalStateException(sector + " is ordered, and cannot be taken");
                }
                CauseList.addAll(all, sector.dirtied());
                dirty.remove(sector);
            }
        }
        return all;
    }

    /** The current operation, at a site: for causes of writes that are not of this cache. */
    public Cause.Dirtied dirtiedBy(Site site) {
        OperationId operation = runner.current().operation();
        Cause.Dirtied latest = latestDirtied;
        if (latest == null || latest.operation() != operation || latest.site() != site) {
            latest = new Cause.Dirtied(operation, site);
            latestDirtied = latest;
        }
        return latest;
    }

    /** While a buffer is pinned, it is neither written nor dropped; pins nest. */
    public void pin(Buffer buffer) {
        buffer.pins++;
    }

    public void unpin(Buffer buffer) {
        if (buffer.pins == 0) {
            throw new IllegalStateException(buffer + " is not pinned");
        }
        buffer.pins--;
    }

    @Override
    public void orderBefore(BufferSector before, BufferSector after, Site site) {
        if (before == after) {
            return;
        }
        while (before.isDirty() && graph.leads(after, before)) {
            Trigger trigger = new Trigger.Ordering(site);
            writeOut.write(after, trigger);
            writer.order(new Cause(BlockWriter.FLUSH, trigger, List.of(dirtiedBy(site))));
        }
        if (before.isDirty()) {
            graph.connect(before, after, site);
        } else if (!writer.isDurable(before.writtenNumber)) {
            after.require(before.writtenNumber, site);
        }
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        if (!writer.isDurable(writer.latestData())) {
            after.require(writer.latestData(), site);
        }
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        if (!sector.isDirty() && writer.isDurable(sector.writtenNumber)) {
            action.run();
        } else {
            actions.add(sector, action);
        }
    }

    /** Sees that what was written so far goes before whatever is written from now on: by a flush, where the device needs one. */
    public void barrier(Site site) {
        writer.order(new Cause(BlockWriter.FLUSH, new Trigger.Ordering(site), List.of(dirtiedBy(site))));
    }

    @Override
    public void flush(Site site) {
        writer.flush(new Cause(BlockWriter.FLUSH, new Trigger.Ordering(site), List.of(dirtiedBy(site))));
    }

    /**
     * Writes a sector, if it is dirty, after all that was ordered before it (with the flushes that this needs). The write itself
     * is not flushed.
     *
     * @throws IllegalStateException when the sector or what must go before it is pinned
     */
    public void write(BufferSector sector, Trigger trigger) {
        writeOut.write(sector, trigger);
    }

    /**
     * Writes several sectors as {@link #write(BufferSector, Trigger)} does one, with no more flushes than they need together.
     *
     * @throws IllegalStateException when one of them or what must go before it is pinned
     */
    public void write(List<BufferSector> sectors, Trigger trigger) {
        writeOut.write(sectors, trigger);
    }

    /** Writes all that is dirty and not pinned, in a legal order, with as few flushes as the order allows; the last writes are not flushed. */
    public void writeAll(Trigger trigger) {
        writeOut.writeAll(trigger);
    }

    /** Writes some of what is dirty: how much and which is chosen, in a legal order. The dull choice writes nothing. */
    public void writeSome(Choices choices, Trigger trigger) {
        if (dirty.size() == 0) {
            return;
        }
        switch (choices.choose("metadata.amount", 5)) {
            case 0 -> {}
            case 1 -> writeOne(choices, trigger);
            case 2 -> {
                int count = choices.between("metadata.count", 2, 8);
                for (int i = 0; i < count && dirty.size() > 0; i++) {
                    writeOne(choices, trigger);
                }
            }
            case 3 -> writeOut.writeReady(trigger);
            default -> writeOut.writeAll(trigger);
        }
    }

    private void writeOne(Choices choices, Trigger trigger) {
        BufferSector sector = dirty.get(choices.choose("metadata.sector", dirty.size()));
        if (writeOut.canWrite(sector)) {
            writeOut.write(sector, trigger);
        }
    }

    /** Whether actions given to {@link #whenDurable} are still waiting. */
    public boolean hasPendingActions() {
        return !actions.isEmpty();
    }

    /** Whether anything is dirty. */
    public boolean isDirty() {
        return dirty.size() > 0;
    }

    /** How many buffers are cached. */
    public int bufferCount() {
        return buffers.size();
    }

    /**
     * Keeps to the limit of buffers: drops clean ones, longest unused first, and when these are not enough, writes dirty ones.
     * Call it between operations: buffers that were handed out before are no longer valid after it, unless pinned.
     */
    public void trim() {
        if (buffers.size() <= bufferLimit) {
            return;
        }
        Buffer[] byAge = buffers.toArray();
        Arrays.sort(byAge, (a, b) -> Long.compare(a.lastUsed, b.lastUsed));
        for (int i = 0; i < byAge.length && buffers.size() > bufferLimit; i++) {
            if (canDrop(byAge[i])) {
                drop(byAge[i]);
            }
        }
        Trigger trigger = new Trigger.Eviction();
        for (int i = 0; i < byAge.length && buffers.size() > bufferLimit; i++) {
            if (!byAge[i].dropped) {
                writeBuffer(byAge[i], trigger);
                if (!byAge[i].dropped && canDrop(byAge[i])) {
                    drop(byAge[i]);
                }
            }
        }
    }

    private void writeBuffer(Buffer buffer, Trigger trigger) {
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sectorIfKnown(i);
            if (sector != null && sector.isDirty() && writeOut.canWrite(sector)) {
                writeOut.write(sector, trigger);
            }
        }
    }

    /** A buffer that is clean, not pinned, and of which no sector has an order to keep. */
    private boolean canDrop(Buffer buffer) {
        if (buffer.isDirty() || buffer.pins > 0) {
            return false;
        }
        for (int i = 0; i < buffer.sectorCount(); i++) {
            BufferSector sector = buffer.sectorIfKnown(i);
            if (sector != null && (sector.before.size() > 0 || !writer.isDurable(sector.neededNumber))) {
                return false;
            }
        }
        return true;
    }
}
