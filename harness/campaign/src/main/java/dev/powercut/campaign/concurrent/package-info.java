/**
 * Several processes on one filesystem, as a campaign: many programs, many schedules of each, power cuts in each schedule; findings
 * made small, told, saved and replayed. Layer campaign.
 *
 * <p>Invariants. The same configuration gives the same outcome. A saved case holds the program, the kernel's choices and the schedule
 * as the few decisions that were not dull, so that it replays to the letter; and the steps of the run, so that where a replay goes
 * another way can be told by the first step that differs.
 */
@NullMarked
package dev.powercut.campaign.concurrent;

import org.jspecify.annotations.NullMarked;
