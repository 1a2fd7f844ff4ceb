package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sector of a {@link Buffer}: what is dirty or clean, and what can be ordered. */
public final class BufferSector {

    private final Buffer buffer;
    private final int index;
    private final long deviceSector;

    /** Place in the cache's list of dirty sectors, -1 while clean. */
    int dirtySlot = -1;

    /** Number of the latest write of this sector; 0 when it was durable before the mount. */
    long writtenNumber;

    /** Number of the write that must be durable before this sector is written, and the site that asked for it. */
    long neededNumber;

    @Nullable
    Site neededSite;

    /** Edges from dirty sectors that must be written before this one. */
    final EdgeList before = new EdgeList();

    /** Edges to sectors that must not be written before this one, which is dirty. */
    final EdgeList after = new EdgeList();

    /** Actions that wait for the write of this dirty sector. */
    @Nullable
    List<DurableAction> waiting;

    /** Mark of the latest graph walk that came by. */
    long visited;

    private final List<Cause.Dirtied> dirtied = new ArrayList<>(2);

    BufferSector(Buffer buffer, int index, long deviceSector, long writtenNumber) {
        this.buffer = buffer;
        this.index = index;
        this.deviceSector = deviceSector;
        this.writtenNumber = writtenNumber;
    }

    public Buffer buffer() {
        return buffer;
    }

    /** Index within the block, from 0. */
    public int index() {
        return index;
    }

    /** Its number on the device. */
    public long deviceSector() {
        return deviceSector;
    }

    /** Whether it holds changes that have not been written. */
    public boolean isDirty() {
        return dirtySlot >= 0;
    }

    /** Which operations made it dirty, and where, since it was last clean. */
    List<Cause.Dirtied> dirtied() {
        return dirtied;
    }

    void addDirtied(Cause.Dirtied by) {
        CauseList.add(dirtied, by);
    }

    /** This sector shall not be written before a write is durable. */
    void require(long writeNumber, Site site) {
        if (writeNumber > neededNumber) {
            neededNumber = writeNumber;
            neededSite = site;
        }
    }

    @Override
    public String toString() {
        return buffer + " sector " + index;
    }
}
