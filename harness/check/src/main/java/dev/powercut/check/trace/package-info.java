/**
 * The way of calls through the layers: system call, VFS, page cache, filesystem, block layer, disk. Layer check.
 *
 * <p>Which layer asked for a request to the disk is read off the stack of the task that made it, so that no layer knows of being
 * watched and every target can be: whatever is neither the kernel's nor the simulation's is the filesystem's.
 *
 * <p>Invariants. A run that is watched is the same run: same choices, same hash. Not shown: calls between layers from which no request
 * came, since what a cache answers goes no further.
 */
@NullMarked
package dev.powercut.check.trace;

import org.jspecify.annotations.NullMarked;
