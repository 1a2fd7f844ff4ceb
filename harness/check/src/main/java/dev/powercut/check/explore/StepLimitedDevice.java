package dev.powercut.check.explore;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** A device that stops who asks it without end: each request costs one step, and one more for each sector it moves. */
public final class StepLimitedDevice implements BlockDevice {

    private final BlockDevice device;
    private final long stepLimit;
    private long steps;

    public StepLimitedDevice(BlockDevice device, long stepLimit) {
        this.device = device;
        this.stepLimit = stepLimit;
    }

    @Override
    public boolean mayFail() {
        return device.mayFail();
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    /** @throws StepLimitException when the limit is reached */
    @Override
    public Completion submit(Request request) {
        steps += 1
                + switch (request) {
                    case Request.Read read -> read.count();
                    case Request.Write write -> write.count();
                    case Request.Flush flush -> 0;
                    case Request.Discard discard -> 0;
                };
        if (steps > stepLimit) {
            throw new StepLimitException(stepLimit);
        }
        return device.submit(request);
    }
}
