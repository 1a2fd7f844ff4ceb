/**
 * Makes logfs images. Above {@code format}; knows nothing of the mounted filesystem.
 *
 * <p>Invariants. The image depends on the device's size, the {@link dev.powercut.targets.logfs.mkfs.MkfsOptions}, and the checkpoint
 * numbers of an old logfs on the device only. The superblock is written last, after a flush, so that an interrupted mkfs leaves no
 * volume.
 *
 * <p>Deliberately not modelled: zeroing of what the device held before (nothing of it can be taken for the log, see {@link
 * dev.powercut.targets.logfs.format.Format}).
 */
@NullMarked
package dev.powercut.targets.logfs.mkfs;

import org.jspecify.annotations.NullMarked;
