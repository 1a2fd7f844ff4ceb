/**
 * Waiting inside the kernel for something that a signal may cut short, as Linux's interruptible sleep. Layer kernel, its lowest
 * part.
 *
 * <pre>
 *   WaitList         tasks that wait for something to happen to one object: bytes in a pipe, a lock on a range
 *   Interruptions    which tasks take signals, and where each of them waits just now
 *   InterruptedWait  what a wait that a signal cut short ends with; the system call turns it into EINTR or begins again
 * </pre>
 *
 * <p>Invariants. A waiter re-checks what it waits for. Who waits has changed nothing that it would not undo when the wait is cut
 * short. A world with one task registers nobody, and pays for a wait only.
 *
 * <p>Not modelled here: waits that must not be cut short; these use {@link dev.powercut.sim.Lock} and {@link
 * dev.powercut.sim.Completion}.
 */
@NullMarked
package dev.powercut.kernel.wait;

import org.jspecify.annotations.NullMarked;
