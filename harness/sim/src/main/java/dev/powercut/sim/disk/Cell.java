package dev.powercut.sim.disk;

/**
 * Sectors of a window that share their fate, and what they may hold after a power cut: alternatives, of which any may come
 * together with any of the other cells. Alternative 0 has the fewest entries, and no two hold the same contents.
 *
 * @param sectors the sectors, ascending
 * @param contents for each alternative what the sectors hold
 * @param kept for each alternative which parts of pending entries make it so, in the order of the log; the sector indices are those
 *     of the entries
 * @param last for each alternative which of the window's entries is the last that it has, by its number within the window; -1 for
 *     none
 */
record Cell(long[] sectors, Sector[][] contents, Kept.Part[][] kept, int[] last) {

    int alternatives() {
        return contents.length;
    }

    /** The alternative with just these contents, or -1. */
    int find(Sector[] wanted) {
        for (int i = 0; i < contents.length; i++) {
            if (same(contents[i], wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(Sector[] some, Sector[] others) {
        for (int i = 0; i < some.length; i++) {
            if (!some[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    /** An image in which this cell changes from one alternative to another. */
    DiskImage change(DiskImage image, int from, int to) {
        Sector[] before = contents[from];
        Sector[] after = contents[to];
        DiskImage result = image;
        for (int i = 0; i < sectors.length; i++) {
            if (before[i] != after[i]) {
                result = result.with(sectors[i], after[i]);
            }
        }
        return result;
    }
}
