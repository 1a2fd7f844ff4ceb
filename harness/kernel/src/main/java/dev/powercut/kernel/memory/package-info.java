/**
 * Address spaces of processes. Layer kernel, above vfs.
 *
 * <pre>
 *   AddressSpace   regions of pages, by address; what a process can load from and store to
 *   Region         one mapping: a range of addresses, what it may be used for, and what is behind it
 *   Backing        what that is: zeroes, memory that processes share, or a file's pages in the page cache
 *   Frame          a page of private memory, shared by parent and child until one of them stores to it
 * </pre>
 *
 * <p>Invariants. A shared file mapping keeps no copy: each load and store goes to the page cache, so it agrees with read and write,
 * and what is stored reaches the disk when the page is written back, by msync, by fsync, or not at all. A private page is the
 * file's, or zero, until the first store to it; a truncation that takes the page away takes the copy too. A frame with several owners
 * is never stored to.
 *
 * <p>Not modelled here: mlock, madvise, swapping, overcommitment, huge pages, execution of what is mapped. What is stored
 * behind the end of a file in its last page is gone at once, where Linux keeps it until the page is written back.
 */
@NullMarked
package dev.powercut.kernel.memory;

import org.jspecify.annotations.NullMarked;
