package dev.powercut.kernel.memory;

/** What is behind a region, page by page. */
interface Backing {

    /** Copies bytes of one page out. {@code address} is for the fault. */
    void load(long page, int inPage, byte[] to, int offset, int count, long address);

    /** Copies bytes into one page, for all who share it. */
    void store(long page, int inPage, byte[] from, int offset, int count, long address);

    /** Fails when there is no such page. */
    default void requirePage(long page, long address) {}

    /** The number of the latest event that took a page away, and with it what processes had copied of it; 0 when there was none. */
    default long lastCut(long page) {
        return 0;
    }

    /** Makes durable what was stored to pages. */
    default void sync(long firstPage, long lastPage) {}

    /** One more region has it. */
    default void share() {}

    /** One region less. */
    default void release() {}

    /** Whether it may be stored to. */
    default boolean isWritable() {
        return true;
    }

    /** Names it the same in all processes. */
    String identity();
}
