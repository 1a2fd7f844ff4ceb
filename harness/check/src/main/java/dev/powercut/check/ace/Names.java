package dev.powercut.check.ace;

import java.util.List;

/**
 * What stands under the names of the file set, packed into a long, so that equal states are equal numbers: three bits for each
 * name, then a bit for each name that has been used, one that says whether the root's names have
 * changed, and a bit for each name that was given to link.
 *
 * <pre>
 * /A  /B  /A/foo  /A/bar  /A/C  /B/foo  /B/bar  /B/C
 * </pre>
 */
final class Names {

    static final List<String> PATHS = List.of("/A", "/B", "/A/foo", "/A/bar", "/A/C", "/B/foo", "/B/bar", "/B/C");

    static final int COUNT = 8;
    static final int TOPS = 2;

    /** Not used so far: it may still be declared to have stood there from the beginning. */
    static final int OPEN = 0;

    static final int ABSENT = 1;
    static final int EMPTY_FILE = 2;
    static final int FILE = 3;
    static final int FIFO = 4;
    static final int SYMLINK = 5;
    static final int DIRECTORY = 6;

    /** Nothing has been used. */
    static final long START = 0;

    private static final int BITS = 3;
    private static final int USED_SHIFT = BITS * COUNT;
    private static final long ROOT_CHANGED = 1L << USED_SHIFT + COUNT;

    private static final int LINKED_SHIFT = USED_SHIFT + COUNT + 1;

    private static final int FIRST_INNER = 2;
    private static final int INNER_COUNT = 3;

    private Names() {}

    static int value(long names, int name) {
        return (int) (names >>> BITS * name) & (1 << BITS) - 1;
    }

    static long with(long names, int name, int value) {
        return names & ~((1L << BITS) - 1 << BITS * name) | (long) value << BITS * name;
    }

    static boolean isUsed(long names, int name) {
        return (names >>> USED_SHIFT + name & 1) != 0;
    }

    static long used(long names, int name) {
        return names | 1L << USED_SHIFT + name;
    }

    static boolean isLinked(long names, int name) {
        return (names >>> LINKED_SHIFT + name & 1) != 0;
    }

    static long linked(long names, int name) {
        return names | 1L << LINKED_SHIFT + name;
    }

    static long unlinked(long names, int name) {
        return names & ~(1L << LINKED_SHIFT + name);
    }

    static boolean isRootChanged(long names) {
        return (names & ROOT_CHANGED) != 0;
    }

    static long rootChanged(long names) {
        return names | ROOT_CHANGED;
    }

    static boolean isTop(int name) {
        return name < TOPS;
    }

    /** The directory that a name of the second level stands in. */
    static int parent(int name) {
        return (name - FIRST_INNER) / INNER_COUNT;
    }

    /** The {@code i}th name in a directory of the first level: two files and a directory. */
    static int inner(int top, int i) {
        return FIRST_INNER + INNER_COUNT * top + i;
    }

    static int innerCount() {
        return INNER_COUNT;
    }

    static boolean isFileName(int name) {
        return name >= FIRST_INNER && (name - FIRST_INNER) % INNER_COUNT < 2;
    }

    /** Whether the names before it have been used, of those that could stand for it just as well. */
    static boolean isNext(long names, int name) {
        if (isTop(name)) {
            return name == 0 || isUsed(names, name - 1);
        }
        boolean second = isFileName(name) && isFileName(name - 1) && parent(name - 1) == parent(name);
        return isNext(names, parent(name)) && (!second || isUsed(names, name - 1));
    }
}
