/**
 * Layer campaign: what filesystems cost, side by side, and what they measure of themselves. The disk is a model ({@link
 * dev.powercut.sim.disk.DiskTiming}) and time is virtual: the same numbers on every computer, for comparison, not prediction. Reads are not
 * counted: what is read here is in memory.
 */
@NullMarked
package dev.powercut.campaign.cost;

import org.jspecify.annotations.NullMarked;
