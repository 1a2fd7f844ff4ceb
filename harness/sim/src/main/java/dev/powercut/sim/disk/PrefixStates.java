package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;
import java.util.List;

/**
 * Prefixes of the pending entries, longest first. Since writes reach the medium in order here, a durable FUA write means
 * that everything before it is durable too.
 */
final class PrefixStates implements LegalStates {

    private final DiskImage durable;
    private final List<LogEntry> pending;
    private final boolean cutsInsideWrites;
    private final int entriesSafe;
    private final long count;

    PrefixStates(DiskImage durable, List<LogEntry> pending, boolean cutsInsideWrites) {
        this.durable = durable;
        this.pending = pending;
        this.cutsInsideWrites = cutsInsideWrites;
        int safe = 0;
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i) instanceof LogEntry.Write write && write.fua()) {
                safe = i + 1;
            }
        }
        this.entriesSafe = safe;
        long states = 1;
        for (int i = safe; i < pending.size(); i++) {
            states += cutsIn(pending.get(i));
        }
        this.count = states;
    }

    /** How many states end within this entry or right before it. */
    private int cutsIn(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> cutsInsideWrites ? write.contents().length : 1;
            case LogEntry.Discard discard -> 1;
            case LogEntry.Flush flush -> 0;
            case LogEntry.Mark mark -> 0;
        };
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public CrashState state(long index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("state " + index + " of " + count);
        }
        long cuts = count - 1 - index;
        int whole = entriesSafe;
        while (whole < pending.size() && cuts >= cutsIn(pending.get(whole))) {
            cuts -= cutsIn(pending.get(whole));
            whole++;
        }
        DiskImage image = durable;
        for (int i = 0; i < whole; i++) {
            image = WriteLog.apply(image, pending.get(i));
        }
        if (cuts > 0) {
            LogEntry.Write next = (LogEntry.Write) pending.get(whole);
            image = image.with(next.sector(), next.contents(), 0, (int) cuts);
        }
        return new CrashState(image, new Kept.Prefix(whole, (int) cuts));
    }

    @Override
    public CrashState draw(Choices choices) {
        return state(choices.choose("power-cut.lost-sectors", Math.toIntExact(count)));
    }
}
