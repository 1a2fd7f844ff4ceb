package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.PageCache;
import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;
import org.jspecify.annotations.Nullable;

/**
 * An inode in memory: the part that the VFS knows. A filesystem extends it with what it needs to find the data. The numbers
 * here are the current ones; what the disk holds lags behind as the filesystem's ordering allows.
 */
public class Inode {

    private final FileSystem fileSystem;
    private final long number;
    private final PageCache pages = new PageCache();
    private long generation;
    private int mode;
    private int uid;
    private int gid;
    private int linkCount;
    private int device;
    private long sizeBytes;
    private long blocks512;
    private long accessedNanos;
    private long modifiedNanos;
    private long changedNanos;
    private int references;
    private @Nullable Lock lock;

    /** The directory that this directory was found in, which it retains; null for a root and for what is no directory. */
    @Nullable
    Inode parent;

    /** What is mounted over this directory. */
    @Nullable
    Mount mounted;

    /** What flows through this FIFO or pipe while it is open. */
    @Nullable
    Pipe pipe;

    /** What truncations have taken away; null before the first. */
    private @Nullable CutPages cuts;

    /** Whether it is in the list of {@link InodeMemory}. */
    boolean known;

    /** Whether it is in the list of inodes that have had pages, and in that of those with dirty ones. */
    boolean pagesListed;

    boolean dirtyListed;

    /** Since when it has had dirty pages, of those that it has; kept where there is a {@link Flusher}. */
    long dirtySinceNanos;

    /** Whether it is on its way out of memory; who finds it by its number waits until it has gone. */
    boolean leaving;

    /** Number of the latest error of writing its data, and up to which somebody has been told; see {@link NotedErrors}. */
    long writeError;

    long writeErrorTold;

    /**
     * Whether the device holds zeroes between the end of the file and the end of its last page, or will before anything beyond
     * the end is written. Not known of a file that an earlier mount wrote, since a crash leaves data beyond a size that was
     * not yet recorded.
     */
    boolean tailSound;

    /** Its pages from one on are gone. */
    final void cutFrom(long page) {
        if (cuts == null) {
            cuts = new CutPages();
        }
        cuts.cutFrom(page);
    }

    /** The number of the latest truncation that took a page away, as long as the inode is in memory; 0 when none has. */
    public final long lastCut(long page) {
        return cuts == null ? 0 : cuts.lastCut(page);
    }

    protected Inode(FileSystem fileSystem, long number) {
        this.fileSystem = fileSystem;
        this.number = number;
    }

    public final FileSystem fileSystem() {
        return fileSystem;
    }

    public final long number() {
        return number;
    }

    /** The file's cached pages; only regular files have any. */
    public final PageCache pages() {
        return pages;
    }

    public final long generation() {
        return generation;
    }

    public final void setGeneration(long generation) {
        this.generation = generation;
    }

    /** Type and permission bits, see {@link Mode}. */
    public final int mode() {
        return mode;
    }

    public final void setMode(int mode) {
        this.mode = mode;
    }

    public final int uid() {
        return uid;
    }

    public final int gid() {
        return gid;
    }

    public final void setOwner(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
    }

    public final int linkCount() {
        return linkCount;
    }

    public final void setLinkCount(int linkCount) {
        this.linkCount = linkCount;
    }

    /** Device number of a device node. */
    public final int device() {
        return device;
    }

    public final void setDevice(int device) {
        this.device = device;
    }

    public final long sizeBytes() {
        return sizeBytes;
    }

    public final void setSizeBytes(long sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    /** Space in use in units of 512 bytes, as st_blocks. */
    public final long blocks512() {
        return blocks512;
    }

    public final void setBlocks512(long blocks512) {
        this.blocks512 = blocks512;
    }

    /** atime, in nanoseconds since 1970. */
    public final long accessedNanos() {
        return accessedNanos;
    }

    public final void setAccessedNanos(long nanos) {
        this.accessedNanos = nanos;
    }

    /** mtime, in nanoseconds since 1970. */
    public final long modifiedNanos() {
        return modifiedNanos;
    }

    public final void setModifiedNanos(long nanos) {
        this.modifiedNanos = nanos;
    }

    /** ctime, in nanoseconds since 1970. */
    public final long changedNanos() {
        return changedNanos;
    }

    public final void setChangedNanos(long nanos) {
        this.changedNanos = nanos;
    }

    public final boolean isDirectory() {
        return Mode.isDirectory(mode);
    }

    public final boolean isRegular() {
        return Mode.isRegular(mode);
    }

    public final boolean isSymlink() {
        return Mode.isSymlink(mode);
    }

    /** How many open file descriptions, working directories and walks in progress hold this inode; kept by the VFS. */
    public final int references() {
        return references;
    }

    final void retain() {
        references++;
    }

    final int release() {
        if (references == 0) {
            throw new IllegalStateException("inode " + number + " released more often than retained");
        }
        return --references;
    }

    /** Waits for the lock on the contents: of a directory its entries, of a file its data and size, of each its attributes. */
    final void lock(Runner runner) {
        lockOf(runner).lock();
    }

    /** Takes the lock if nobody has it now. */
    final boolean tryLock(Runner runner) {
        return lockOf(runner).tryLock();
    }

    private Lock lockOf(Runner runner) {
        if (lock == null) {
            lock = new Lock(runner, toString());
        }
        return lock;
    }

    final boolean hasLock() {
        return lock != null;
    }

    /** Has this lock from now on, instead of an ordinary one; nobody has locked it before. */
    final void lockWith(Lock other) {
        lock = other;
    }

    final void unlock() {
        if (lock != null) {
            lock.unlock();
        }
    }

    /** Whether the running task has the lock. */
    final boolean isLockedHere() {
        return lock != null && lock.isHeld();
    }

    /** Whether another task has the lock. */
    final boolean isLockedElsewhere() {
        return lock != null && lock.isHeldByOther();
    }

    /** It is elsewhere in the tree now, or gone: in which order it was locked with others means nothing any more. */
    final void forgetLockOrder() {
        if (lock != null) {
            lock.forgetOrder();
        }
    }

    @Override
    public String toString() {
        return "inode " + number;
    }
}
