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
 * <p>Locks, in the order in which they are taken: the rename lock of a mount; inodes, a directory before what is in it, of two
 * directories under the rename lock the one nearer to the root first and else the one with the lower number, then what is no directory,
 * by number; then the filesystem's own, below which come only waits for the device. An inode's lock covers its entries or its
 * data, size and attributes, and its pages: they are read in, changed, written and dropped by who holds it; a clean page may be
 * dropped while nobody does. Who has an inode locked and must write another one's pages to make room takes that lock only if
 * it is free. Counts of references, and lists of inodes and pages, change between two points of the scheduler and need no lock.
 * Each rule can be broken alone: {@link dev.powercut.kernel.vfs.LockRule}. Where directories have moved, the orders seen so far are
 * forgotten. The order is watched at run time: a lock that is waited for while another is held is an edge of a graph, and a circle in
 * it is a finding, also where no deadlock came of it.
 *
 * <p>What runs at once. Processes that work on different inodes, and all that the page cache answers (reading and writing what is cached,
 * {@code stat}, {@code lseek}, mappings), pass each other without a common lock. Below that each filesystem has one lock of its own,
 * held from the beginning of a call into it to its end, waits for the device included: allocation, metadata and the order of its
 * writes are one transaction at a time, as in many kernels that began so (Linux's ext2 had the big kernel lock until 2.6). Schedules
 * differ at every lock, at every request to the device, and in the page cache, so races of the VFS with itself and with the background
 * tasks show; races between two transactions inside one filesystem cannot happen, and are not looked for.
 *
 * <p>In the background, where there are several tasks: {@code write-back}, and {@code read-ahead} of who reads a file from one end to
 * the other. What write-back could not write is told once to each open file description of the file by its next fsync, fdatasync or
 * msync, as by Linux's errseq_t; as there, close(2) tells nothing.
 *
 * <p>What of special files can occur: a FIFO and a pipe work as pipe(7) says, waiting included; opening a character device gives what
 * its driver gives, opening one without a driver, a block device or a socket ENXIO.
 *
 * <p>Not modelled here: a cache of names (a lookup asks the filesystem each time), capabilities other than being user 0, access
 * control lists, extended attributes as calls, quotas, leases, flock and locks of open file descriptions, O_PATH, O_TMPFILE and
 * O_DIRECT (EINVAL), space behind the end of a file, read-ahead of mapped files and by posix_fadvise.
 */
@NullMarked
package dev.powercut.kernel.vfs;

import org.jspecify.annotations.NullMarked;
