package dev.powercut.kernel.vfs;

import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;

/**
 * A broken lock, for {@link LockRule#LOOKING_AND_WAITING_AT_ONCE}: who finds it held goes to sleep in a step of its own, without looking
 * again, and may sleep through the only wake-up.
 */
final class CarelessLock extends Lock {

    private final Runner runner;
    private final WaitQueue sleepers;

    CarelessLock(Runner runner, String name) {
        super(runner, name);
        this.runner = runner;
        this.sleepers = new WaitQueue("sleepers at " + name);
    }

    @Override
    public void lock() {
        if (isHeldByOther()) {
            runner.point("sleep", name());
            runner.block(sleepers);
        }
        super.lock();
    }

    @Override
    public void unlock() {
        super.unlock();
        runner.wakeAll(sleepers);
    }
}
