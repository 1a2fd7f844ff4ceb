package dev.powercut.kernel.vfs;

import dev.powercut.kernel.wait.InterruptedWait;
import dev.powercut.kernel.wait.Interruptible;
import dev.powercut.kernel.wait.WaitList;
import java.util.Arrays;

/**
 * What flows through a pipe, or through a FIFO while somebody has it open: bytes in a ring, gone when nobody is left (pipe(7)).
 * Opening one end of a FIFO waits for the other; reading waits for bytes, and is at the end when nobody writes any more; writing
 * waits for room.
 *
 * <p>What a task does to a pipe from one wait to the next is one step: no lock is needed.
 */
public final class Pipe implements SpecialFile {

    /** PIPE_BUF: writes up to this are not mixed with others. */
    public static final int ATOMIC_BYTES = 4096;

    private static final int USUAL_CAPACITY_BYTES = 65536;

    /** /proc/sys/fs/pipe-max-size: more is for the super-user. */
    private static final int MOST_CAPACITY_BYTES = 1 << 20;

    private static final int LARGEST_CAPACITY_BYTES = 1 << 30;

    private final Vfs vfs;
    private final String name;
    private final WaitList changes;
    private int capacityBytes = USUAL_CAPACITY_BYTES;
    private byte[] ring = {};
    private int first;
    private int length;
    private int readers;
    private int writers;
    private long readersSoFar;
    private long writersSoFar;

    Pipe(Vfs vfs, String name) {
        this.vfs = vfs;
        this.name = name;
        this.changes = vfs.waitList(name, () -> vfs.holders().holder(this, length == 0));
    }

    /** Opens an end, or both; waits for somebody at the other one unless {@code waits} is false. */
    void open(boolean reads, boolean writes, boolean waits) {
        vfs.runner().point("pipe.open", name);
        if (writes && !reads && !waits && readers == 0) {
            throw Errno.ENXIO.exception("nobody reads");
        }
        attach(reads, writes);
        if (waits && reads != writes) {
            boolean isOpen = false;
            try {
                awaitOtherEnd(reads);
                isOpen = true;
            } finally {
                if (!isOpen) {
                    detach(reads, writes);
                }
            }
        }
    }

    /** An end, or both, are there from now on. */
    void attach(boolean reads, boolean writes) {
        readers += reads ? 1 : 0;
        readersSoFar += reads ? 1 : 0;
        writers += writes ? 1 : 0;
        writersSoFar += writes ? 1 : 0;
        changes.wakeAll();
    }

    private void detach(boolean reads, boolean writes) {
        readers -= reads ? 1 : 0;
        writers -= writes ? 1 : 0;
        if (writers == 0) {
            changes.wakeAll(WaitList.News.READABLE);
        }
        if (readers == 0) {
            changes.wakeAll(WaitList.News.WRITABLE);
        }
    }

    /** Somebody who has come and gone in the meantime counts. */
    private void awaitOtherEnd(boolean reads) {
        if (reads) {
            long before = writersSoFar;
            while (writers == 0 && writersSoFar == before) {
                changes.await();
            }
        } else {
            long before = readersSoFar;
            while (readers == 0 && readersSoFar == before) {
                changes.await();
            }
        }
    }

    @Override
    public void closed(OpenFile file) {
        vfs.runner().point("pipe.close", name);
        detach(file.isReadable(), file.isWritable());
        if (!isOpen() && file.inode.pipe == this) {
            file.inode.pipe = null;
        }
    }

    /** Whether anybody has an end open. */
    boolean isOpen() {
        return readers > 0 || writers > 0;
    }

    /** 0 when nobody writes any more. */
    @Override
    public int read(OpenFile file, byte[] buffer, int offset, int count) {
        vfs.runner().point("pipe.read", name);
        while (length == 0) {
            if (writers == 0 || count == 0) {
                return 0;
            }
            if (!file.waits()) {
                throw Errno.EAGAIN.exception();
            }
            changes.await();
        }
        if (count == 0) {
            return 0;
        }
        int done = vfs.transfers().part("pipe.read", Math.min(count, length));
        take(buffer, offset, done);
        changes.wakeAll(WaitList.News.WRITABLE);
        return done;
    }

    private void take(byte[] buffer, int offset, int count) {
        int straight = Math.min(count, ring.length - first);
        System.arraycopy(ring, first, buffer, offset, straight);
        System.arraycopy(ring, 0, buffer, offset + straight, count - straight);
        first = (first + count) % ring.length;
        length -= count;
    }

    /** All, unless it does not wait, the last reader leaves in the middle, a signal comes, or a short transfer is chosen. */
    @Override
    public int write(OpenFile file, byte[] buffer, int offset, int count) {
        vfs.runner().point("pipe.write", name);
        int wanted = count <= ATOMIC_BYTES ? count : vfs.transfers().part("pipe.write", count);
        int done = 0;
        while (done < wanted) {
            if (readers == 0) {
                Interruptible self = vfs.interruptions().of(vfs.runner().current());
                if (self != null) {
                    self.writesToNobody();
                }
                return doneOr(done, Errno.EPIPE);
            }
            int room = capacityBytes - length;
            if (room == 0 || count <= ATOMIC_BYTES && room < count) {
                if (!file.waits()) {
                    return doneOr(done, Errno.EAGAIN);
                }
                try {
                    changes.await();
                } catch (InterruptedWait signal) {
                    if (done == 0) {
                        throw signal;
                    }
                    return done;
                }
            } else {
                int part = Math.min(room, wanted - done);
                put(buffer, offset + done, part);
                done += part;
            }
        }
        return done;
    }

    private static int doneOr(int done, Errno errno) {
        if (done == 0) {
            throw errno.exception();
        }
        return done;
    }

    private void put(byte[] buffer, int offset, int count) {
        if (length + count > ring.length) {
            grow(length + count);
        }
        int at = (first + length) % ring.length;
        int straight = Math.min(count, ring.length - at);
        System.arraycopy(buffer, offset, ring, at, straight);
        System.arraycopy(buffer, offset + straight, ring, 0, count - straight);
        length += count;
        changes.wakeAll(WaitList.News.READABLE);
    }

    /** Most pipes never hold much. */
    private void grow(int atLeast) {
        byte[] held = new byte[length];
        int had = length;
        if (had > 0) {
            take(held, 0, had);
        }
        int size = Math.max(ATOMIC_BYTES, Integer.highestOneBit(atLeast - 1) << 1);
        ring = Arrays.copyOf(held, Math.min(capacityBytes, size));
        first = 0;
        length = had;
    }

    int capacityBytes() {
        return capacityBytes;
    }

    /**
     * F_SETPIPE_SZ: room for at least so many bytes, a power of two of pages (fcntl(2)). EBUSY when more than that is in it, EINVAL,
     * ENOMEM, EPERM.
     *
     * @return the room there is now
     */
    int resize(int atLeastBytes, boolean isPrivileged) {
        vfs.runner().point("pipe.resize", name);
        if (atLeastBytes < 0) {
            throw Errno.EINVAL.exception();
        }
        if (atLeastBytes > MOST_CAPACITY_BYTES && atLeastBytes > capacityBytes && !isPrivileged) {
            throw Errno.EPERM.exception("more than " + MOST_CAPACITY_BYTES + " bytes");
        }
        if (atLeastBytes > LARGEST_CAPACITY_BYTES) {
            throw Errno.ENOMEM.exception();
        }
        int wanted = atLeastBytes <= ATOMIC_BYTES ? ATOMIC_BYTES : Integer.highestOneBit(atLeastBytes - 1) << 1;
        if (wanted < length) {
            throw Errno.EBUSY.exception(length + " bytes are in it");
        }
        capacityBytes = wanted;
        changes.wakeAll();
        return wanted;
    }

    @Override
    public int readableBytes() {
        return length;
    }

    @Override
    public WaitList changes() {
        return changes;
    }

    @Override
    public String toString() {
        return name;
    }
}
