/**
 * Workloads: operations as values with a text form, what generates them, and the executor that runs them on a simulated
 * kernel and records what happened when. Layer check.
 *
 * <p>Invariants. An operation is a value; running the same steps on the same choices gives the same history. The number of a
 * step is its name for good: it does not change when other steps are left out, and all that a step draws or writes depends on
 * its own number only. Written data is a function of (step number, file offset), never zero, so that each byte found later
 * tells who wrote it.
 *
 * <p>Not modelled here: several tasks at a time.
 */
@NullMarked
package dev.powercut.check.workload;

import org.jspecify.annotations.NullMarked;
