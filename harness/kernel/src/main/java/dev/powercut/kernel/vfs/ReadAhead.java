package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.Completion;
import dev.powercut.sim.Runner;
import dev.powercut.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a sequential reader will want next, in a task of its own, while the reader works on what it has. As Linux does, the window
 * doubles each time the reader arrives in the part that was read ahead, up to a limit, and a jump makes it start anew. Where this does
 * not run, reading costs nothing for it. The task begins when there is something to read: before that it is in no schedule.
 *
 * <p>A page is read in under the lock of its file and only up to the end that the file has then, as by a reader; a file is kept by a
 * reference meanwhile. What cannot be read is left out: a reader that comes to it is told.
 */
final class ReadAhead {

    private static final int FIRST_PAGES = 4;
    private static final int MOST_PAGES = 32;

    private final Vfs vfs;
    private final Runner runner;
    private final int mostPages;
    private final List<Wanted> wanted = new ArrayList<>();
    private final WaitQueue work = new WaitQueue("something to read ahead");
    private final WaitQueue settled = new WaitQueue("read-ahead");
    private final Completion ended;
    private boolean isStarted;
    private boolean isBusy;
    private boolean isStopped;

    /** Pages of a file, from one index to before another. */
    private record Wanted(Inode inode, long first, long end) {}

    /** What is known of how an open file description is read. */
    static final class Window {

        /** Where the next read begins, if it goes on. */
        private long next;

        /** Behind the last page that was asked for. */
        private long end;

        private int pages;
    }

    /** @param pageLimit how many pages there may be in memory: half of them, at most, are read ahead at a time */
    ReadAhead(Vfs vfs, int pageLimit) {
        this.vfs = vfs;
        this.runner = vfs.runner();
        this.mostPages = Math.max(1, Math.min(MOST_PAGES, pageLimit / 2));
        this.ended = Completion.pending(runner, "the end of read-ahead");
    }

    /** Returns when the task has ended; what it has not begun is left out. */
    void stop() {
        isStopped = true;
        if (isStarted) {
            runner.wakeAll(work);
            ended.await();
        }
    }

    /** Waits until nothing is being read ahead, and nothing kept for it. */
    void settle() {
        while (isBusy || !wanted.isEmpty()) {
            runner.block(settled);
        }
    }

    /** Pages have been read by a call that holds the inode's lock. */
    void read(OpenFile file, long firstPage, long lastPage) {
        Window window = file.window();
        boolean goesOn = firstPage == window.next || firstPage == window.next - 1;
        boolean isAhead = window.end > lastPage + 1;
        window.next = lastPage + 1;
        if (!goesOn) {
            window.pages = 0;
            window.end = window.next;
            return;
        }
        if (window.pages > 0 && isAhead && lastPage < window.end - window.pages) {
            return;
        }
        window.pages = Math.min(mostPages, window.pages == 0 ? FIRST_PAGES : 2 * window.pages);
        long first = Math.max(window.next, window.end);
        long pagesOfFile = (file.inode.sizeBytes() + Page.BYTES - 1) / Page.BYTES;
        long end = Math.min(first + window.pages, pagesOfFile);
        window.end = Math.max(window.end, first + window.pages);
        if (first < end && !isStopped) {
            vfs.inodes().retain(file.inode);
            wanted.add(new Wanted(file.inode, first, end));
            begin();
        }
    }

    private void begin() {
        if (isStarted) {
            runner.wakeAll(work);
        } else {
            isStarted = true;
            runner.spawn("read-ahead", this::run);
        }
    }

    private void run() {
        while (!isStopped || !wanted.isEmpty()) {
            if (wanted.isEmpty()) {
                runner.block(work);
                continue;
            }
            Wanted next = wanted.removeFirst();
            isBusy = true;
            try {
                readIn(next);
            } catch (ErrnoException unreadable) {
                // Whoever reads there is told; nobody has asked yet.
                vfs.world()
                        .trace()
                        .step(
                                "read-ahead.failed",
                                next.inode.number(),
                                unreadable.errno().ordinal());
            } finally {
                isBusy = false;
                vfs.inodes().release(next.inode);
                runner.wakeAll(settled);
            }
        }
        ended.complete();
    }

    private void readIn(Wanted next) {
        if (!vfs.holds(LockRule.READ_AHEAD_HOLDS_FILE)) {
            readInWithoutLock(next);
            return;
        }
        for (long index = next.first; index < next.end && !isStopped; index++) {
            next.inode.lock(runner);
            try {
                if (index * Page.BYTES < next.inode.sizeBytes()) {
                    vfs.pages().load(next.inode, index);
                }
            } finally {
                next.inode.unlock();
            }
        }
    }

    /** Broken: by the time that all has been read, the pages may have been cut off. */
    private void readInWithoutLock(Wanted next) {
        Inode inode = next.inode;
        List<byte[]> read = new ArrayList<>();
        for (long index = next.first; index < next.end; index++) {
            byte[] data = new byte[Page.BYTES];
            inode.fileSystem().readPage(inode, index, data);
            read.add(data);
        }
        for (int i = 0; i < read.size(); i++) {
            runner.point("read-ahead", inode.toString());
            if (inode.pages().get(next.first + i) == null) {
                Page page = vfs.pages().add(inode, next.first + i);
                System.arraycopy(read.get(i), 0, page.data(), 0, Page.BYTES);
            }
        }
    }
}
