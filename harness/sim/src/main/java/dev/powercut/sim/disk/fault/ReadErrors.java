package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Now and then a read fails; the next one may succeed. */
public final class ReadErrors extends FaultyDevice {

    public ReadErrors(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        return request instanceof Request.Read read && odds.strike("fault.read-error")
                ? Completion.failed(new MediumException("cannot read", read.sector()))
                : device.submit(request);
    }
}
