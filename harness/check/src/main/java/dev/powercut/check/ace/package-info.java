/**
 * Bounded exhaustive workloads, after the B3 idea (Mohan et al., <i>Finding Crash-Consistency Bugs with Bounded Black-Box Crash
 * Testing</i>, OSDI 2018, whose generator is called ACE): every sequence of a few core operations over a few names, each followed
 * by every choice of a persistence point. Layer check.
 *
 * <p>{@link dev.powercut.check.ace.Names} says what stands under eight names, {@link dev.powercut.check.ace.Moves} which operations
 * succeed there, and {@link dev.powercut.check.ace.AceSpace} numbers the sequences.
 *
 * <p>Invariants. The workload with a number is computed from the number alone, in time that grows with its length only. Every
 * operation succeeds where it stands. Of workloads that differ only by a renaming of interchangeable names there is one: a
 * directory or file is used only after the one that comes before it. No two numbers give the same workload.
 *
 * <p>Where this differs from ACE. What an operation needs is made <em>before</em> the first one and is on the disk when the
 * recording begins, where ACE makes it right before the operation and leaves it unsynced; that case is a longer sequence here,
 * whose first operation is the creation. Persistence points are any file and directory that the workload has used so far, the root
 * where its names have changed, sync, and none; a workload whose last persistence point is none ends with an unmount, so that
 * what was not asked for is cut while it is written back. A write through a mapping is without msync, which on a
 * mapping that is given up is an fsync of the file. Not here: direct writes and extended attributes, which the simulated kernel
 * does not have.
 */
@NullMarked
package dev.powercut.check.ace;

import org.jspecify.annotations.NullMarked;
