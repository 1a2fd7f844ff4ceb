package dev.powercut.kernel.vfs;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.disk.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Write-back as a task of its own: files that have been dirty for long, or many of them, are written in the background; who dirties
 * too much waits. While nothing is dirty it sets no timer, so that a deadlock is still seen as one.
 *
 * <p>It goes on when something cannot be written: that is noted, and told by the next fsync; see {@link NotedErrors}.
 */
final class Flusher {

    private final Vfs vfs;
    private final Runner runner;
    private final FlusherLimits limits;
    private final OperationChoices choices;
    private final WaitQueue work = new WaitQueue("dirty pages");
    private final WaitQueue room = new WaitQueue("write-back");
    private final Completion ended;
    private @Nullable Task task;
    private boolean isStopped;

    Flusher(Vfs vfs, FlusherLimits limits, Choices choices) {
        this.vfs = vfs;
        this.runner = vfs.runner();
        this.limits = limits;
        this.choices = new OperationChoices(runner, choices, "flusher");
        this.ended = Completion.pending(runner, "the end of write-back");
    }

    void start() {
        task = runner.spawn("write-back", this::run);
    }

    /** Returns when the task has ended; what is dirty stays so. */
    void stop() {
        isStopped = true;
        runner.wakeAll(work);
        runner.wakeAll(room);
        ended.await();
    }

    /** A page has become dirty. */
    void dirtied(Inode inode) {
        if (inode.pages().dirtyCount() == 0) {
            inode.dirtySinceNanos = now();
        }
        runner.wakeAll(work);
    }

    private long now() {
        return vfs.world().clock().nowNanos();
    }

    /** A call has ended: its task waits while there is too much dirty. */
    void balance() {
        while (!isStopped && runner.current() != task && vfs.dirtyPages() > limits.dirtyPages()) {
            runner.wakeAll(work);
            runner.block(room);
        }
    }

    private void run() {
        while (!isStopped) {
            try {
                once(vfs.pages().dirtyInodes());
            } catch (ErrnoException failure) {
                // Nobody waits for what is written here; whoever asks for durability next is told.
                vfs.mounts().noteError(failure);
            }
        }
        ended.complete();
    }

    private void once(List<Inode> dirty) {
        if (dirty.isEmpty()) {
            runner.block(work);
        } else if (!writeDue(dirty)) {
            runner.at(vfs.world().clock().after(limits.intervalNanos()), () -> runner.wakeAll(work));
            runner.block(work);
            writeMetadata();
        }
    }

    /** Writes the file that has been dirty longest, if it is old or there is much; returns whether it did. */
    private boolean writeDue(List<Inode> dirty) {
        Inode oldest = dirty.getFirst();
        for (Inode inode : dirty) {
            if (inode.dirtySinceNanos < oldest.dirtySinceNanos) {
                oldest = inode;
            }
        }
        boolean isDue =
                now() - oldest.dirtySinceNanos >= limits.ageNanos() || vfs.dirtyPages() >= limits.backgroundPages();
        if (isDue) {
            vfs.writeBack().write(oldest, 0, Long.MAX_VALUE, new Trigger.WriteBack());
            runner.wakeAll(room);
        }
        return isDue;
    }

    private void writeMetadata() {
        if (isStopped) {
            return;
        }
        for (Mount mount : List.copyOf(vfs.mounts().all())) {
            if (!mount.isReadOnly()) {
                mount.fileSystem.writeBackSome(choices.next());
            }
        }
    }
}
