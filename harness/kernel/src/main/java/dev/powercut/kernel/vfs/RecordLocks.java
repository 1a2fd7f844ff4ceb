package dev.powercut.kernel.vfs;

import dev.powercut.kernel.wait.WaitList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Locks on ranges of files, which processes hold (POSIX.1-2024, fcntl): a process replaces its own; closing any descriptor of a file
 * gives up all that the process holds on it; a wait that would close a circle of processes gives EDEADLK.
 */
final class RecordLocks {

    /** Bytes {@code start} to {@code end - 1}. */
    private record Held(Inode inode, PathContext owner, int type, long start, long end) {

        boolean conflicts(Held wanted) {
            return inode == wanted.inode
                    && owner != wanted.owner
                    && (type == RecordLock.WRITE || wanted.type == RecordLock.WRITE)
                    && start < wanted.end
                    && wanted.start < end;
        }

        @Override
        public String toString() {
            return inode + ", bytes " + start + " to " + (end == Long.MAX_VALUE ? "the end" : end - 1);
        }
    }

    private final Vfs vfs;
    private final List<Held> held = new ArrayList<>(0);
    private final List<Held> wanted = new ArrayList<>(0);
    private @Nullable WaitList released;

    RecordLocks(Vfs vfs) {
        this.vfs = vfs;
    }

    /** What keeps a lock from being given, or one of type {@link RecordLock#NONE}. */
    RecordLock test(PathContext owner, OpenFile file, RecordLock lock) {
        if (lock.type() != RecordLock.READ && lock.type() != RecordLock.WRITE) {
            throw Errno.EINVAL.exception();
        }
        Held obstacle = obstacle(range(owner, file, lock));
        if (obstacle == null) {
            return new RecordLock(RecordLock.NONE, lock.whence(), lock.start(), lock.length(), lock.processId());
        }
        long length = obstacle.end == Long.MAX_VALUE ? 0 : obstacle.end - obstacle.start;
        return new RecordLock(obstacle.type, 0, obstacle.start, length, obstacle.owner.processId);
    }

    /** Takes or gives up a range; when another process has some of it, waits or gives EAGAIN. */
    void set(PathContext owner, OpenFile file, RecordLock lock, boolean waits) {
        Held asked = range(owner, file, lock);
        boolean isAllowed = switch (lock.type()) {
            case RecordLock.READ -> file.isReadable();
            case RecordLock.WRITE -> file.isWritable();
            case RecordLock.NONE -> true;
            default -> throw Errno.EINVAL.exception();
        };
        if (!isAllowed) {
            throw Errno.EBADF.exception("opened for something else");
        }
        vfs.runner().point("record-lock", asked.inode.toString());
        if (lock.type() != RecordLock.NONE) {
            for (Held obstacle = obstacle(asked); obstacle != null; obstacle = obstacle(asked)) {
                if (!waits) {
                    throw Errno.EAGAIN.exception("held by process " + obstacle.owner.processId);
                }
                requireNoCircle(asked, obstacle);
                await(asked);
            }
        }
        replace(asked);
        wake();
    }

    private void await(Held asked) {
        wanted.add(asked);
        try {
            released().await("record lock of " + asked, () -> {
                Held obstacle = obstacle(asked);
                return obstacle == null ? null : vfs.holders().task(obstacle.owner);
            });
        } finally {
            wanted.remove(asked);
        }
    }

    private WaitList released() {
        if (released == null) {
            released = vfs.waitList("record lock", () -> null);
        }
        return released;
    }

    private void wake() {
        if (released != null) {
            released.wakeAll();
        }
    }

    private @Nullable Held obstacle(Held asked) {
        for (Held one : held) {
            if (one.conflicts(asked)) {
                return one;
            }
        }
        return null;
    }

    /** Follows who waits for whom; each waiter waits for the owner of the first obstacle. */
    private void requireNoCircle(Held asked, Held obstacle) {
        PathContext at = obstacle.owner;
        for (int steps = 0; steps <= wanted.size(); steps++) {
            if (at == asked.owner) {
                throw Errno.EDEADLK.exception("processes would wait for each other");
            }
            Held next = null;
            for (Held waiting : wanted) {
                if (waiting.owner == at) {
                    next = obstacle(waiting);
                    break;
                }
            }
            if (next == null) {
                return;
            }
            at = next.owner;
        }
    }

    /** Takes the range out of what the owner holds, and adds it anew with the type asked for, joined with its neighbours. */
    private void replace(Held asked) {
        long start = asked.start;
        long end = asked.end;
        List<Held> changed = new ArrayList<>();
        for (Held one : held) {
            boolean isOwn = one.inode == asked.inode && one.owner == asked.owner;
            if (!isOwn || one.end < asked.start || one.start > asked.end) {
                changed.add(one);
            } else if (one.type == asked.type) {
                start = Math.min(start, one.start);
                end = Math.max(end, one.end);
            } else {
                if (one.start < asked.start) {
                    changed.add(new Held(one.inode, one.owner, one.type, one.start, asked.start));
                }
                if (one.end > asked.end) {
                    changed.add(new Held(one.inode, one.owner, one.type, asked.end, one.end));
                }
            }
        }
        if (asked.type != RecordLock.NONE) {
            changed.add(new Held(asked.inode, asked.owner, asked.type, start, end));
        }
        held.clear();
        held.addAll(changed);
    }

    /** A process has closed a descriptor of a file. */
    void closed(PathContext owner, Inode inode) {
        if (!held.isEmpty() && held.removeIf(one -> one.inode == inode && one.owner == owner)) {
            wake();
        }
    }

    private static Held range(PathContext owner, OpenFile file, RecordLock lock) {
        long base = switch (lock.whence()) {
            case 0 -> 0;
            case 1 -> file.position;
            case 2 -> file.inode.sizeBytes();
            default -> throw Errno.EINVAL.exception();
        };
        if (lock.start() > Long.MAX_VALUE - base) {
            throw Errno.EOVERFLOW.exception();
        }
        long start = base + lock.start();
        long end = Long.MAX_VALUE;
        if (lock.length() > 0) {
            if (start > Long.MAX_VALUE - (lock.length() - 1)) {
                throw Errno.EOVERFLOW.exception();
            }
            // The largest offset is locked by what is locked to the end.
            end = start > Long.MAX_VALUE - lock.length() ? Long.MAX_VALUE : start + lock.length();
        } else if (lock.length() < 0) {
            end = start;
            start += lock.length();
        }
        if (start < 0 || end < 0) {
            throw Errno.EINVAL.exception();
        }
        return new Held(file.inode, owner, lock.type(), start, end);
    }
}
