package dev.powercut.check.explore;

import java.util.Arrays;

/** The alternatives of states that were drawn, closely packed. */
final class SampledStates {

    private short[] alternatives = new short[1 << 12];
    private int size;

    /** Keeps a state; returns its place. */
    int add(int[] state) {
        int place = size;
        if (size + state.length > alternatives.length) {
            alternatives = Arrays.copyOf(alternatives, Math.max(size + state.length, 2 * alternatives.length));
        }
        for (int each : state) {
            // More than 32,767 versions of one sector in one epoch are not told apart beyond that.
            alternatives[size++] = (short) Math.min(each, Short.MAX_VALUE);
        }
        return place;
    }

    int[] get(int place, int count) {
        int[] state = new int[count];
        for (int i = 0; i < count; i++) {
            state[i] = alternatives[place + i];
        }
        return state;
    }
}
