/**
 * Checks and repairs ext2 and ext3 images. Above {@code format} and {@code journal}; knows nothing of the mounted filesystem.
 *
 * <p>Five passes, as e2fsck has them: inodes and their blocks; directories; connectivity; link counts; bitmaps and totals
 * (pass 0 looks at superblock, descriptors and journal). An ext3 image is recovered before anything is looked at. One scan finds all problems and changes nothing; repairs follow from what it
 * found. A problem is <em>benign</em> when a crash of a filesystem that orders its writes may leave it, and mending it loses
 * nothing that was promised; all else is <em>damage</em>.
 *
 * <p>Invariants. Work is linear in the metadata: no block is followed twice, however often it is pointed to, so that loops
 * end. Memory is bits per block and per inode, and words per inode in use and per directory block. A
 * block that two files claim is copied for the second one, as long as there is room. Every write goes through
 * the {@link dev.powercut.sim.disk.BlockDevice}, in stages with a flush after each; after every prefix of the writes of a
 * {@code -p} run, and any order within one stage, only benign problems remain. The clean flag is written last. A {@link
 * dev.powercut.targets.ext.fsck.Fsck} keeps its scratch memory between runs. Nothing depends on real time: deletion times
 * that a repair sets come from the caller or from the superblock.
 *
 * <p>Deliberately not done: moving bitmaps and inode tables to other places; rebuilding the index of a directory (it is
 * dropped); telling which of two claimants a block belongs to (each gets one); journals on other devices.
 */
@NullMarked
package dev.powercut.targets.ext.fsck;

import org.jspecify.annotations.NullMarked;
