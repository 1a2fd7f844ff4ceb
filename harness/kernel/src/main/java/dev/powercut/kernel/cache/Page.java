package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Cause;
import java.util.ArrayList;
import java.util.List;

/** One cached page of a file. */
public final class Page {

    /** Bytes in a page, as on x86-64. */
    public static final int BYTES = 4096;

    private final PageCache owner;
    private final long index;
    private final byte[] data = new byte[BYTES];
    private final List<Cause.Dirtied> dirtied = new ArrayList<>(2);
    private long lastUsed;

    Page(PageCache owner, long index) {
        this.owner = owner;
        this.index = index;
    }

    /** Which page of the file this is, from 0. */
    public long index() {
        return index;
    }

    /** The bytes themselves; beyond the end of the file they are zero. */
    public byte[] data() {
        return data;
    }

    public boolean isDirty() {
        return !dirtied.isEmpty();
    }

    /** Which operations dirtied the page since it was last clean. */
    public List<Cause.Dirtied> dirtied() {
        return dirtied;
    }

    public void markDirty(Cause.Dirtied by) {
        if (dirtied.isEmpty()) {
            owner.dirtyCount++;
        }
        CauseList.add(dirtied, by);
    }

    /** The filesystem has written the page out. */
    public void markClean() {
        if (!dirtied.isEmpty()) {
            owner.dirtyCount--;
            dirtied.clear();
        }
    }

    /** When the page was last used, in a count that the VFS keeps. */
    public long lastUsed() {
        return lastUsed;
    }

    public void touch(long use) {
        lastUsed = use;
    }
}
