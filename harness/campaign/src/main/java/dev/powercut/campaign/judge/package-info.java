/**
 * Judges from outside: real tools that look at images of ours. Layer campaign.
 *
 * <p>Invariants. A tool sees a copy in a temporary file and its verdict is a pure function of the image; a missing tool is said,
 * never passed over. Nothing of the tool's wall-clock time enters a result.
 */
@NullMarked
package dev.powercut.campaign.judge;

import org.jspecify.annotations.NullMarked;
