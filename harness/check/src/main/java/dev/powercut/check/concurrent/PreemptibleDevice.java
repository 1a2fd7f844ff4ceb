package dev.powercut.check.concurrent;

import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** A device at which tasks wait: each request is a point at which another task may run before it is done. */
final class PreemptibleDevice implements BlockDevice {

    private final Runner runner;
    private final BlockDevice device;

    PreemptibleDevice(Runner runner, BlockDevice device) {
        this.runner = runner;
        this.device = device;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public boolean mayFail() {
        return device.mayFail();
    }

    @Override
    public Completion submit(Request request) {
        String kind = switch (request) {
            case Request.Read read -> "disk-read";
            case Request.Write write -> "disk-write";
            case Request.Flush flush -> "disk-flush";
            case Request.Discard discard -> "disk-discard";
        };
        runner.point(kind, "disk");
        return device.submit(request);
    }

    @Override
    public long skipZeroes(long sector, long end) {
        return device.skipZeroes(sector, end);
    }
}
