/**
 * The log-structured filesystem: everything goes to a log, and nothing is overwritten in place except two checkpoint regions.
 *
 * <pre>
 * format     the disk format: its specification, records in bytes
 * mkfs       makes images
 * fs         the mounted filesystem: log, maps, files, names, checkpoints, cleaner, roll-forward
 * fsck       reads, checks and mends any image; sees the format only, not fs
 * planted    defects, and the filesystem without single flushes
 * </pre>
 *
 * <p>What a checker has to check of an image (after rolling forward, without writing): each inode map entry leads to a record with its
 * number and version, and no other record; extents are in order, within the size, within segments, and no block belongs to two owners;
 * live bytes of each segment are what inodes, extents and data sum up to, and no live block lies in a segment that counts as free;
 * the log's end lies outside of all that is live; directories' records tile their blocks, names are unique, entries lead to inodes in
 * use with the type that they say; each directory but the root has one entry, in its parent; all inodes are reached; link counts are the
 * numbers of entries (of a directory: 2 plus the directories in it); the counts of inodes in use and of extent blocks.
 */
@NullMarked
package dev.powercut.targets.logfs;

import org.jspecify.annotations.NullMarked;
