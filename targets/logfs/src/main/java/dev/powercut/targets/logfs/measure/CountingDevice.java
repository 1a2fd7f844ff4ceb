package dev.powercut.targets.logfs.measure;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** Counts the sectors that go to a device and come from it. */
final class CountingDevice implements BlockDevice {

    private final BlockDevice device;
    private long readSectors;
    private long writtenSectors;

    CountingDevice(BlockDevice device) {
        this.device = device;
    }

    long readSectors() {
        return readSectors;
    }

    long writtenSectors() {
        return writtenSectors;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> readSectors += read.count();
            case Request.Write write -> writtenSectors += write.count();
            case Request.Flush flush -> {}
            case Request.Discard discard -> {}
        }
        return device.submit(request);
    }

    @Override
    public boolean mayFail() {
        return device.mayFail();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        return device.skipZeroes(sector, end);
    }
}
