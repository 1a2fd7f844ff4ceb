package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Lock;
import org.jspecify.annotations.Nullable;

/** Operations on a filesystem take turns. */
final class Turn {

    private final boolean readOnly;
    private final Lock lock;

    /** Told at the end of each turn; null where there is one task only, or nothing is ever written. */
    private @Nullable CheckpointTimer timer;

    Turn(Volume volume, boolean readOnly) {
        this.readOnly = readOnly;
        this.lock = new Lock(volume.request.world().runner(), "logfs");
    }

    void tell(CheckpointTimer told) {
        timer = told;
    }

    void enter() {
        lock.lock();
    }

    /**
     * Enters an operation that changes the image.
     *
     * @throws dev.powercut.kernel.vfs.ErrnoException EROFS when nothing may be changed
     */
    void enterChange() {
        if (readOnly) {
            throw Errno.EROFS.exception();
        }
        lock.lock();
    }

    void leave() {
        try {
            if (timer != null) {
                timer.beginIfWanted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves without a thought for the next checkpoint: it is the timer itself that does. */
    void leaveFinally() {
        lock.unlock();
    }
}
