package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Now and then a read fails; the next one may succeed. */
public final class ReadErrors implements BlockDevice {

    private final BlockDevice device;
    private final Odds odds;

    public ReadErrors(BlockDevice device, Odds odds) {
        this.device = device;
        this.odds = odds;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public Completion submit(Request request) {
        return request instanceof Request.Read read && odds.strike("fault.read-error")
                ? Completion.failed(new MediumException("cannot read", read.sector()))
                : device.submit(request);
    }
}
