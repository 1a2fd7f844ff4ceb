package dev.powercut.check.explore;

import dev.powercut.check.model.Model;
import dev.powercut.sim.disk.DiskImage;

/**
 * A disk with what a workload needs on it, unmounted.
 *
 * @param contents the same as the model knows it
 */
public record PreparedDisk(DiskImage image, Model contents) {}
