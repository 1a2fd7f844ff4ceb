package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A mounted filesystem: what differs from one to another.
 *
 * <p>The VFS calls these with the arguments checked: names are valid and not {@code .} or {@code ..}, the caller may do it, a
 * name to be created does not exist, one to be removed does and has the right type, a rename is legal. Each method either
 * succeeds as a whole in memory or throws {@link ErrnoException} and has changed nothing.
 *
 * <p>Who does what. The filesystem updates link counts, directory contents and sizes, block counts, and the times of the
 * inodes that a namespace operation touches (mtime and ctime of the directories, ctime of the inode). The VFS updates size and
 * times for data changes, and owners and modes, in the {@link Inode} and then calls {@link #attributesChanged}. The VFS
 * dirties pages; {@link #writePages} writes them where the filesystem chooses. When something is written is the kernel's
 * choice (fsync, sync, eviction, write-back, unmount); where and in which order is the filesystem's alone.
 *
 * <p>Locks. The VFS holds the lock of each directory whose entries are read or changed, of what is removed, moved or replaced,
 * and of an inode whose contents or attributes are changed. What inodes share (bitmaps, blocks of inodes) is the filesystem's to
 * protect.
 */
public interface FileSystem {

    FileSystemType type();

    /** Whether nothing can be changed: mounted so, or because the filesystem has given up after an error of its device. */
    boolean isReadOnly();

    Inode root();

    /** The inode that a directory's entry names, or null when there is no such entry. */
    @Nullable
    Inode lookup(Inode directory, String name);

    /** Makes a new file of any type except hard link: regular, directory, symlink, FIFO, socket, device. */
    Inode create(Inode directory, String name, NewInode what);

    /** Adds a name for an existing inode that is not a directory. */
    void link(Inode directory, String name, Inode inode);

    /** Removes a name of something that is not a directory. The inode lives on while it has links or is open. */
    void unlink(Inode directory, String name, Inode inode);

    /**
     * Removes an empty directory.
     *
     * @throws ErrnoException ENOTEMPTY
     */
    void rmdir(Inode directory, String name, Inode child);

    /**
     * Moves a name. {@code replaced}, when there is one, is of the same sort (directory or not) as {@code moved} and not the
     * same inode.
     *
     * @throws ErrnoException ENOTEMPTY when a directory to be replaced is not empty
     */
    void rename(
            Inode fromDirectory,
            String fromName,
            Inode toDirectory,
            String toName,
            Inode moved,
            @Nullable Inode replaced);

    /** The target of a symbolic link. */
    String readlink(Inode symlink);

    /**
     * Lists a directory from a cursor on, {@code .} and {@code ..} included, until the sink says stop. Cursor 0 is the
     * beginning; each entry comes with the cursor that continues right after it. Entries that exist all the time are seen
     * exactly once.
     */
    void readdir(Inode directory, long cursor, DirectorySink sink);

    /** Fills a page (of {@link Page#BYTES} bytes) with the file's durable-side contents; holes and what is beyond the end are zero. */
    void readPage(Inode inode, long pageIndex, byte[] page);

    /**
     * The first offset from {@code offsetBytes} on at which a file has space, on the disk or reserved, or {@link Long#MAX_VALUE}. A
     * filesystem that does not know its holes says that all is data.
     */
    default long nextData(Inode inode, long offsetBytes) {
        return offsetBytes;
    }

    /** The first offset from {@code offsetBytes} on at which a file has no space: a hole, or the end of the file. */
    default long nextHole(Inode inode, long offsetBytes) {
        return inode.sizeBytes();
    }

    /** Space reserved for dirty pages, in units of 512 bytes: what blocks512 will grow by when they are written. */
    default long reservedBlocks512(Inode inode) {
        return 0;
    }

    /**
     * Takes the blocks away that lie wholly in {@code offsetBytes} to {@code endBytes - 1}: from now on this is a hole. The VFS has
     * dropped or zeroed the pages, and said so of what is not wholly taken away; an end at the end of the file is given as that of
     * its last block.
     *
     * @throws ErrnoException EOPNOTSUPP when files cannot have holes made into them
     */
    default void punchHole(Inode inode, long offsetBytes, long endBytes) {
        throw Errno.EOPNOTSUPP.exception("no holes can be punched");
    }

    /**
     * Makes sure that bytes {@code offsetBytes} to {@code endBytes - 1} of a file, which are about to be dirtied, can be
     * written out later, reserving space for the blocks among them that have none yet; bytes that the file has no block for
     * and that were not reserved must be zero when their page is written out.
     *
     * @param uid the effective user who asks: some space may be kept for the super-user
     * @throws ErrnoException ENOSPC, EFBIG
     */
    void reserve(Inode inode, long offsetBytes, long endBytes, int uid);

    /**
     * Writes out the dirty pages among {@code firstPage} to {@code lastPage} and marks them clean; afterwards the size that
     * the filesystem records may grow to cover them. Nothing is promised to be durable.
     */
    void writePages(Inode inode, long firstPage, long lastPage, Trigger trigger);

    /**
     * The size becomes smaller or larger. The VFS has already dropped or zeroed the pages beyond the new end and set {@link
     * Inode#sizeBytes()}; {@code oldSizeBytes} is the size before.
     */
    void truncate(Inode inode, long oldSizeBytes);

    /** Mode, owner, times or size in the {@link Inode} have changed. */
    void attributesChanged(Inode inode);

    /**
     * Makes an inode durable: what a file's contents (whose pages have been written by {@link #writePages}) need to be read
     * back, its attributes unless {@code dataOnly}; of a directory, its entries. Returns when it is durable.
     *
     * @throws ErrnoException EIO when the device failed and the filesystem has given up over it
     */
    void syncInode(Inode inode, boolean dataOnly, Trigger trigger);

    /** Makes everything durable; file pages have been written by {@link #writePages}. */
    void syncAll(Trigger trigger);

    /** The kernel writes back some metadata now; how much and which is up to the choices, the order to the filesystem. */
    void writeBackSome(Choices choices);

    /**
     * Called between operations of a process, while those of others may be in progress: under its lock, the moment to keep to the
     * limit of metadata buffers, see {@link dev.powercut.kernel.cache.MetadataCache#trim}.
     */
    default void trim() {}

    /** The last reference is gone: an inode without links is deleted, another may be forgotten. */
    void evict(Inode inode);

    FileSystemStatistics statistics();

    FileSystemLimits limits();

    /** Ends the mount: everything durable, the image marked clean. */
    void unmount();
}
