package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cached pages of one file, by page index: a sorted array, since files under test are small or written in order. */
public final class PageCache {

    // Made with the first page: most inodes are never read.
    private @Nullable Page @Nullable [] pages;
    private int size;
    int dirtyCount;

    public PageCache() {}

    /** Position of the first page whose index is not below {@code index}. */
    private int position(long index) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (at(middle).index() < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Page at(int position) {
        return Objects.requireNonNull(Objects.requireNonNull(pages)[position]);
    }

    /** The page, or null when it is not cached. */
    public @Nullable Page get(long index) {
        int position = position(index);
        return position < size && at(position).index() == index ? at(position) : null;
    }

    /** Adds a page of zeroes, which the caller fills. */
    public Page add(long index) {
        int position = position(index);
        if (position < size && at(position).index() == index) {
            throw new IllegalStateException("page " + index + " is cached already");
        }
        if (pages == null) {
            pages = new Page[4];
        } else if (size == pages.length) {
            pages = Arrays.copyOf(pages, size * 2);
        }
        System.arraycopy(pages, position, pages, position + 1, size - position);
        Page page = new Page(this, index);
        pages[position] = page;
        size++;
        return page;
    }

    /** Puts a page in, in place of the one that is there, and counts it dirty: what nobody may do who has let go of it. */
    public void putBack(Page page) {
        if (get(page.index()) == page) {
            return;
        }
        remove(page.index());
        Page again = add(page.index());
        System.arraycopy(page.data(), 0, again.data(), 0, Page.BYTES);
        for (Cause.Dirtied by : page.dirtied()) {
            again.markDirty(by);
        }
    }

    /** Drops a page, dirty or not. */
    public void remove(long index) {
        int position = position(index);
        if (pages != null && position < size && at(position).index() == index) {
            at(position).markClean();
            size--;
            System.arraycopy(pages, position + 1, pages, position, size - position);
            pages[size] = null;
        }
    }

    /** Drops all pages from {@code first} on, dirty or not. Returns how many there were. */
    public int removeFrom(long first) {
        int position = position(first);
        int removed = size - position;
        while (pages != null && size > position) {
            at(--size).markClean();
            pages[size] = null;
        }
        return removed;
    }

    /** The cached pages from {@code first} to {@code last}, in ascending order; pages added later are not among them. */
    public List<Page> range(long first, long last) {
        int from = position(first);
        int to = last == Long.MAX_VALUE ? size : position(last + 1);
        return pages == null ? List.of() : Arrays.asList(Arrays.copyOfRange(pages, from, Math.max(from, to)));
    }

    /** All cached pages, in ascending order; pages added later are not among them. */
    public List<Page> all() {
        return range(0, Long.MAX_VALUE);
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /** How many pages are dirty. */
    public int dirtyCount() {
        return dirtyCount;
    }
}
