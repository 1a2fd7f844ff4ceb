/**
 * Makes ext2 and ext3 images, revision 1. Above {@code format} and {@code journal}; knows nothing of the mounted filesystem.
 *
 * <p>Invariants. The image depends on device size and {@link dev.powercut.targets.ext.mkfs.MkfsOptions} only. The primary
 * superblock is written last, after a flush, so that an interrupted mkfs leaves no volume. Places and sizes are those that
 * {@code mke2fs} chooses for the same request, without flexible block groups.
 *
 * <p>Deliberately not modelled: RAID strides, bad-block lists, journals on other devices, directory indexes.
 */
@NullMarked
package dev.powercut.targets.ext.mkfs;

import org.jspecify.annotations.NullMarked;
