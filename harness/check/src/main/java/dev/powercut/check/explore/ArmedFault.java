package dev.powercut.check.explore;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;

/** A device that is sound at first, and goes wrong from a moment on: mounting is not what is under test. */
public final class ArmedFault implements BlockDevice {

    private final BlockDevice faulty;
    private BlockDevice now;

    public ArmedFault(BlockDevice sound, BlockDevice faulty) {
        this.now = sound;
        this.faulty = faulty;
    }

    /** From now on it goes wrong. */
    public void arm() {
        now = faulty;
    }

    @Override
    public long sectorCount() {
        return now.sectorCount();
    }

    @Override
    public boolean mayFail() {
        return true;
    }

    @Override
    public Completion submit(Request request) {
        return now.submit(request);
    }
}
