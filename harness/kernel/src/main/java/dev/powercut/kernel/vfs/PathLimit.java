package dev.powercut.kernel.vfs;

/** What pathconf(3) can be asked, named as POSIX names it without the prefix _PC_. */
public enum PathLimit {
    LINK_MAX,
    NAME_MAX,
    PATH_MAX,
    PIPE_BUF,
    CHOWN_RESTRICTED,
    NO_TRUNC,
    SYNC_IO,
    FILESIZEBITS,
    REC_XFER_ALIGN,
    ALLOC_SIZE_MIN,
    SYMLINK_MAX,
    TIMESTAMP_RESOLUTION,
    TWO_SYMLINKS;

    private static final int SIGN_BIT = 1;

    long of(Mount mount, Inode inode) {
        FileSystemLimits limits = mount.fileSystem.limits();
        return switch (this) {
            case LINK_MAX -> limits.maxLinks();
            case NAME_MAX -> mount.fileSystem.statistics().nameMaxBytes();
            case PATH_MAX -> PathWalk.MAX_PATH_BYTES + 1;
            case PIPE_BUF -> {
                if (!inode.isDirectory() && Mode.type(inode.mode()) != Mode.FIFO) {
                    throw Errno.EINVAL.exception("neither a FIFO nor a directory");
                }
                yield Pipe.ATOMIC_BYTES;
            }
            case CHOWN_RESTRICTED, NO_TRUNC, SYNC_IO, TWO_SYMLINKS -> 1;
            case FILESIZEBITS -> Long.SIZE - Long.numberOfLeadingZeros(limits.maxFileSizeBytes()) + SIGN_BIT;
            case REC_XFER_ALIGN, ALLOC_SIZE_MIN -> mount.blockSizeBytes();
            case SYMLINK_MAX -> limits.maxSymlinkBytes();
            case TIMESTAMP_RESOLUTION -> limits.timeStepNanos();
        };
    }
}
