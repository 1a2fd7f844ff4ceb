/**
 * The test of the harness by itself: every planted defect of every target is found, and in a correct target nothing is.
 *
 * <p>Invariants: which defects are found, by which oracle and after how many states does not depend on the machine nor on how many
 * workers there are; processor time does, and is told beside it.
 *
 * <p>Not here: defects of targets that are no filesystems.
 */
@NullMarked
package dev.powercut.campaign.selftest;

import org.jspecify.annotations.NullMarked;
