package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Now and then a write goes to another place of the same size: the right one keeps what it had. */
public final class MisdirectedWrites extends FaultyDevice {

    public MisdirectedWrites(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        if (!(request instanceof Request.Write write)
                || write.count() >= device.sectorCount()
                || !odds.strike("fault.misdirected-write")) {
            return device.submit(request);
        }
        int places = (int) Math.min(Integer.MAX_VALUE, device.sectorCount() - write.count());
        long elsewhere = odds.anyOf("fault.misdirected-to", 0, places);
        return device.submit(new Request.Write(
                elsewhere < write.sector() ? elsewhere : elsewhere + 1,
                write.count(),
                write.source(),
                write.offsetBytes(),
                write.fua(),
                write.cause()));
    }
}
