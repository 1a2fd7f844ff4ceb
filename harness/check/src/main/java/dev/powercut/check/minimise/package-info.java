/**
 * Makes small what shows a finding. Layer check.
 *
 * <p>A {@link dev.powercut.check.minimise.Scenario} (steps, and the choices that they run on) goes in, with an {@link
 * dev.powercut.check.minimise.Experiment} that runs one and says whether the finding shows. {@link
 * dev.powercut.check.minimise.Minimiser} leaves out steps, lowers choices, and simplifies arguments and paths, as long as it shows,
 * until nothing more can be taken away. Each candidate is recorded and explored anew.
 *
 * <p>Invariants. The same scenario and experiment give the same result: the order of candidates is fixed, and their number is what
 * bounds the work, never time. A candidate is only taken when it is a simpler {@link
 * dev.powercut.check.minimise.Scenario} (fewer drawn choices, fewer steps, less in them), so the search ends. Steps keep their numbers while others are left out, and
 * choices hang off those numbers, so that what remains goes on as before.
 *
 * <p>Deliberately not done: a search for the smallest scenario there is; what comes out is one from which nothing single can be
 * taken away.
 */
@NullMarked
package dev.powercut.check.minimise;

import org.jspecify.annotations.NullMarked;
