package dev.powercut.sim.planted;

/** Planted violations: a monitor taken in both ways. */
final class Synchronizes {
    private int count;

    synchronized int method() {
        return count++;
    }

    int block() {
        synchronized (this) {
            return count++;
        }
    }

    int neither() {
        return count;
    }
}
