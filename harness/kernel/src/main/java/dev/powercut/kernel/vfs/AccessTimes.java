package dev.powercut.kernel.vfs;

/** When reading updates the access time, as mount(8)'s options of these names. */
enum AccessTimes {
    /** When it is not later than the last change, or a day old. Linux's default since 2.6.30. */
    RELATIVE,
    STRICT,
    NEVER;

    private static final long DAY_NANOS = 86_400_000_000_000L;

    boolean isUpdateDue(Inode inode, long nowNanos) {
        return switch (this) {
            case RELATIVE ->
                inode.accessedNanos() <= inode.modifiedNanos()
                        || inode.accessedNanos() <= inode.changedNanos()
                        || nowNanos - inode.accessedNanos() >= DAY_NANOS;
            case STRICT -> true;
            case NEVER -> false;
        };
    }
}
