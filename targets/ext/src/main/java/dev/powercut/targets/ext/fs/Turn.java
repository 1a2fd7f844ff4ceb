package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Lock;

/** Operations on a filesystem take turns; one that changes the image has the update discipline begin and end with it. */
final class Turn {

    private final Volume volume;
    private final boolean readOnly;
    private final Lock lock;

    Turn(Volume volume, boolean readOnly) {
        this.volume = volume;
        this.readOnly = readOnly;
        this.lock = new Lock(volume.request.world().runner(), "ext2");
    }

    void enter() {
        lock.lock();
    }

    void leave() {
        lock.unlock();
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
        boolean begun = false;
        try {
            volume.superblock.markInUse();
            volume.discipline.begin();
            begun = true;
        } finally {
            if (!begun) {
                lock.unlock();
            }
        }
    }

    void leaveChange() {
        try {
            volume.discipline.end();
        } finally {
            leave();
        }
    }
}
