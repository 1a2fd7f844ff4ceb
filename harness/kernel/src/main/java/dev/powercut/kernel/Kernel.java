package dev.powercut.kernel;

import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;

/** The operating system of one machine: mounts, caches, and write-back at moments that the choices pick. */
public final class Kernel {

    /** @param choices the kernel's own stream: when it writes back, and what it evicts */
    public Kernel(World world, int machine, Choices choices, KernelOptions options) {
        throw new UnsupportedOperationException();
    }

    /**
     * Mounts the root filesystem.
     *
     * @throws dev.powercut.kernel.vfs.MountException when the image cannot be mounted
     */
    public FileSystem mountRoot(FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        throw new UnsupportedOperationException();
    }

    /** Mounts over an existing directory. */
    public FileSystem mount(String path, FileSystemType type, BlockDevice device, boolean readOnly, String options) {
        throw new UnsupportedOperationException();
    }

    /** Unmounts what is mounted at a path; EBUSY while files are open there. */
    public void unmount(String path) {
        throw new UnsupportedOperationException();
    }

    /** A process that sees the mounts of this kernel, with a user, a working directory at the root and umask 022. */
    public Process process(int uid, int gid) {
        throw new UnsupportedOperationException();
    }
}
