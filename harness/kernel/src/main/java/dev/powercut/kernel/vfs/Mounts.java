package dev.powercut.kernel.vfs;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mounted filesystems, in the order in which they were mounted; the first is the root of the tree of names. */
public final class Mounts {

    private final Vfs vfs;
    private final int metadataBufferLimit;
    private final List<Mount> mounts = new ArrayList<>(1);
    private final List<PathContext> contexts = new ArrayList<>(1);

    Mounts(Vfs vfs, int metadataBufferLimit) {
        this.vfs = vfs;
        this.metadataBufferLimit = metadataBufferLimit;
    }

    /**
     * Mounts the root filesystem.
     *
     * @param options comma separated: {@code noatime}, {@code relatime} and {@code strictatime} are the VFS's, {@code ro} and {@code
     *     rw} go with {@code readOnly}, the others are the filesystem's
     * @throws MountException when the image cannot be mounted
     */
    public FileSystem mountRoot(FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        if (!mounts.isEmpty()) {
            throw Errno.EBUSY.exception("the root is mounted already");
        }
        return mount(null, null, type, device, readOnly, options);
    }

    /** Mounts over an existing directory. */
    public FileSystem mount(String path, FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        if (mounts.isEmpty()) {
            throw Errno.ENOENT.exception("mount the root first");
        }
        for (Mount mount : mounts) {
            if (mount.device == device) {
                throw Errno.EBUSY.exception("the device is mounted already");
            }
        }
        try (PathWalk walk = new PathWalk(vfs, new PathContext(rootMount(), 0, 0), DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            if (!walk.inode().isDirectory()) {
                throw Errno.ENOTDIR.exception();
            }
            return mount(walk.mount(), walk.inode(), type, device, readOnly, options);
        }
    }

    private FileSystem mount(
            @Nullable Mount parent,
            @Nullable Inode covered,
            FileSystemType type,
            BlockDevice device,
            boolean readOnly,
            String options) {
        MountOptions parsed = MountOptions.parse(options, readOnly);
        NotedErrors errors = device.mayFail() ? new NotedErrors(vfs.runner(), device) : null;
        BlockDevice used = errors == null ? device : errors;
        FileSystem fileSystem;
        try {
            fileSystem = type.mount(new MountRequest(
                    vfs.world(), vfs.machine(), used, parsed.readOnly(), parsed.others(), metadataBufferLimit));
        } catch (ErrnoException failure) {
            throw new MountException(failure.errno(), "the device cannot be read");
        }
        Mount mount = new Mount(vfs.runner(), fileSystem, device, parsed.accessTimes(), parent, covered, errors);
        vfs.inodes().retain(mount.root);
        if (covered != null) {
            vfs.inodes().retain(covered);
            covered.mounted = mount;
        }
        mounts.add(mount);
        return fileSystem;
    }

    /**
     * Ends the mount at a path, everything durable. Unmounting the root is shutting down: working directories do not keep it.
     *
     * @throws ErrnoException EBUSY while files are open there, something is mounted below, or a process works there
     */
    public void unmount(String path) {
        if (mounts.isEmpty()) {
            throw Errno.EINVAL.exception("nothing is mounted");
        }
        Mount mount;
        try (PathWalk walk = new PathWalk(vfs, new PathContext(rootMount(), 0, 0), DescriptorTable.AT_FDCWD, path)) {
            walk.toEnd(true);
            mount = walk.mount();
            if (walk.inode() != mount.root) {
                throw Errno.EINVAL.exception("not a mount point");
            }
        }
        requireUnused(mount);
        ReadAhead readAhead = vfs.readAhead();
        if (readAhead != null) {
            readAhead.settle();
            requireUnused(mount);
        }
        if (mount.parent == null) {
            for (PathContext context : contexts) {
                leave(context);
            }
            contexts.clear();
        }
        if (!mount.isReadOnly()) {
            vfs.writeBack().all(mount.fileSystem, new Trigger.Unmount());
        }
        mount.fileSystem.unmount();
        mount.detached = true;
        mounts.remove(mount);
        vfs.pages().forget(mount.fileSystem);
        vfs.inodes().forget(mount.fileSystem);
        if (mount.covered != null) {
            mount.covered.mounted = null;
            vfs.inodes().release(mount.covered);
        }
    }

    private void requireUnused(Mount mount) {
        if (mount.openFiles > 0) {
            throw Errno.EBUSY.exception(mount.openFiles + " files are open");
        }
        for (Mount other : mounts) {
            if (other.parent == mount) {
                throw Errno.EBUSY.exception("something is mounted below");
            }
        }
        if (mount.parent != null && mount.workingDirectories > 0) {
            throw Errno.EBUSY.exception(mount.workingDirectories + " processes work there");
        }
    }

    PathContext context(int uid, int gid) {
        PathContext context = new PathContext(rootMount(), uid, gid);
        vfs.inodes().retain(context.directory);
        context.mount.workingDirectories++;
        contexts.add(context);
        return context;
    }

    PathContext fork(PathContext parent, int processId) {
        PathContext child = new PathContext(parent, processId);
        vfs.inodes().retain(child.directory);
        child.mount.workingDirectories++;
        contexts.add(child);
        return child;
    }

    /** A process ends: it no longer keeps its working directory, and walks no path any more. */
    void end(PathContext context) {
        if (contexts.remove(context)) {
            leave(context);
        }
    }

    private void leave(PathContext context) {
        Inode directory = context.directory;
        context.mount.workingDirectories--;
        context.mount = rootMount();
        context.directory = context.mount.root;
        context.ended = true;
        vfs.inodes().release(directory);
    }

    private Mount rootMount() {
        if (mounts.isEmpty()) {
            throw new IllegalStateException("no root filesystem is mounted");
        }
        return mounts.getFirst();
    }

    /** All mounts, root first. */
    List<Mount> all() {
        return mounts;
    }

    /** The errors of a filesystem's device; null where it does not fail. */
    @Nullable
    NotedErrors errors(FileSystem fileSystem) {
        for (int i = 0; i < mounts.size(); i++) {
            if (mounts.get(i).fileSystem == fileSystem) {
                return mounts.get(i).errors;
            }
        }
        return null;
    }

    /** Something could not be read or written while nobody waited for it; thrown again where no device may fail. */
    void noteError(ErrnoException failure) {
        boolean noted = false;
        for (Mount mount : mounts) {
            if (mount.errors != null) {
                mount.errors.note();
                noted = true;
            }
        }
        if (!noted) {
            throw failure;
        }
    }

    boolean hasUntoldErrors() {
        for (Mount mount : mounts) {
            if (mount.errors != null && mount.errors.hasUntold()) {
                return true;
            }
        }
        return false;
    }

    void trim() {
        for (int i = 0; i < mounts.size(); i++) {
            mounts.get(i).fileSystem.trim();
        }
    }
}
