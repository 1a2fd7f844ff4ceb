package dev.powercut.kernel.vfs;

import dev.powercut.kernel.cache.Page;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Steps;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file pages of all inodes: how many there are, which are dirty, and which have to go when there are too many. */
final class PageMemory {

    private final Vfs vfs;
    private final Runner runner;
    private final Steps steps;
    private final OperationChoices choices;
    private final int limit;
    private final List<Inode> holders = new ArrayList<>();
    private final List<Inode> dirty = new ArrayList<>();
    private final List<Inode> cut = new ArrayList<>();
    private int count;
    private long uses;
    private Cause.@Nullable Dirtied latestDirtied;

    PageMemory(Vfs vfs, Choices choices, int limit) {
        this.vfs = vfs;
        this.runner = vfs.runner();
        this.steps = vfs.world().steps();
        this.choices = new OperationChoices(runner, choices, "eviction");
        this.limit = limit;
    }

    /** The cached page, or null. */
    @Nullable
    Page find(Inode inode, long index) {
        steps.take();
        Page page = inode.pages().get(index);
        if (page != null) {
            page.touch(++uses);
        }
        return page;
    }

    /** The page, read by the filesystem when it is not cached; one wholly beyond the end is zero without being read. */
    Page load(Inode inode, long index) {
        Page page = find(inode, index);
        if (page == null) {
            page = add(inode, index);
            if (index * Page.BYTES < inode.sizeBytes()) {
                try {
                    inode.fileSystem().readPage(inode, index, page.data());
                } catch (RuntimeException failure) {
                    inode.pages().remove(index);
                    count--;
                    throw failure;
                }
            }
        }
        return page;
    }

    /** A new page of zeroes, which is not cached yet. May evict other pages. */
    Page add(Inode inode, long index) {
        if (count >= limit) {
            makeRoom();
        }
        if (!inode.pagesListed) {
            inode.pagesListed = true;
            holders.add(inode);
        }
        Page page = inode.pages().add(index);
        page.touch(++uses);
        count++;
        return page;
    }

    void markDirty(Inode inode, Page page, Site site) {
        if (!inode.dirtyListed) {
            inode.dirtyListed = true;
            dirty.add(inode);
        }
        Cause.Dirtied by = latestDirtied;
        if (by == null || by.operation() != runner.current().operation() || by.site() != site) {
            by = new Cause.Dirtied(runner.current().operation(), site);
            latestDirtied = by;
        }
        Flusher flusher = vfs.flusher();
        if (flusher != null) {
            flusher.dirtied(inode);
        }
        page.markDirty(by);
    }

    /** Drops the pages from an index on without writing them. */
    void dropFrom(Inode inode, long firstPage) {
        count -= inode.pages().removeFrom(firstPage);
    }

    /** Drops the pages from one index to before another without writing them. */
    void drop(Inode inode, long firstPage, long endPage) {
        if (firstPage < endPage) {
            for (Page page : inode.pages().range(firstPage, endPage - 1)) {
                inode.pages().remove(page.index());
                count--;
            }
        }
    }

    /** Drops all pages without writing them, for good. */
    void drop(Inode inode) {
        dropFrom(inode, 0);
        if (inode.pagesListed) {
            inode.pagesListed = false;
            holders.remove(inode);
        }
        if (inode.dirtyListed) {
            inode.dirtyListed = false;
            dirty.remove(inode);
        }
    }

    /** Has the filesystem write out dirty pages. The caller holds the inode's lock. */
    void write(Inode inode, long firstPage, long lastPage, Trigger trigger) {
        if (inode.pages().dirtyCount() == 0) {
            return;
        }
        NotedErrors errors = vfs.mounts().errors(inode.fileSystem());
        if (errors == null) {
            inode.fileSystem().writePages(inode, firstPage, lastPage, trigger);
            return;
        }
        errors.begin(inode);
        try {
            inode.fileSystem().writePages(inode, firstPage, lastPage, trigger);
        } finally {
            errors.end();
        }
    }

    /** The inodes that have dirty pages, in the order in which they became dirty; a copy. */
    List<Inode> dirtyInodes() {
        int kept = 0;
        for (int i = 0; i < dirty.size(); i++) {
            Inode inode = dirty.get(i);
            if (inode.pages().dirtyCount() > 0) {
                dirty.set(kept++, inode);
            } else {
                inode.dirtyListed = false;
            }
        }
        dirty.subList(kept, dirty.size()).clear();
        return kept == 0 ? List.of() : new ArrayList<>(dirty);
    }

    /**
     * Pages of a file are about to be dropped, dirty ones too, and the filesystem to be told: until {@link #endCut} neither what they
     * held nor that it is cut off can be made durable.
     */
    void beginCut(Inode inode) {
        cut.add(inode);
    }

    void endCut(Inode inode) {
        cut.remove(inode);
    }

    /** The inodes that are not on their way to the disk yet: those with dirty pages, and those that are being cut off; a copy. */
    List<Inode> unwrittenInodes() {
        List<Inode> all = dirtyInodes();
        if (cut.isEmpty()) {
            return all;
        }
        List<Inode> both = new ArrayList<>(all);
        for (Inode inode : cut) {
            if (!both.contains(inode)) {
                both.add(inode);
            }
        }
        return both;
    }

    boolean isBeingCut(Inode inode) {
        return cut.contains(inode);
    }

    /** Forgets the inodes of a filesystem that is gone. */
    void forget(FileSystem fileSystem) {
        for (Inode inode : new ArrayList<>(holders)) {
            if (inode.fileSystem() == fileSystem) {
                drop(inode);
            }
        }
    }

    /**
     * Drops an eighth of the pages, clean ones if there are any, longest unused first; else dirty ones are written first. Files
     * that other tasks have locked are left alone: what they read in or change must stay. Where nothing else is left, there
     * are more pages for a while than there should be.
     */
    private void makeRoom() {
        int wanted = Math.max(1, limit / 8);
        if (dropOldest(wanted) > 0) {
            return;
        }
        List<Inode> victims = dirtyInodes();
        if (!victims.isEmpty()) {
            victims.removeIf(Inode::isLockedElsewhere);
        }
        if (!victims.isEmpty()) {
            // What became dirty first is the dull choice.
            int pick = choices.next().choose("eviction.inode", victims.size());
            writeVictim(victims.get(pick));
            dropOldest(wanted);
        }
    }

    /** The running task has another file locked, so it does not wait for this one. */
    private void writeVictim(Inode victim) {
        vfs.inodes().retain(victim);
        if (victim.isLockedHere()) {
            write(victim, 0, Long.MAX_VALUE, new Trigger.Eviction());
        } else if (victim.tryLock(runner)) {
            try {
                write(victim, 0, Long.MAX_VALUE, new Trigger.Eviction());
            } finally {
                victim.unlock();
            }
        }
        vfs.inodes().release(victim);
    }

    private int dropOldest(int wanted) {
        List<Candidate> clean = new ArrayList<>();
        for (Inode inode : holders) {
            if (inode.isLockedElsewhere()) {
                continue;
            }
            for (Page page : inode.pages().all()) {
                if (!page.isDirty()) {
                    clean.add(new Candidate(inode, page));
                }
            }
        }
        clean.sort((a, b) -> Long.compare(a.page.lastUsed(), b.page.lastUsed()));
        int dropped = Math.min(wanted, clean.size());
        for (int i = 0; i < dropped; i++) {
            Candidate candidate = clean.get(i);
            candidate.inode.pages().remove(candidate.page.index());
        }
        count -= dropped;
        return dropped;
    }

    private record Candidate(Inode inode, Page page) {}
}
