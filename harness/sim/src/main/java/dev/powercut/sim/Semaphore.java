package dev.powercut.sim;

/** A counting semaphore of the simulation. Who has waited longest is woken first; who comes in between may take the permit. */
public final class Semaphore {

    private final Runner runner;
    private final WaitQueue waiters;
    private int permits;

    /** @param permits how many there are at first, at least 0 */
    public Semaphore(Runner runner, String name, int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("a semaphore with " + permits + " permits");
        }
        this.runner = runner;
        this.waiters = new WaitQueue(name);
        this.permits = permits;
    }

    /** Takes a permit, and waits while there is none. */
    public void acquire() {
        runner.point("acquire", waiters.name());
        while (permits == 0) {
            runner.block(waiters);
        }
        permits--;
    }

    /** Takes a permit if there is one now. */
    public boolean tryAcquire() {
        runner.point("try-acquire", waiters.name());
        if (permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    /** Gives a permit back, or a new one. */
    public void release() {
        runner.point("release", waiters.name());
        permits = Math.incrementExact(permits);
        runner.wake(waiters);
    }
}
