/**
 * Litmus tests: small scripts with named outcomes, after Bornholt et al. (<i>Specifying and Checking File System Crash-Consistency
 * Models</i>, ASPLOS 2016) and Pillai et al. (<i>All File Systems Are Not Created Equal</i>, OSDI 2014). Layer check.
 *
 * <p>Invariants. Every recovered tree has exactly one outcome of a test. Which outcomes are allowed is nowhere written down: {@link
 * dev.powercut.check.litmus.LegalTrees} makes every tree that the versions of a script's names, sizes and sectors can be put
 * together to, and what the promises say of each is asked of the same judge that judges crash states.
 */
@NullMarked
package dev.powercut.check.litmus;

import org.jspecify.annotations.NullMarked;
