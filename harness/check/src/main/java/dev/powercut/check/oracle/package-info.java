/**
 * One class for each way of being wrong. Layer check.
 *
 * <p>An {@link dev.powercut.check.oracle.Oracle} is shown {@link dev.powercut.check.oracle.Evidence}, stage by stage, as a crash
 * state is worked through: recovered, recovered again, mounted, used, compared with what had been promised. It says what is
 * wrong with it, or nothing.
 *
 * <p>Invariants. An oracle keeps no state between calls, so the order of the states has no influence on what it says; it does not
 * change what it is shown. A kind is a stable word without numbers, so that findings of the same sort have the same fingerprint.
 *
 * <p>Not here: the judge that is an external tool, and the comparison of whole runs (both in campaign).
 */
@NullMarked
package dev.powercut.check.oracle;

import org.jspecify.annotations.NullMarked;
