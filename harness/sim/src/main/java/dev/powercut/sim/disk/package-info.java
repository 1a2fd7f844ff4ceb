/**
 * Simulated disks: an immutable image plus what it has not promised yet, and the log of all that was written.
 *
 * <p>Invariants. A {@link dev.powercut.sim.disk.DiskImage} never changes; equal contents have equal hashes, whatever the
 * path by which they came about. A {@link dev.powercut.sim.disk.Sector} is what the device writes atomically. A write is
 * durable when a flush submitted after its completion has completed, or when it is FUA. Every legal outcome of a power cut
 * comes from one function, {@link dev.powercut.sim.disk.CrashModel#legalStates}.
 *
 * <p>Not modelled here: seek and rotation times, partitions, sector sizes other than 512 bytes.
 */
@NullMarked
package dev.powercut.sim.disk;

import org.jspecify.annotations.NullMarked;
