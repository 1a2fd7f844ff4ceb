package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.List;

/** Cuts a sequence of entries into windows, as a model of a device that writes in any order has them. */
final class CrashWindows {

    private final CrashModel model;
    private final List<LogEntry> entries;
    private final List<CrashWindow> windows = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private DiskImage durable;
    private DiskImage current;
    private int durableEntries;
    private int from;

    private CrashWindows(CrashModel model, DiskImage base, List<LogEntry> entries) {
        this.model = model;
        this.entries = entries;
        this.durable = base;
        this.current = base;
    }

    /** All windows, in their order; at least one. They cover all positions from 0 to the number of entries. */
    static List<CrashWindow> of(CrashModel model, DiskImage base, List<LogEntry> entries) {
        CrashWindows windows = new CrashWindows(model, base, entries);
        for (int i = 0; i < entries.size(); i++) {
            windows.enter(i, entries.get(i));
        }
        windows.close(entries.size());
        return windows.windows;
    }

    /** The last window only: what a device holds that loses its power now. */
    static CrashWindow last(CrashModel model, DiskImage base, List<LogEntry> entries) {
        return of(model, base, entries).getLast();
    }

    private void enter(int index, LogEntry entry) {
        switch (entry) {
            case LogEntry.Write write -> {
                add(index, entry);
                if (write.fua() && model.honoursFua()) {
                    force(index);
                }
            }
            case LogEntry.Discard discard -> {
                add(index, entry);
                if (!model.losesDiscards()) {
                    force(index);
                }
            }
            case LogEntry.Flush flush -> {
                if (model.honoursFlushes()) {
                    close(index);
                    pending.clear();
                    durable = current;
                    durableEntries = index + 1;
                }
            }
            case LogEntry.Mark mark -> {}
        }
    }

    private void add(int index, LogEntry entry) {
        pending.add(new Pending(index, entry, false));
        current = WriteLog.apply(current, entry);
    }

    /** The latest entry is durable once complete: until then it is as any other. */
    private void force(int index) {
        close(index);
        pending.set(pending.size() - 1, pending.getLast().asForced());
    }

    /** Ends a window at a position. */
    private void close(int lastPosition) {
        WindowPlan plan = switch (model.unit()) {
            case SECTOR -> new SectorCells(model, durable, pending).plan();
            case WRITE -> new WriteCells(durable, pending).plan();
        };
        CrashWindow window = plan.window(durableEntries, from, lastPosition);
        windows.add(window);
        from = lastPosition + 1;
    }
}
