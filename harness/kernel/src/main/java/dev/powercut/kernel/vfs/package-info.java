/**
 * The filesystem side of the simulated operating system, shaped like Linux's VFS: path walking, inodes, open file
 * descriptions, and the {@link dev.powercut.kernel.vfs.FileSystem} interface that a filesystem implements.
 *
 * <p>Invariants. The VFS does what is the same for all filesystems (names, permissions, existence and type checks, limits,
 * page cache, times of data changes); a filesystem implements only what differs. System calls have POSIX names and fail with
 * {@link dev.powercut.kernel.vfs.Errno}, in the order in which Linux makes its checks where several could fail. {@code write}
 * returning means handed over to the page cache, not durable. A number has one {@link dev.powercut.kernel.vfs.Inode} while it is
 * in memory; an inode without links lives until its last reference is given up. A directory in memory knows the directory above
 * it, which therefore stays in memory too.
 *
 * <p>What of special files can occur: a FIFO works as pipe(7) says, waiting included; opening a device node or a socket gives
 * ENXIO, as for a device that has no driver.
 *
 * <p>Not modelled here: a cache of names (a lookup asks the filesystem each time), capabilities other than being user 0, access
 * control lists, extended attributes as calls, quotas, leases, file locks, O_PATH, O_TMPFILE and O_DIRECT (EINVAL), space behind
 * the end of a file, SIGPIPE.
 */
@NullMarked
package dev.powercut.kernel.vfs;

import org.jspecify.annotations.NullMarked;
