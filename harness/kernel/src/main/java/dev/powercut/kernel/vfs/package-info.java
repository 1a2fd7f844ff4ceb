/**
 * The filesystem side of the simulated operating system, shaped like Linux's VFS: path walking, inodes, open file
 * descriptions, and the {@link dev.powercut.kernel.vfs.FileSystem} interface that a filesystem implements.
 *
 * <p>Invariants. The VFS does what is the same for all filesystems (names, permissions, existence and type checks, limits,
 * page cache, times of data changes); a filesystem implements only what differs. System calls have POSIX names and fail with
 * {@link dev.powercut.kernel.vfs.Errno}. {@code write} returning means handed over to the page cache, not durable.
 *
 * <p>Not modelled here: access control lists, extended attributes as calls, quotas, leases.
 */
@NullMarked
package dev.powercut.kernel.vfs;

import org.jspecify.annotations.NullMarked;
