package dev.powercut.check.trace;

import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;

/** Puts something between a filesystem and its device. */
@FunctionalInterface
public interface DeviceTap {

    /** Nothing in between. */
    DeviceTap NONE = (world, device) -> device;

    BlockDevice on(World world, BlockDevice device);
}
