package dev.powercut.targets.logfs.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Lock;

/** Operations on a filesystem take turns. */
final class Turn {

    private final boolean readOnly;
    private final Lock lock;

    Turn(Volume volume, boolean readOnly) {
        this.readOnly = readOnly;
        this.lock = new Lock(volume.request.world().runner(), "logfs");
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
        lock.unlock();
    }
}
