/**
 * The redo log of ext3 (JBD2): its format, and recovery from it. Above {@code format}; used by mkfs, fsck and the mounted filesystem,
 * and knows none of them.
 *
 * <p>What lives here: {@link dev.powercut.targets.ext.journal.JournalFormat} draws the log and names every offset; the codecs read and
 * write whole blocks of it ({@link dev.powercut.targets.ext.journal.DescriptorWriter}, {@link
 * dev.powercut.targets.ext.journal.TagCursor}, {@link dev.powercut.targets.ext.journal.RevokeBlock}, {@link
 * dev.powercut.targets.ext.journal.CommitBlock}) and single fields of its superblock ({@link
 * dev.powercut.targets.ext.journal.JournalSuperblock}); {@link dev.powercut.targets.ext.journal.JournalGeometry} and {@link
 * dev.powercut.targets.ext.journal.JournalMap} are the objects in memory made from validated bytes.
 *
 * <p>Invariants. Journal blocks are numbered from the journal's superblock, block 0 of its inode; home blocks are blocks of the volume.
 * Sequence numbers wrap, and are compared by {@link dev.powercut.targets.ext.journal.Sequence} only. No decoder looks beyond its block,
 * whatever the bytes are; a loop over the log never looks at more blocks than the log has.
 *
 * <p>Deliberately not modelled: a journal on a device of its own, fast commits, journals that filesystems share, volumes of more than
 * 2<sup>31</sup> blocks (tags of 64 bits are read, and must be in the volume).
 */
@NullMarked
package dev.powercut.targets.ext.journal;

import org.jspecify.annotations.NullMarked;
