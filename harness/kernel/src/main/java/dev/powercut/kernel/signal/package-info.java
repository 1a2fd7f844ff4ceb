/**
 * Signals as data: their numbers, what they do by default, sets of them, and those that are pending. Layer kernel, above nothing;
 * who sends and takes them is in {@link dev.powercut.kernel.process}.
 *
 * <p>Invariants. Of a standard signal one is pending at most; real-time signals queue in the order in which they were sent, each with
 * its data. What is taken is the lowest number first, as Linux does it and POSIX wants it of real-time signals.
 *
 * <p>Not modelled here: alternate stacks, and what the hardware would tell besides an address.
 */
@NullMarked
package dev.powercut.kernel.signal;

import org.jspecify.annotations.NullMarked;
