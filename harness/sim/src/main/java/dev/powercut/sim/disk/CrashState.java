package dev.powercut.sim.disk;

/**
 * A state that power loss may leave.
 *
 * @param image what the disk holds
 * @param kept which of the pending entries it kept
 */
public record CrashState(DiskImage image, Kept kept) {}
