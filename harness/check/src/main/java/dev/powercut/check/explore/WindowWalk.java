package dev.powercut.check.explore;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashWindow;
import dev.powercut.sim.disk.DiskImage;
import java.util.List;

/** Walks through the states of all windows of a log: of each window all, or prefixes and a sample. */
final class WindowWalk {

    private final List<CrashWindow> windows;
    private final Choices choices;
    private final StateBounds bounds;
    private final long most;

    WindowWalk(List<CrashWindow> windows, Choices choices, StateBounds bounds) {
        this.windows = windows;
        this.choices = choices;
        this.bounds = bounds;
        this.most = fairShare();
    }

    /** The largest number of states that every window may have so that the total is kept. */
    private long fairShare() {
        long low = 1;
        long high = Math.max(bounds.exhaustive(), bounds.sampled());
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (sum(middle) <= bounds.total()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private long sum(long limit) {
        long sum = 0;
        for (CrashWindow window : windows) {
            sum += states(window, limit);
        }
        return sum;
    }

    private long states(CrashWindow window, long limit) {
        long all = window.stateCount();
        return all <= Math.min(limit, bounds.exhaustive()) ? all : Math.min(limit, bounds.sampled());
    }

    void walk(CrashStates states) {
        int epoch = 0;
        for (int number = 0; number < windows.size(); number++) {
            CrashWindow window = windows.get(number);
            OneWindow one = new OneWindow(states, window, number);
            if (window.stateCount() <= Math.min(most, bounds.exhaustive())) {
                window.forEach(one::enumerated);
            } else {
                window.forEachPrefix(one::drawn);
                long wanted = states(window, most) - one.added;
                if (wanted > 0) {
                    window.sample((int) wanted, choices.split("epoch", number), one::drawn);
                }
            }
            if (window.cellCount() > 0) {
                epoch++;
                states.cover(new EpochCoverage(
                        epoch,
                        window.firstPosition(),
                        window.lastPosition(),
                        one.added,
                        window.stateCount(),
                        window.bits()));
            }
        }
    }

    private static final class OneWindow {
        private final CrashStates states;
        private final CrashWindow window;
        private final int number;
        private final ImageIndex drawn = new ImageIndex();
        private int added;

        OneWindow(CrashStates states, CrashWindow window, int number) {
            this.states = states;
            this.window = window;
            this.number = number;
        }

        void enumerated(DiskImage image, int[] alternatives, int firstPosition) {
            states.addOfWindow(image, number, added++, firstPosition, window.lastPosition());
        }

        /** What was drawn before in this window adds nothing: other ways to the same image are no other positions. */
        void drawn(DiskImage image, int[] alternatives, int firstPosition) {
            if (drawn.find(image.hash()) == ImageIndex.NONE) {
                drawn.put(image.hash(), 0);
                int code = ~states.sampled().add(alternatives);
                states.addOfWindow(image, number, code, firstPosition, window.lastPosition());
                added++;
            }
        }
    }
}
