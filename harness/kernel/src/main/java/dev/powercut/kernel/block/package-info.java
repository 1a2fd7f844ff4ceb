/**
 * The block layer: a queue of requests between the filesystems and a device. Layer kernel, above the disks of sim and nothing else of
 * the kernel's; a machine without it hands its requests to the device one by one.
 *
 * <pre>
 *   submit (top half)    checks, copies what is to be written, queues; returns at once
 *   elevator             which request is next: C-LOOK by sector, up to the next flush
 *   interrupt (bottom    after the time that moving there takes: does it at the device, completes it, wakes who waits,
 *   half)                goes on with the next
 * </pre>
 *
 * <p>Invariants. A flush waits for all that was queued before it, and all that is queued after it waits for the flush. Two requests
 * that touch the same sector, one of them writing, keep their order. Each request completes.
 *
 * <p>Not modelled here: merging of neighbouring requests, several hardware queues, priorities, deadlines (a scan comes round, so
 * nothing waits for ever between two flushes).
 */
@NullMarked
package dev.powercut.kernel.block;

import org.jspecify.annotations.NullMarked;
