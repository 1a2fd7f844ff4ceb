/**
 * From a log to a verdict. Layer check.
 *
 * <p>{@link dev.powercut.check.explore.Recorder} runs a workload on a target: a {@link dev.powercut.check.explore.Recording}. {@link
 * dev.powercut.check.explore.CrashStates} makes every state that a power cut may leave of its log. {@link
 * dev.powercut.check.explore.Explorer} recovers each distinct image once, mounts and reads what recovery left, has oracles judge it
 * against everything that had been promised at the positions where it is legal, and gives a {@link
 * dev.powercut.check.explore.Verdict}: findings by fingerprint, each with its smallest example and the write that was missing.
 *
 * <p>Invariants. The same recording gives the same verdict, hashes included. No work per state is proportional to the size of the
 * disk. Two equal images are recovered once, and two states that differ only in what had been promised are judged twice.
 *
 * <p>Where the power fails again during recovery, that is done for the first crash image that leads to each recovered one: {@link
 * dev.powercut.check.explore.RecoveryCuts}.
 *
 * <p>Not modelled here: several disks.
 */
@NullMarked
package dev.powercut.check.explore;

import org.jspecify.annotations.NullMarked;
