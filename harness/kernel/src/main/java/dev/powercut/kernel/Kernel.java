package dev.powercut.kernel;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.FlusherLimits;
import dev.powercut.kernel.vfs.LockRules;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;

/** The operating system of one machine: mounts, caches, and write-back at moments that the choices pick. */
public final class Kernel {

    private final World world;
    private final Vfs vfs;

    /** @param choices the kernel's own stream: when it writes back, and what it evicts */
    public Kernel(World world, int machine, Choices choices, KernelOptions options) {
        this(world, machine, choices, options, LockRules.ALL);
    }

    /** One that may break rules of locking: what a harness for concurrency is tested with. */
    public Kernel(World world, int machine, Choices choices, KernelOptions options, LockRules rules) {
        this.world = world;
        this.vfs = new Vfs(
                world,
                machine,
                choices,
                options.pageLimit(),
                options.metadataBufferLimit(),
                options.writeBack(),
                rules);
    }

    /**
     * Mounts the root filesystem.
     *
     * @param options comma separated, as for mount(8): {@code ro}, {@code noatime}, {@code relatime}, {@code strictatime}, and
     *     those of the filesystem
     * @throws dev.powercut.kernel.vfs.MountException when the image cannot be mounted
     */
    public FileSystem mountRoot(FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        FileSystem mounted = vfs.mounts().mountRoot(type, device, readOnly, options);
        world.trace().step("kernel.mount", "/", readOnly ? 1 : 0);
        return mounted;
    }

    /** Mounts over an existing directory. */
    public FileSystem mount(String path, FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        FileSystem mounted = vfs.mounts().mount(path, type, device, readOnly, options);
        world.trace().step("kernel.mount", path, readOnly ? 1 : 0);
        return mounted;
    }

    /** Whether something could not be written to a device, and no fsync has told so yet. */
    public boolean hasUntoldErrors() {
        return vfs.hasUntoldErrors();
    }

    /**
     * Begins to write back in the background, in a task of its own, until {@link #stopWriteBack} or the root is unmounted; for worlds
     * with many tasks.
     *
     * @param choices which metadata goes when
     */
    public void startWriteBack(FlusherLimits limits, Choices choices) {
        vfs.startFlusher(limits, choices);
    }

    /** Ends write-back in the background; what is dirty stays so. */
    public void stopWriteBack() {
        vfs.stopFlusher();
    }

    /**
     * Begins to read ahead of who reads files from one end to the other, in a task of its own, until {@link #stopReadAhead} or the root
     * is unmounted; for worlds with many tasks.
     */
    public void startReadAhead() {
        vfs.startReadAhead();
    }

    /** Ends read-ahead. */
    public void stopReadAhead() {
        vfs.stopReadAhead();
    }

    /**
     * Unmounts what is mounted at a path, everything durable. Unmounting the root is shutting down: processes may still have
     * their working directory there, but can do nothing any more.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EBUSY while files are open there
     */
    public void unmount(String path) {
        if (path.equals("/")) {
            vfs.stopReadAhead();
            vfs.stopFlusher();
        }
        vfs.mounts().unmount(path);
        world.trace().step("kernel.unmount", path, 0);
    }

    public World world() {
        return world;
    }

    public Vfs vfs() {
        return vfs;
    }

    /** A process that sees the mounts of this kernel, with a user, a working directory at the root and umask 022. */
    public Process process(int uid, int gid) {
        return new Process(world, vfs, vfs.context(uid, gid));
    }
}
