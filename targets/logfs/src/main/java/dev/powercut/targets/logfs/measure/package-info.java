/**
 * What logfs costs, measured on simulated disks: numbers for tables and plots. Above the target, which is used as any machine would use it.
 *
 * <p>Invariants: the same call gives the same numbers, on every machine; what is counted is sectors, never time.
 *
 * <p>Deliberately not measured: how long a disk would take; that is {@link dev.powercut.sim.disk.DiskTiming}'s, and the same for all targets.
 */
@NullMarked
package dev.powercut.targets.logfs.measure;

import org.jspecify.annotations.NullMarked;
