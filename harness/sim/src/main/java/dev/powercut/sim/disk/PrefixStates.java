package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;
import java.util.List;

/**
 * Prefixes of the pending entries, longest first. Since writes reach the medium in order here, a durable FUA write means
 * that everything before it is durable too.
 */
final class PrefixStates implements LegalStates {

    private final CrashModel model;
    private final DiskImage durable;
    private final List<LogEntry> pending;
    private final int entriesSafe;
    private final long count;

    PrefixStates(CrashModel model, DiskImage durable, List<LogEntry> pending) {
        this.model = model;
        this.durable = durable;
        this.pending = pending;
        int safe = 0;
        for (int i = 0; i < pending.size(); i++) {
            safe = model.isBarrier(pending.get(i)) ? i + 1 : safe;
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
            case LogEntry.Write write -> model.cutsInsideWrites() ? write.contents().length * damages() : 1;
            case LogEntry.Discard discard -> 1;
            case LogEntry.Flush flush -> 0;
            case LogEntry.Mark mark -> 0;
        };
    }

    /** How many states end with each sector: whole, or damaged in some way. */
    private int damages() {
        return Sector.BYTES / model.atomicBytes() + (model.leavesGarbage() ? 1 : 0);
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
        if (cuts == 0) {
            return new CrashState(image, new Kept.Prefix(whole, 0));
        }
        int sectors = (int) (cuts / damages());
        int damage = (int) (cuts % damages());
        LogEntry.Write next = (LogEntry.Write) pending.get(whole);
        image = image.with(next.sector(), next.contents(), 0, sectors);
        if (damage == 0) {
            return new CrashState(image, new Kept.Prefix(whole, sectors));
        }
        int newBytes = damage * model.atomicBytes() % Sector.BYTES;
        long at = next.sector() + sectors;
        image = image.with(at, KeptImage.written(image.sector(at), next.contents()[sectors], at, newBytes));
        return new CrashState(image, Kept.frontWithDamage(whole, sectors, newBytes));
    }

    @Override
    public CrashState draw(Choices choices) {
        return state(choices.choose("power-cut.lost-sectors", Math.toIntExact(count)));
    }
}
