package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Now and then a write is acknowledged and never done. */
public final class DroppedWrites extends FaultyDevice {

    public DroppedWrites(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        return request instanceof Request.Write && odds.strike("fault.dropped-write")
                ? Completion.completed()
                : device.submit(request);
    }
}
