package dev.powercut.kernel.vfs;

import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;
import dev.powercut.sim.disk.BlockDevice;
import org.jspecify.annotations.Nullable;

/** A filesystem in the tree of names. */
final class Mount {

    final FileSystem fileSystem;
    final Inode root;
    final @Nullable BlockDevice device;
    final AccessTimes accessTimes;

    /** Where it is mounted; null for the root of the tree. */
    final @Nullable Mount parent;

    /** The directory that it covers, retained; null for the root of the tree. */
    final @Nullable Inode covered;

    /** Held by a rename between two directories, so that the tree above them stays as it is (as Linux's s_vfs_rename_mutex). */
    final Lock renameLock;

    /** Open file descriptions. */
    int openFiles;

    /** Processes whose working directory is here. */
    int workingDirectories;

    /** What could not be written; null where the device does not fail. */
    final @Nullable NotedErrors errors;

    boolean detached;
    private final boolean wasMountedReadOnly;
    private int blockSizeBytes;

    Mount(
            Runner runner,
            FileSystem fileSystem,
            @Nullable BlockDevice device,
            AccessTimes accessTimes,
            @Nullable Mount parent,
            @Nullable Inode covered,
            @Nullable NotedErrors errors) {
        this.errors = errors;
        this.fileSystem = fileSystem;
        this.root = fileSystem.root();
        this.device = device;
        this.accessTimes = accessTimes;
        this.parent = parent;
        this.covered = covered;
        this.wasMountedReadOnly = fileSystem.isReadOnly();
        this.renameLock = new Lock(runner, "rename");
    }

    boolean isReadOnly() {
        return fileSystem.isReadOnly();
    }

    void requireWritable() {
        if (isReadOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    /**
     * Whether all is durable, since nothing can be changed.
     *
     * @throws ErrnoException EROFS when something could be, and the filesystem has given up since: what is not durable will not be
     */
    boolean hasNothingToSync() {
        if (!wasMountedReadOnly) {
            requireWritable();
        }
        return wasMountedReadOnly;
    }

    int blockSizeBytes() {
        if (blockSizeBytes == 0) {
            blockSizeBytes = fileSystem.statistics().blockSizeBytes();
        }
        return blockSizeBytes;
    }
}
