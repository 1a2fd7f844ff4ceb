package dev.powercut.kernel.block;

import java.util.List;

/**
 * Which request is next: C-LOOK (Teorey and Pinkerton, "A comparative analysis of disk scheduling policies", CACM 1972; as Seaman,
 * Lind and Wilson's circular scan, which turns at the last request). The arm moves upwards, and from the highest request back to
 * the lowest.
 */
final class Elevator {

    private Elevator() {}

    /**
     * Picks among the requests before the first flush.
     *
     * @param queue in the order in which they came; not empty
     * @param head where the arm is
     * @return its index; that of the flush when nothing is before it
     */
    static int next(List<Queued> queue, long head) {
        int upwards = -1;
        int lowest = -1;
        for (int i = 0; i < queue.size() && !queue.get(i).isFlush(); i++) {
            if (mustWait(queue, i)) {
                continue;
            }
            long sector = queue.get(i).first();
            if (sector >= head && (upwards < 0 || sector < queue.get(upwards).first())) {
                upwards = i;
            }
            if (lowest < 0 || sector < queue.get(lowest).first()) {
                lowest = i;
            }
        }
        return upwards >= 0 ? upwards : Math.max(0, lowest);
    }

    private static boolean mustWait(List<Queued> queue, int index) {
        for (int i = 0; i < index; i++) {
            if (queue.get(i).conflicts(queue.get(index))) {
                return true;
            }
        }
        return false;
    }
}
