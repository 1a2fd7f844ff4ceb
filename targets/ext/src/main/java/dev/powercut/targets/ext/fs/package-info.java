/**
 * The mounted ext2 filesystem. Above {@code format} and the kernel's caches; below the target's registration.
 *
 * <pre>
 * ExtFileSystem      what the VFS calls: one lock, one operation at a time
 *   NameOperations, Renaming       names: create, link, unlink, rmdir, rename
 *   FilePages, Truncation          contents: delayed allocation, writing pages, shrinking, deleting
 *   HolePunching                   holes in the middle of files
 *   Directory                      entries in blocks: find, insert, remove, list
 *   BlockTree                      file block to block: direct and indirect pointers
 *   InodeStore                     inode records, and the inodes in memory
 *   BlockAllocator, InodeAllocator bitmaps
 *   SuperblockState, GroupCounts   the clean bit, features, summary counts
 *   UpdateDiscipline               when and in which order sectors reach the disk: CarefulOrdering
 * </pre>
 *
 * <p>Invariants. Every change of metadata goes through {@link dev.powercut.targets.ext.fs.UpdateDiscipline} at a site named in
 * {@link dev.powercut.targets.ext.fs.Sites}. An inode record lies within one sector, so it changes atomically. A bitmap says
 * "in use" from before the first pointer until after the last one is durably gone. The size on the disk covers only data that
 * was written. New directory blocks are laid out so that no entry crosses a sector. Whatever an image holds, a call either
 * succeeds or fails with an errno: numbers read from the disk are checked before they are used, and loops are bounded by the
 * size of the volume.
 *
 * <p>Deliberately not modelled: extended attributes as calls (their blocks are kept, counted and freed), quotas, the
 * preallocation window, atomic access to one filesystem by several tasks at once (one lock covers it), online resizing.
 */
@NullMarked
package dev.powercut.targets.ext.fs;

import org.jspecify.annotations.NullMarked;
