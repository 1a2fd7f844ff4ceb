/**
 * The gate: what CI runs. It replays the saved cases, then explores within a budget that is counted in distinct states, so that the
 * verdict is the same on every machine, however fast, and however many workers there are.
 *
 * <p>Invariants: what comes of a gate is a pure function of its plan, the corpus and the code; it holds no duration, no time of day
 * and no path of this computer, and its reports are the same byte for byte.
 *
 * <p>Not here: how reports are written, and what a case is.
 */
@NullMarked
package dev.powercut.campaign.gate;

import org.jspecify.annotations.NullMarked;
