/**
 * The redo log of ext3, as a mounted filesystem writes it: the second update discipline over the layout of {@code fs}. Above {@code
 * fs} and {@code journal}.
 *
 * <p>What lives here: {@link dev.powercut.targets.ext.redo.RedoLog} keeps operations whole in transactions; {@link
 * dev.powercut.targets.ext.redo.CommitProtocol} is the order of writes and flushes that makes one durable; {@link
 * dev.powercut.targets.ext.redo.Ext3Type} mounts. What is on the disk is drawn in {@code journal.JournalFormat}; recovery is there, too.
 *
 * <p>Invariants. No block goes home before the commit record of its transaction is durable; the log is not overwritten before the
 * superblock durably says that it begins elsewhere; an operation is in one transaction, but for writes and truncations, which are in
 * several steps, each of which leaves something whole.
 *
 * <p>Who commits and checkpoints: where the machine has many tasks, a {@link dev.powercut.targets.ext.redo.JournalTask} of each mount,
 * while others go on in the next transaction; where it has one, the operation that asks. The code in between is the same: {@link
 * dev.powercut.targets.ext.redo.Transactions}.
 *
 * <p>After a lost write the log is aborted, as on Linux with {@code errors=remount-ro}: the fsync under way fails with EIO, what comes
 * after and would change something, or make it durable, with EROFS; files can still be read. The next mount recovers what was committed,
 * and says in the superblock that the volume has errors, until fsck has looked at all of it.
 *
 * <p>A journal with checksums v2 or v3 keeps them, whatever the volume's features are. Linux's driver of ext4 differs: on a volume
 * without metadata_csum it takes them off the journal when it mounts. Mount options: {@link
 * dev.powercut.targets.ext.redo.Ext3Options}.
 *
 * <p>Deliberately not modelled: external journals, fast commits, other policies for errors.
 */
@NullMarked
package dev.powercut.targets.ext.redo;

import org.jspecify.annotations.NullMarked;
