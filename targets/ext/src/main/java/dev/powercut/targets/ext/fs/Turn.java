package dev.powercut.targets.ext.fs;

import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Lock;

/** Operations on a filesystem take turns; one that changes the image has the update discipline begin and end with it. */
final class Turn {

    private final Volume volume;
    private final UpdateDiscipline.Hooks hooks;
    private final boolean readOnly;
    private final Lock lock;

    Turn(Volume volume, UpdateDiscipline.Hooks hooks, boolean readOnly) {
        this.volume = volume;
        this.hooks = hooks;
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
     * @param blocks the most blocks that it will change, see {@link UpdateDiscipline#begin}
     * @throws dev.powercut.kernel.vfs.ErrnoException EROFS when nothing may be changed
     */
    void enterChange(int blocks) {
        if (readOnly || volume.discipline.isAborted()) {
            throw Errno.EROFS.exception();
        }
        lock.lock();
        boolean begun = false;
        try {
            if (!volume.superblock.isInUse()) {
                volume.superblock.markInUse();
                volume.discipline.open(hooks, lock);
            }
            volume.discipline.begin(blocks);
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
