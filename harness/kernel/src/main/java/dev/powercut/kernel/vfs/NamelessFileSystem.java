package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import org.jspecify.annotations.Nullable;

/** Where inodes without names live, mounted nowhere: those of pipes, as Linux's pipefs, and of the console. It keeps nothing. */
final class NamelessFileSystem implements FileSystem, FileSystemType {

    private static final int BLOCK_BYTES = 4096;

    private final Nameless root = new Nameless(this, 1);
    private long inodes = 1;

    NamelessFileSystem() {
        root.setMode(Mode.DIRECTORY | 0x1ED);
        root.setLinkCount(1);
    }

    private static final class Nameless extends Inode {
        Nameless(FileSystem fileSystem, long number) {
            super(fileSystem, number);
        }
    }

    /** A new inode. */
    Inode newInode(int mode, int device, int uid, int gid, long nowNanos) {
        Inode inode = new Nameless(this, ++inodes);
        inode.setMode(mode);
        inode.setDevice(device);
        inode.setOwner(uid, gid);
        inode.setLinkCount(1);
        inode.setAccessedNanos(nowNanos);
        inode.setModifiedNanos(nowNanos);
        inode.setChangedNanos(nowNanos);
        return inode;
    }

    @Override
    public String name() {
        return "nameless";
    }

    @Override
    public FileSystem mount(MountRequest request) {
        throw new MountException(Errno.ENODEV, "it is the kernel's own");
    }

    @Override
    public FileSystemType type() {
        return this;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public @Nullable Inode lookup(Inode directory, String name) {
        return null;
    }

    private static ErrnoException noNames() {
        return Errno.EPERM.exception("there are no names here");
    }

    @Override
    public Inode create(Inode directory, String name, NewInode what) {
        throw noNames();
    }

    @Override
    public void link(Inode directory, String name, Inode inode) {
        throw noNames();
    }

    @Override
    public void unlink(Inode directory, String name, Inode inode) {
        throw noNames();
    }

    @Override
    public void rmdir(Inode directory, String name, Inode child) {
        throw noNames();
    }

    @Override
    public void rename(
            Inode fromDirectory,
            String fromName,
            Inode toDirectory,
            String toName,
            Inode moved,
            @Nullable Inode replaced) {
        throw noNames();
    }

    @Override
    public String readlink(Inode symlink) {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void readdir(Inode directory, long cursor, DirectorySink sink) {
        // No names.
    }

    @Override
    public void readPage(Inode inode, long pageIndex, byte[] page) {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void reserve(Inode inode, long offsetBytes, long endBytes, int uid) {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        // No pages.
    }

    @Override
    public void truncate(Inode inode, long oldSizeBytes) {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void attributesChanged(Inode inode) {
        // The inode in memory is all there is.
    }

    @Override
    public void syncInode(Inode inode, boolean dataOnly, Trigger trigger) {
        throw Errno.EINVAL.exception();
    }

    @Override
    public void syncAll(Trigger trigger) {
        // Nothing is ever durable.
    }

    @Override
    public void writeBackSome(Choices choices) {
        // Nothing is ever durable.
    }

    @Override
    public void evict(Inode inode) {
        // The inode in memory was all there was.
    }

    @Override
    public FileSystemStatistics statistics() {
        return new FileSystemStatistics(BLOCK_BYTES, 0, 0, 0, 0, 0, 255);
    }

    @Override
    public FileSystemLimits limits() {
        return new FileSystemLimits(127, Long.MAX_VALUE, 4095, 1);
    }

    @Override
    public void unmount() {
        // Mounted nowhere.
    }
}
