package dev.powercut.sim.disk.fault;

import dev.powercut.sim.disk.BlockDevice;

/** What all faults have: the device that they spoil, and how often. */
abstract sealed class FaultyDevice implements BlockDevice
        permits BitRot, DroppedWrites, LatentSectors, MisdirectedWrites, ReadErrors, WriteErrors {

    final BlockDevice device;
    final Odds odds;

    FaultyDevice(BlockDevice device, Odds odds) {
        this.device = device;
        this.odds = odds;
    }

    @Override
    public final boolean mayFail() {
        return true;
    }

    @Override
    public final long sectorCount() {
        return device.sectorCount();
    }
}
