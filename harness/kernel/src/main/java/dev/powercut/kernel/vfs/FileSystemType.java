package dev.powercut.kernel.vfs;

/** A kind of filesystem that can be mounted. */
public interface FileSystemType {

    /** Name as in /proc/filesystems, for example {@code ext2}. */
    String name();

    /**
     * Mounts what is on a device. An image that was not unmounted cleanly is recovered first.
     *
     * @throws MountException when the image cannot be mounted: it says why, where, and what would help
     */
    FileSystem mount(MountRequest request);
}
