package dev.powercut.check.promises;

import java.util.Arrays;

/**
 * When something was promised up to where: from a position of the log on, nothing older than a bound. Positions and bounds
 * ascend; what a bound counts (operations, versions) is the owner's affair.
 */
final class PromiseList {

    /** Nothing has been promised. */
    static final int NONE = -1;

    private int[] positions = new int[2];
    private int[] bounds = new int[2];
    private int count;

    /** Holds after a cut at a position above {@code position}. */
    void add(int position, int bound) {
        if (count > 0 && bounds[count - 1] >= bound) {
            return;
        }
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, 2 * count);
            bounds = Arrays.copyOf(bounds, 2 * count);
        }
        positions[count] = position;
        bounds[count] = bound;
        count++;
    }

    /** The bound that holds after a cut at a position, or {@link #NONE}. */
    int boundAt(int position) {
        for (int i = count - 1; i >= 0; i--) {
            if (positions[i] < position) {
                return bounds[i];
            }
        }
        return NONE;
    }
}
