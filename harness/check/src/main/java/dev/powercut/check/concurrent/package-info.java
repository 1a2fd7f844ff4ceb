/**
 * Filesystems used by several processes at once. Layer check.
 *
 * <p>{@link dev.powercut.check.concurrent.Program} says what each process does. {@link dev.powercut.check.concurrent.ConcurrentBench}
 * runs it under a schedule and judges: every process comes to its end, locks are taken in one order, fsck is content, and some
 * {@link dev.powercut.check.concurrent.Linearisation linearisation} of the calls explains every result and what the disk holds in
 * the end. A schedule is a {@link dev.powercut.check.concurrent.SavedSchedule}: the few decisions at which it was not the dull task that
 * went on.
 *
 * <p>Invariants. The same program, schedule and choices give the same run, hash included. Nothing is called a finding that some
 * order of the calls' steps explains. A search that its budget ended is counted, and is no finding.
 *
 * <p>Not modelled here: symbolic links, which change a path under way; appending, whose data say where they were meant to go;
 * stores to mapped files, which are no calls; times; users other than the super-user.
 */
@NullMarked
package dev.powercut.check.concurrent;

import org.jspecify.annotations.NullMarked;
