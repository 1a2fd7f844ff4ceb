package dev.powercut.kernel.vfs;

import dev.powercut.sim.Condition;
import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;

/**
 * What flows through a FIFO while somebody has it open: bytes in a ring, gone when nobody is left (pipe(7)). Opening one end
 * waits for the other; reading waits for bytes, and is at the end when nobody writes any more; writing waits for room.
 *
 * <p>Not modelled: SIGPIPE, a write without readers gives EPIPE alone.
 */
final class Pipe {

    /** PIPE_BUF: writes up to this are not mixed with others. */
    static final int ATOMIC_BYTES = 4096;

    private static final int CAPACITY_BYTES = 65536;

    private final Lock lock;
    private final Condition changed;
    private final byte[] ring = new byte[CAPACITY_BYTES];
    private int first;
    private int length;
    private int readers;
    private int writers;
    private long readersSoFar;
    private long writersSoFar;

    Pipe(Runner runner, Inode inode) {
        this.lock = new Lock(runner, "pipe of " + inode);
        this.changed = new Condition(lock, "other end of " + inode);
    }

    /** Opens an end, or both; waits for somebody at the other one unless {@code waits} is false. */
    void open(boolean reads, boolean writes, boolean waits) {
        lock.lock();
        try {
            if (writes && !reads && !waits && readers == 0) {
                throw Errno.ENXIO.exception("nobody reads");
            }
            readers += reads ? 1 : 0;
            readersSoFar += reads ? 1 : 0;
            writers += writes ? 1 : 0;
            writersSoFar += writes ? 1 : 0;
            changed.signalAll();
            if (waits && reads != writes) {
                awaitOtherEnd(reads);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody who has come and gone in the meantime counts. */
    private void awaitOtherEnd(boolean reads) {
        if (reads) {
            long before = writersSoFar;
            while (writers == 0 && writersSoFar == before) {
                changed.await();
            }
        } else {
            long before = readersSoFar;
            while (readers == 0 && readersSoFar == before) {
                changed.await();
            }
        }
    }

    /** Returns whether nobody is left. */
    boolean close(boolean reads, boolean writes) {
        lock.lock();
        try {
            readers -= reads ? 1 : 0;
            writers -= writes ? 1 : 0;
            changed.signalAll();
            return readers == 0 && writers == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the count read, 0 when nobody writes any more. */
    int read(byte[] buffer, int offset, int count, boolean waits) {
        lock.lock();
        try {
            while (length == 0) {
                if (writers == 0 || count == 0) {
                    return 0;
                }
                if (!waits) {
                    throw Errno.EAGAIN.exception();
                }
                changed.await();
            }
            int done = Math.min(count, length);
            for (int i = 0; i < done; i++) {
                buffer[offset + i] = ring[(first + i) % CAPACITY_BYTES];
            }
            first = (first + done) % CAPACITY_BYTES;
            length -= done;
            changed.signalAll();
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the count written: all, unless it does not wait or the last reader leaves in the middle. */
    int write(byte[] buffer, int offset, int count, boolean waits) {
        lock.lock();
        try {
            int done = 0;
            while (done < count) {
                if (readers == 0) {
                    return doneOr(done, Errno.EPIPE);
                }
                int room = CAPACITY_BYTES - length;
                if (room == 0 || count <= ATOMIC_BYTES && room < count) {
                    if (!waits) {
                        return doneOr(done, Errno.EAGAIN);
                    }
                    changed.await();
                } else {
                    int part = Math.min(room, count - done);
                    put(buffer, offset + done, part);
                    done += part;
                }
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    private static int doneOr(int done, Errno errno) {
        if (done == 0) {
            throw errno.exception();
        }
        return done;
    }

    private void put(byte[] buffer, int offset, int count) {
        for (int i = 0; i < count; i++) {
            ring[(first + length + i) % CAPACITY_BYTES] = buffer[offset + i];
        }
        length += count;
        changed.signalAll();
    }
}
