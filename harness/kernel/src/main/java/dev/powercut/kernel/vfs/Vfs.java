package dev.powercut.kernel.vfs;

import dev.powercut.kernel.wait.Interruptions;
import dev.powercut.kernel.wait.WaitList;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import dev.powercut.sim.World;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The filesystem side of one machine's kernel: mounts, the inodes and pages in memory, and the families of calls. Each call
 * takes the {@link PathContext} of the process that makes it and fails with {@link ErrnoException}.
 */
public final class Vfs {

    /** /proc/sys/fs/file-max of a machine with 1 GiB. */
    private static final int OPEN_FILE_LIMIT = 100_000;

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
    private final FileControl control = new FileControl(this);
    private final MappedPages mapped = new MappedPages(this);
    private final RecordLocks recordLocks = new RecordLocks(this);
    private final Interruptions interruptions = new Interruptions();
    private final Devices devices = new Devices();
    private final Transfers transfers;
    private final int pageLimit;
    private @Nullable Flusher flusher;
    private @Nullable ReadAhead readAhead;
    private Holders holders = Holders.NONE;
    private @Nullable Mount nameless;
    private int openFiles;
    private int openFileLimit = OPEN_FILE_LIMIT;

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
        this.pageLimit = pageLimit;
        this.pages = new PageMemory(this, choices, pageLimit);
        this.inodes = new InodeMemory(world.runner(), pages, rules);
        this.mounts = new Mounts(this, metadataBufferLimit);
        this.writeBack = new WriteBack(this, choices, writeBackAtRandom);
        this.transfers = new Transfers(world.runner());
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

    /** Begins to write back in the background, besides what the choices pick. */
    public void startFlusher(FlusherLimits limits, Choices choices) {
        if (flusher != null) {
            throw new IllegalStateException("there is one already");
        }
        flusher = new Flusher(this, limits, choices);
        flusher.start();
    }

    /** Ends write-back in the background; returns when its task has ended. */
    public void stopFlusher() {
        if (flusher != null) {
            flusher.stop();
            flusher = null;
        }
    }

    /** Begins to read ahead of sequential readers. */
    public void startReadAhead() {
        if (readAhead != null) {
            throw new IllegalStateException("there is read-ahead already");
        }
        readAhead = new ReadAhead(this, pageLimit);
    }

    /** Ends read-ahead; returns when its task has ended. */
    public void stopReadAhead() {
        if (readAhead != null) {
            readAhead.stop();
            readAhead = null;
        }
    }

    @Nullable
    ReadAhead readAhead() {
        return readAhead;
    }

    @Nullable
    Flusher flusher() {
        return flusher;
    }

    public FileControl control() {
        return control;
    }

    /** The pages of files that are mapped. */
    public MappedPages mapped() {
        return mapped;
    }

    /** Which tasks take signals. */
    public Interruptions interruptions() {
        return interruptions;
    }

    /** The character devices that have a driver. */
    public Devices devices() {
        return devices;
    }

    /** How much pipes and devices transfer at once. */
    public Transfers transfers() {
        return transfers;
    }

    /** From now on somebody knows who has what open. */
    public void holders(Holders known) {
        holders = known;
    }

    Holders holders() {
        return holders;
    }

    RecordLocks recordLocks() {
        return recordLocks;
    }

    /** A list of tasks that wait for something, in which signals reach them. */
    public WaitList waitList(String name, Supplier<@Nullable Task> holder) {
        return new WaitList(runner(), interruptions, name, holder);
    }

    /** A context with root and working directory at the root of the tree, and umask 022. */
    public PathContext context(int uid, int gid) {
        return mounts.context(uid, gid);
    }

    /** The context of a child: all the same, with descriptors of its own that share the open file descriptions. */
    public PathContext fork(PathContext parent, int processId) {
        return mounts.fork(parent, processId);
    }

    /** A process ends: its working directory is given up. */
    public void end(PathContext context) {
        mounts.end(context);
    }

    /** As openat(2). */
    public OpenFile open(PathContext context, int dirfd, String path, int flags, int mode) {
        return opening.open(context, dirfd, path, flags, mode);
    }

    /** A process gives up one descriptor of an open file description, and its record locks on the file; the last closes it. */
    public void close(PathContext context, OpenFile file) {
        recordLocks.closed(context, file.inode);
        opening.close(file);
    }

    /** Gives up one reference to an open file description that was no descriptor; the last closes it. */
    public void release(OpenFile file) {
        opening.close(file);
    }

    OpenFile[] openPipe(PathContext context, int flags) {
        return opening.pipe(context, flags);
    }

    /** A device that no name leads to, such as the console of the first process. */
    public OpenFile openDevice(PathContext context, int device, int flags) {
        return opening.device(context, device, flags);
    }

    /** Where what has no name lives. */
    Mount nameless() {
        if (nameless == null) {
            nameless = new Mount(runner(), new NamelessFileSystem(), null, AccessTimes.RELATIVE, null, null, null);
        }
        return nameless;
    }

    /** How many open file descriptions there may be on this machine; what would be one more gives ENFILE. */
    public void limitOpenFiles(int descriptions) {
        openFileLimit = descriptions;
    }

    void requireOpenable(int descriptions) {
        if (openFiles > openFileLimit - descriptions) {
            throw Errno.ENFILE.exception();
        }
    }

    void counted() {
        openFiles++;
    }

    void uncounted() {
        openFiles--;
    }

    /** A system call begins. */
    public void enterCall() {
        world.steps().take();
    }

    /** A system call ends: the moment for write-back, and to keep to the limits of memory. */
    public void leaveCall() {
        try {
            writeBack.afterCall();
            if (flusher != null) {
                flusher.balance();
            }
            inodes.trim();
            mounts.trim();
        } catch (ErrnoException failure) {
            // The call itself has ended; whoever asks for durability next is told.
            mounts.noteError(failure);
        }
    }

    /** Whether something could not be written, and nobody who asked for durability has been told so. */
    public boolean hasUntoldErrors() {
        return mounts.hasUntoldErrors();
    }

    WriteBack writeBack() {
        return writeBack;
    }

    /** How many pages are dirty. */
    public int dirtyPages() {
        int count = 0;
        for (Inode inode : pages.dirtyInodes()) {
            count += inode.pages().dirtyCount();
        }
        return count;
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

    public Runner runner() {
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
