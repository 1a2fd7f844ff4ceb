package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.kernel.cache.Ordering;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Lock;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * The discipline of ext2 here: writes are delayed, but never out of an order in which each state on the disk can be mended
 * without loss. The order keeps three rules (Ganger, Patt: "Metadata Update Performance in File Systems", OSDI 1994):
 *
 * <ol>
 *   <li>Never point to a structure before it has been initialised: an inode before the entry that names it, data or zeroes
 *       before the pointer to a block, and the mark in a bitmap before anything that relies on it.
 *   <li>Never re-use a resource before all earlier pointers to it are gone: a block or inode can be allocated again only when
 *       the write that cleared its last pointer is durable; an entry is gone before its inode's link count falls.
 *   <li>Never reset the last pointer to something live before a new pointer is set: rename writes the new name first.
 * </ol>
 *
 * <p>What a crash may leave is then waste only: space marked as used that nothing uses, link counts too high, an inode without
 * a name. Better to waste space than to point to bad data.
 *
 * <p>Subclasses change single sites; the layout does not know.
 */
public class CarefulOrdering implements UpdateDiscipline {

    private final MetadataCache cache;
    private final BlockWriter writer;
    private final Ordering ordering;

    public CarefulOrdering(MetadataCache cache, BlockWriter writer) {
        this(cache, writer, cache);
    }

    /** @param ordering the cache, or what decorates it */
    public CarefulOrdering(MetadataCache cache, BlockWriter writer, Ordering ordering) {
        this.cache = cache;
        this.writer = writer;
        this.ordering = ordering;
    }

    protected final MetadataCache cache() {
        return cache;
    }

    @Override
    public void begin(int blocks) {}

    @Override
    public void end() {}

    @Override
    public final void restart(int blocks) {}

    @Override
    public final int mostBlocks() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
        cache.markDirty(buffer, offsetBytes, length, site);
    }

    @Override
    public void order(BufferSector before, BufferSector after, Site site) {
        ordering.orderBefore(before, after, site);
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        ordering.dataBefore(after, site);
    }

    @Override
    public void whenDurable(BufferSector sector, Site site, Runnable action) {
        ordering.whenDurable(sector, site, action);
    }

    @Override
    public void whenFreeable(BufferSector sector, Site site, Runnable action) {
        whenDurable(sector, site, action);
    }

    @Override
    public final boolean holdsFreedBlocks() {
        return false;
    }

    @Override
    public final void forget(long block) {
        cache.forget(block);
    }

    @Override
    public final void forgetData(long first, int count) {}

    @Override
    public void writeData(long inode, long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        writer.write(sector, count, source, offsetBytes, cause);
    }

    @Override
    public final void readData(long sector, int count, byte[] target, int offsetBytes) {
        writer.device().read(sector, count, target, offsetBytes);
    }

    @Override
    public final int blocksForData(int dataBlocks) {
        return 0;
    }

    @Override
    public boolean makeRoom(Site site) {
        if (!cache.hasPendingActions()) {
            return false;
        }
        cache.writeAll(new Trigger.Ordering(site));
        ordering.flush(site);
        return true;
    }

    @Override
    public void write(List<BufferSector> sectors, Site site, Trigger trigger) {
        cache.write(sectors, trigger);
    }

    @Override
    public final void changeNow(Buffer buffer, int offsetBytes, int length, Site site, Trigger trigger) {
        changed(buffer, offsetBytes, length, site);
        write(List.of(buffer.sectorAt(offsetBytes)), site, trigger);
        flush(site);
    }

    @Override
    public void writeForSync(long inode, List<BufferSector> blocks, List<BufferSector> record, Trigger trigger) {
        List<BufferSector> all = new ArrayList<>(blocks);
        all.addAll(record);
        cache.write(all, trigger);
    }

    @Override
    public void flush(Site site) {
        ordering.flush(site);
    }

    @Override
    public void writeAll(Trigger trigger) {
        cache.writeAll(trigger);
    }

    @Override
    public void writeSome(Choices choices) {
        cache.writeSome(choices, new Trigger.WriteBack());
    }

    @Override
    public final boolean isBusy() {
        return cache.isDirty() || cache.hasPendingActions();
    }

    @Override
    public final boolean isAborted() {
        return false;
    }

    @Override
    public final void trim() {
        cache.trim();
    }

    @Override
    public final void open(Hooks hooks, Lock turn) {}

    @Override
    public final void close(Trigger trigger) {}

    @Override
    public final boolean operationsAreAtomic() {
        return false;
    }
}
