/**
 * Checks and repairs logfs images. Above {@code format}; knows nothing of the mounted filesystem, nor of its recovery: the log is rolled
 * forward here by an implementation of its own, in memory.
 *
 * <pre>
 * 0  superblock (or its backup), checkpoints (or, when neither is valid, a scan of the whole log), roll-forward
 * 1  inode map, inode records, extents
 * 2  every live block against the summary that tells whose it is, payload checksums, blocks that two claim
 * 3  directories: records, names, what they lead to; inodes that the map has lost are taken from the log
 * 4  connectivity (lost+found), link counts
 * 5  segment usage, counts
 * </pre>
 *
 * <p>{@link dev.powercut.targets.logfs.fsck.ImageDump} shows in words what is read here.
 *
 * <p>A pass notes what is wrong and puts it right at once, in memory. A repair then writes what has changed: to free blocks, as one group of
 * partial writes with a new inode map and usage table, and after a flush new checkpoints. Nothing live is overwritten, so that a repair
 * that is cut short leaves the image as it was before it.
 *
 * <p>Invariants. Work is linear (up to sorting) in what the image holds; loops end. Memory is that of all metadata. A <em>quick</em> check, for
 * the inner loop of exploration, reads only what the checkpoint and the log behind it lead to, no file data and no summaries but those
 * of the log behind the checkpoint.
 *
 * <p>A problem is <em>benign</em> when mending it loses nothing and the volume can be used without: all else is <em>damage</em>.
 *
 * <p>Deliberately not done: telling which byte of a partial write with a wrong checksum is wrong (what is live in it is copied as it is,
 * under a new checksum).
 */
@NullMarked
package dev.powercut.targets.logfs.fsck;

import org.jspecify.annotations.NullMarked;
