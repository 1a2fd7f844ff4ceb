/** Litmus tests over crash models and mount options, and the table of what was seen and what is allowed. Layer campaign. */
@NullMarked
package dev.powercut.campaign.litmus;

import org.jspecify.annotations.NullMarked;
