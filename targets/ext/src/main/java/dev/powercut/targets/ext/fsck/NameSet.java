package dev.powercut.targets.ext.fsck;

import java.util.Arrays;

/**
 * The names of one directory, by 64-bit hash: finds a name that is there twice. Names whose hashes are equal are told to be
 * equal; the caller compares the bytes.
 */
final class NameSet {

    private static final int LEAST = 128;

    /** Open addressing; 0 is free. */
    private long[] hashes = new long[LEAST];
    /** Where the name is: index of the directory block, then 16 bits of offset. */
    private long[] places = new long[LEAST];

    private int capacity = LEAST;
    private int count;

    void reset() {
        capacity = LEAST;
        count = 0;
        Arrays.fill(hashes, 0, LEAST, 0);
    }

    /**
     * Adds a name.
     *
     * @param hash hash of the name
     * @param place where it is
     * @return the place of an earlier name with the same hash; -1 when there is none
     */
    long add(long hash, long place) {
        long key = hash == 0 ? 1 : hash;
        int slot = slot(key);
        while (hashes[slot] != 0) {
            if (hashes[slot] == key) {
                return places[slot];
            }
            slot = slot + 1 & capacity - 1;
        }
        hashes[slot] = key;
        places[slot] = place;
        if (++count * 2 > capacity) {
            grow();
        }
        return -1;
    }

    private int slot(long key) {
        return (int) (key >>> 32) & capacity - 1;
    }

    private void grow() {
        long[] oldHashes = Arrays.copyOf(hashes, capacity);
        long[] oldPlaces = Arrays.copyOf(places, capacity);
        capacity *= 2;
        if (hashes.length < capacity) {
            hashes = new long[capacity];
            places = new long[capacity];
        } else {
            Arrays.fill(hashes, 0, capacity, 0);
        }
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                while (hashes[slot] != 0) {
                    slot = slot + 1 & capacity - 1;
                }
                hashes[slot] = oldHashes[i];
                places[slot] = oldPlaces[i];
            }
        }
    }
}
