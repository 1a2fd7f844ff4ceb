/**
 * The mounted log-structured filesystem. Above {@code format} and the kernel's page cache; below the target's registration.
 *
 * <pre>
 * LogFileSystem      what the VFS calls: one lock, one operation at a time
 *   NameOperations       names: create, link, unlink, rmdir, rename; each notes an operation record
 *   FilePages            contents: writing pages to the log, holes, truncation
 *   Directory            entries in blocks, which a directory in use keeps in memory
 *   InodeStore           inodes in memory, records, extent trees
 *   Committer            what goes out together: groups, checkpoints, the regions
 *   Reclaim, Cleaner     room: checkpoints that free segments, and copying live data out of others
 *   BackgroundCleaner    does so in a task of its own, where there can be one
 *   CheckpointTimer      writes a checkpoint when the last one is old, in a task of its own, where there can be one
 *   RollForward          from a checkpoint to the log's end; Recovery does that to an image that is not mounted
 *   Log                  blocks to partial writes
 *   InodeMap, SegmentUsage, Space   where inodes are, what is live where, how much room is left
 * </pre>
 *
 * <p>Invariants. Nothing that the newest durable checkpoint, or the log from it on, leads to is overwritten. A group holds, with an inode
 * record or directory, every operation on it so far, as a record in this or an earlier group; so whatever prefix of the groups a crash
 * leaves, roll-forward comes to the state of memory at the end of one group. A new file's record is in the same group as the record
 * of the operation that made it. Space that was granted can always be written: see {@link dev.powercut.targets.logfs.fs.Space}. Whatever
 * an image holds, a call either succeeds or fails with an errno.
 *
 * <p>Deliberately not modelled: extended attributes, quotas, access by several tasks at once (one lock covers all), growing a volume,
 * space that is preallocated without being written (the VFS writes zeroes).
 */
@NullMarked
package dev.powercut.targets.logfs.fs;

import org.jspecify.annotations.NullMarked;
