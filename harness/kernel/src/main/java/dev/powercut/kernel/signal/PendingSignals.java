package dev.powercut.kernel.signal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals that have been sent and not been taken. */
public final class PendingSignals {

    private final List<SignalInfo> queue = new ArrayList<>(0);
    private long set;

    public PendingSignals() {}

    /** Adds a signal; a standard one that is pending already is dropped. */
    public void add(SignalInfo info) {
        if (Signal.isRealTime(info.signal()) || !SignalSet.contains(set, info.signal())) {
            queue.add(info);
            set |= SignalSet.of(info.signal());
        }
    }

    /** Which signals are pending. */
    public long set() {
        return set;
    }

    /** How many real-time signals are queued. */
    public int queued() {
        int count = 0;
        for (SignalInfo info : queue) {
            count += Signal.isRealTime(info.signal()) ? 1 : 0;
        }
        return count;
    }

    /** Takes one out of a set: the lowest number, of one number the oldest; null when there is none. */
    public @Nullable SignalInfo take(long wanted) {
        if ((set & wanted) == 0) {
            return null;
        }
        int signal = Long.numberOfTrailingZeros(set & wanted) + 1;
        SignalInfo taken = null;
        boolean isLast = true;
        for (int i = 0; i < queue.size(); i++) {
            if (queue.get(i).signal() == signal) {
                if (taken == null) {
                    taken = queue.remove(i--);
                } else {
                    isLast = false;
                }
            }
        }
        if (isLast) {
            set &= ~SignalSet.of(signal);
        }
        return taken;
    }

    /** Drops all signals of a set. */
    public void drop(long dropped) {
        queue.removeIf(info -> SignalSet.contains(dropped, info.signal()));
        set &= ~dropped;
    }
}
