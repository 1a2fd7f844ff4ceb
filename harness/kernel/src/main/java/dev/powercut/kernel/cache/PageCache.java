package dev.powercut.kernel.cache;

import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cached pages of one file, by page index. */
public final class PageCache {

    private final TreeMap<Long, Page> pages = new TreeMap<>();

    public PageCache() {}

    /** The page, or null when it is not cached. */
    public @Nullable Page get(long index) {
        return pages.get(index);
    }

    /** Adds a page of zeroes, which the caller fills. */
    public Page add(long index) {
        Page page = new Page(index);
        pages.put(index, page);
        return page;
    }

    public void remove(long index) {
        pages.remove(index);
    }

    /** The cached pages from {@code first} to {@code last}, in ascending order, as a view. */
    public Collection<Page> range(long first, long last) {
        return pages.subMap(first, true, last, true).values();
    }

    public Collection<Page> all() {
        return pages.values();
    }

    public boolean isEmpty() {
        return pages.isEmpty();
    }
}
