package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Now and then a write fails, and nothing of it is written. */
public final class WriteErrors extends FaultyDevice {

    public WriteErrors(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        return request instanceof Request.Write write && odds.strike("fault.write-error")
                ? Completion.failed(new MediumException("cannot write", write.sector()))
                : device.submit(request);
    }
}
