package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the cells of a window in which each sector goes its own way: it holds what it held before, or any of the versions
 * written to it; with a device that damages sectors in flight, also a half of one or garbage.
 */
final class SectorCells {

    private final CrashModel model;
    private final DiskImage durable;
    private final List<Pending> pending;
    private final Map<Long, List<Version>> versions = new TreeMap<>();

    /** @param contents what the sector held since entry {@code number} of the window, whose sector {@code index} it is */
    private record Version(int number, int index, Sector contents) {}

    SectorCells(CrashModel model, DiskImage durable, List<Pending> pending) {
        this.model = model;
        this.durable = durable;
        this.pending = pending;
    }

    WindowPlan plan() {
        for (int number = 0; number < pending.size(); number++) {
            switch (pending.get(number).entry()) {
                case LogEntry.Write write -> {
                    for (int i = 0; i < write.contents().length; i++) {
                        add(write.sector() + i, new Version(number, i, write.contents()[i]));
                    }
                }
                case LogEntry.Discard discard -> addDiscard(number, discard);
                case LogEntry.Flush flush -> {}
                case LogEntry.Mark mark -> {}
            }
        }
        WindowPlan plan = new WindowPlan(durable, pending);
        versions.forEach((sector, all) -> addCell(plan, sector, all));
        return plan;
    }

    private void add(long sector, Version version) {
        versions.computeIfAbsent(sector, key -> new ArrayList<>(2)).add(version);
    }

    /** A discard matters where something else than zeroes is or may be. */
    private void addDiscard(int number, LogEntry.Discard discard) {
        long end = discard.sector() + discard.count();
        for (long at = durable.nextNonZero(discard.sector(), end); at < end; at = durable.nextNonZero(at + 1, end)) {
            versions.computeIfAbsent(at, key -> new ArrayList<>(2));
        }
        versions.forEach((sector, all) -> {
            if (sector >= discard.sector() && sector < end) {
                all.add(new Version(number, (int) (sector - discard.sector()), Sector.ZERO));
            }
        });
    }

    private void addCell(WindowPlan plan, long sector, List<Version> all) {
        int forced = -1;
        for (int i = 0; i < all.size(); i++) {
            forced = pending.get(all.get(i).number()).forced() ? i : forced;
        }
        Alternatives alternatives = new Alternatives();
        if (forced < 0) {
            alternatives.add(durable.sector(sector), List.of(), -1);
        }
        Sector base = forced < 0 ? durable.sector(sector) : all.get(forced).contents();
        for (int i = Math.max(0, forced); i < all.size(); i++) {
            Version version = all.get(i);
            List<Kept.Part> below =
                    forced < 0 || i == forced ? List.of() : List.of(part(all.get(forced), Sector.BYTES));
            if (i != forced) {
                addDamaged(alternatives, sector, version, base, below);
            }
            alternatives.add(version.contents(), List.of(part(version, Sector.BYTES)), version.number());
        }
        plan.add(alternatives.cell(sector), stepsOf(all, alternatives, forced));
    }

    private void addDamaged(
            Alternatives alternatives, long sector, Version version, Sector base, List<Kept.Part> below) {
        for (int bytes = model.atomicBytes(); bytes < Sector.BYTES; bytes += model.atomicBytes()) {
            addDamaged(alternatives, sector, version, base, below, bytes);
        }
        if (model.leavesGarbage()) {
            addDamaged(alternatives, sector, version, base, below, Kept.Part.GARBAGE);
        }
    }

    private void addDamaged(
            Alternatives alternatives, long sector, Version version, Sector base, List<Kept.Part> below, int bytes) {
        List<Kept.Part> parts = new ArrayList<>(below);
        parts.add(part(version, bytes));
        alternatives.add(KeptImage.written(base, version.contents(), sector, bytes), parts, version.number());
    }

    private Kept.Part part(Version version, int newBytes) {
        return new Kept.Part(pending.get(version.number()).index(), version.index(), version.index() + 1, newBytes);
    }

    /** Versions in the order of issue, each with the alternative that a device that keeps the order has reached with it. */
    private List<WindowPlan.Step> stepsOf(List<Version> all, Alternatives alternatives, int forced) {
        List<WindowPlan.Step> steps = new ArrayList<>();
        for (int i = forced + 1; i < all.size(); i++) {
            Version version = all.get(i);
            steps.add(new WindowPlan.Step(version.number(), version.index(), alternatives.find(version.contents())));
        }
        return steps;
    }

    /** What one sector may hold, without repetition. */
    private static final class Alternatives {
        private final List<Sector> contents = new ArrayList<>();
        private final List<List<Kept.Part>> kept = new ArrayList<>();
        private final List<Integer> last = new ArrayList<>();

        void add(Sector sector, List<Kept.Part> parts, int number) {
            if (find(sector) < 0) {
                contents.add(sector);
                kept.add(parts);
                last.add(number);
            }
        }

        int find(Sector sector) {
            for (int i = 0; i < contents.size(); i++) {
                if (contents.get(i).equals(sector)) {
                    return i;
                }
            }
            return -1;
        }

        Cell cell(long sector) {
            Sector[][] each = new Sector[contents.size()][];
            Kept.Part[][] parts = new Kept.Part[contents.size()][];
            int[] numbers = new int[contents.size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = new Sector[] {contents.get(i)};
                parts[i] = kept.get(i).toArray(new Kept.Part[0]);
                numbers[i] = last.get(i);
            }
            return new Cell(new long[] {sector}, each, parts, numbers);
        }
    }
}
