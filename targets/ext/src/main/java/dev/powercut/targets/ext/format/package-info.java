/**
 * The on-disk layout of ext2 (and of the parts that ext3 shares with it), as bytes. Lowest layer of the ext targets: mkfs,
 * fsck and the mounted filesystem all read and write images through it.
 *
 * <p>What lives here: {@link dev.powercut.targets.ext.format.Format} draws the layout and names every offset; the codecs
 * ({@link dev.powercut.targets.ext.format.Superblock}, {@link dev.powercut.targets.ext.format.GroupDescriptor},
 * {@link dev.powercut.targets.ext.format.InodeRecord}, {@link dev.powercut.targets.ext.format.DirectoryEntry},
 * {@link dev.powercut.targets.ext.format.Bitmap}) read and write single fields of a record straight in a {@code byte[]} at
 * an offset, so that hot paths allocate nothing and bytes that we do not know survive a rewrite;
 * {@link dev.powercut.targets.ext.format.Geometry} and {@link dev.powercut.targets.ext.format.GroupTable} are the in-memory
 * objects made from validated bytes; {@link dev.powercut.targets.ext.format.BlockMap} is the arithmetic of indirect blocks.
 *
 * <p>Invariants. Nothing here reads or writes a device. All integers on disk are little-endian. A record on disk and an
 * object in memory are different types. Block and inode numbers are {@code int}: volumes of more than 2<sup>31</sup> - 1
 * blocks are refused by {@code Geometry}.
 *
 * <p>Deliberately not modelled: extents, 64-bit block numbers, flexible or meta block groups, metadata checksums, clusters,
 * inline data, encryption; images that need one of them to be read are refused with a reason.
 */
@NullMarked
package dev.powercut.targets.ext.format;

import org.jspecify.annotations.NullMarked;
