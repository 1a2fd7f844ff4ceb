package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Runner;
import dev.powercut.sim.World;
import org.jspecify.annotations.Nullable;

/**
 * The filesystem side of one machine's kernel: mounts, the inodes and pages in memory, and the families of calls. Each call
 * takes the {@link PathContext} of the process that makes it and fails with {@link ErrnoException}.
 */
public final class Vfs {

    private final World world;
    private final int machine;
    private final LockRules rules;
    private final PageMemory pages;
    private final InodeMemory inodes;
    private final Mounts mounts;
    private final WriteBack writeBack;
    private final FileData data = new FileData(this);
    private final Namespace namespace = new Namespace(this);
    private final FileAttributes attributes = new FileAttributes(this);
    private final FileOpening opening = new FileOpening(this);

    /**
     * @param choices when to write back, and what to evict
     * @param writeBackAtRandom whether to write back at moments that the choices pick
     * @param rules which rules of locking it keeps
     */
    public Vfs(
            World world,
            int machine,
            Choices choices,
            int pageLimit,
            int metadataBufferLimit,
            boolean writeBackAtRandom,
            LockRules rules) {
        this.world = world;
        this.machine = machine;
        this.rules = rules;
        this.pages = new PageMemory(this, choices, pageLimit);
        this.inodes = new InodeMemory(world.runner(), pages, rules);
        this.mounts = new Mounts(this, metadataBufferLimit);
        this.writeBack = new WriteBack(this, choices, writeBackAtRandom);
    }

    public Mounts mounts() {
        return mounts;
    }

    public Namespace namespace() {
        return namespace;
    }

    public FileData data() {
        return data;
    }

    public FileAttributes attributes() {
        return attributes;
    }

    /** A context with root and working directory at the root of the tree, and umask 022. */
    public PathContext context(int uid, int gid) {
        return mounts.context(uid, gid);
    }

    /** A process ends: its working directory is given up. */
    public void end(PathContext context) {
        mounts.end(context);
    }

    /** As openat(2). */
    public OpenFile open(PathContext context, int dirfd, String path, int flags, int mode) {
        return opening.open(context, dirfd, path, flags, mode);
    }

    /** Gives up one descriptor's reference to an open file description; the last closes it. */
    public void close(OpenFile file) {
        opening.close(file);
    }

    /** A system call begins. */
    public void enterCall() {
        world.steps().take();
    }

    /** A system call ends: the moment for write-back, and to keep to the limits of memory. */
    public void leaveCall() {
        writeBack.afterCall();
        inodes.trim();
        mounts.trim();
    }

    WriteBack writeBack() {
        return writeBack;
    }

    /** Does nothing, unless {@link LockRule#NAME_SEEN_AND_MADE_AT_ONCE} is broken. */
    void letGoBetweenSeeingAndMaking(Inode directory) {
        if (!holds(LockRule.NAME_SEEN_AND_MADE_AT_ONCE)) {
            directory.unlock();
            directory.lock(runner());
        }
    }

    boolean holds(LockRule rule) {
        return rules.holds(rule);
    }

    World world() {
        return world;
    }

    int machine() {
        return machine;
    }

    Runner runner() {
        return world.runner();
    }

    PageMemory pages() {
        return pages;
    }

    InodeMemory inodes() {
        return inodes;
    }

    long nowNanos() {
        return MountRequest.EPOCH_NANOS + world.clock().nowNanos();
    }

    /** The inode that a name in a locked directory leads to, or null. */
    @Nullable
    Inode lookupLocked(Inode directory, String name) {
        Inode child = directory.fileSystem().lookup(directory, name);
        while (child != null && child.leaving) {
            inodes.awaitLeaving(child);
            child = directory.fileSystem().lookup(directory, name);
        }
        if (child != null) {
            if (child.linkCount() == 0) {
                throw Errno.EUCLEAN.exception("an entry leads to " + child + ", which has no links");
            }
            inodes.found(directory, child);
        }
        return child;
    }

    /** Contents have been read: the access time may be due. */
    void accessed(Mount mount, Inode inode) {
        if (!mount.isReadOnly() && mount.accessTimes.isUpdateDue(inode, nowNanos())) {
            inode.setAccessedNanos(nowNanos());
            inode.fileSystem().attributesChanged(inode);
        }
    }
}
