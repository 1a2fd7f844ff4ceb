package dev.powercut.sim.schedule;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strands that can run, those that have been ready longest first: a ring that any element can be taken out of. */
final class ReadyQueue {

    private @Nullable Strand[] ring = new Strand[8];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(Strand strand) {
        if (size == ring.length) {
            @Nullable Strand[] larger = Arrays.copyOfRange(ring, head, head + 2 * size);
            System.arraycopy(ring, 0, larger, ring.length - head, head);
            ring = larger;
            head = 0;
        }
        ring[head + size & ring.length - 1] = strand;
        size++;
    }

    Strand get(int index) {
        Strand strand = ring[head + index & ring.length - 1];
        if (index >= size || strand == null) {
            throw new IndexOutOfBoundsException("ready task " + index + " of " + size);
        }
        return strand;
    }

    /** Takes one out; those behind it move up. */
    Strand remove(int index) {
        Strand strand = get(index);
        int mask = ring.length - 1;
        if (index < size / 2) {
            for (int i = index; i > 0; i--) {
                ring[head + i & mask] = ring[head + i - 1 & mask];
            }
            ring[head & mask] = null;
            head = head + 1 & mask;
        } else {
            for (int i = index; i < size - 1; i++) {
                ring[head + i & mask] = ring[head + i + 1 & mask];
            }
            ring[head + size - 1 & mask] = null;
        }
        size--;
        return strand;
    }
}
