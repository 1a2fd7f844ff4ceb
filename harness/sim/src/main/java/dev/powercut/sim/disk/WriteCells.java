package dev.powercut.sim.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes the cells of a window in which each write goes its own way, as a whole. Writes that share sectors make one cell: of those
 * that are kept, the last one counts, since no device leaves the older of two writes that both reached the medium.
 */
final class WriteCells {

    /** Of so many overlapping writes all subsets are tried; of more, those without one, with one only, and the first ones. */
    private static final int ALL_SUBSETS = 12;

    private final DiskImage durable;
    private final List<Pending> pending;

    WriteCells(DiskImage durable, List<Pending> pending) {
        this.durable = durable;
        this.pending = pending;
    }

    WindowPlan plan() {
        WindowPlan plan = new WindowPlan(durable, pending);
        int[] groupOf = groups();
        for (int first = 0; first < pending.size(); first++) {
            if (groupOf[first] == first) {
                List<Integer> members = new ArrayList<>();
                for (int i = first; i < pending.size(); i++) {
                    if (groupOf[i] == first) {
                        members.add(i);
                    }
                }
                addCell(plan, members);
            }
        }
        return plan;
    }

    /** For each entry the first one that it is joined to by sectors in common. */
    private int[] groups() {
        int[] groupOf = new int[pending.size()];
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = i;
            for (int j = 0; j < i; j++) {
                if (pending.get(i).first() < pending.get(j).end()
                        && pending.get(j).first() < pending.get(i).end()) {
                    join(groupOf, groupOf[j], groupOf[i], i);
                }
            }
        }
        return groupOf;
    }

    private static void join(int[] groupOf, int one, int other, int last) {
        int low = Math.min(one, other);
        int high = Math.max(one, other);
        for (int i = 0; i <= last; i++) {
            if (groupOf[i] == high) {
                groupOf[i] = low;
            }
        }
    }

    private void addCell(WindowPlan plan, List<Integer> members) {
        long[] sectors = sectors(members);
        List<Sector[]> contents = new ArrayList<>();
        List<Kept.Part[]> kept = new ArrayList<>();
        List<Integer> last = new ArrayList<>();
        for (BitSet subset : subsets(members)) {
            Sector[] after = after(members, subset, sectors);
            if (contents.stream().noneMatch(known -> Arrays.equals(known, after))) {
                contents.add(after);
                kept.add(parts(members, subset));
                last.add(subset.isEmpty() ? -1 : members.get(subset.length() - 1));
            }
        }
        Cell cell = new Cell(
                sectors,
                contents.toArray(new Sector[0][]),
                kept.toArray(new Kept.Part[0][]),
                last.stream().mapToInt(Integer::intValue).toArray());
        List<WindowPlan.Step> steps = new ArrayList<>();
        BitSet prefix = forced(members);
        for (int i = 0; i < members.size(); i++) {
            if (!pending.get(members.get(i)).forced()) {
                prefix.set(i);
                int alternative = cell.find(after(members, prefix, sectors));
                steps.add(new WindowPlan.Step(members.get(i), 0, alternative));
            }
        }
        plan.add(cell, steps);
        if (members.size() > ALL_SUBSETS) {
            plan.countAtLeast(members.size(), cell.alternatives());
        }
    }

    /** The sectors that members write, and those that they discard where anything but zeroes is. */
    private long[] sectors(List<Integer> members) {
        TreeSet<Long> sectors = new TreeSet<>();
        for (int member : members) {
            Pending each = pending.get(member);
            if (each.entry() instanceof LogEntry.Write) {
                for (long at = each.first(); at < each.end(); at++) {
                    sectors.add(at);
                }
            } else {
                for (long at = durable.nextNonZero(each.first(), each.end());
                        at < each.end();
                        at = durable.nextNonZero(at + 1, each.end())) {
                    sectors.add(at);
                }
            }
        }
        return sectors.stream().mapToLong(Long::longValue).toArray();
    }

    private BitSet forced(List<Integer> members) {
        BitSet forced = new BitSet();
        for (int i = 0; i < members.size(); i++) {
            forced.set(i, pending.get(members.get(i)).forced());
        }
        return forced;
    }

    /** The subsets of members to be tried, the last entries last. Forced ones are in each. */
    private List<BitSet> subsets(List<Integer> members) {
        int count = members.size();
        BitSet forced = forced(members);
        List<BitSet> subsets = new ArrayList<>();
        if (count <= ALL_SUBSETS) {
            for (long bits = 0; bits < 1L << count; bits++) {
                BitSet subset = BitSet.valueOf(new long[] {bits});
                subset.or(forced);
                if (!subsets.contains(subset)) {
                    subsets.add(subset);
                }
            }
            return subsets;
        }
        subsets.add(forced);
        for (int i = 0; i < count; i++) {
            subsets.add(with(forced, i, i + 1));
            subsets.add(with(forced, 0, i + 1));
        }
        for (int i = 0; i < count; i++) {
            BitSet without = with(forced, 0, count);
            without.set(i, forced.get(i));
            subsets.add(without);
        }
        return subsets;
    }

    private static BitSet with(BitSet forced, int from, int to) {
        BitSet set = new BitSet();
        set.or(forced);
        set.set(from, to);
        return set;
    }

    private Sector[] after(List<Integer> members, BitSet subset, long[] sectors) {
        Sector[] after = new Sector[sectors.length];
        for (int i = 0; i < sectors.length; i++) {
            after[i] = durable.sector(sectors[i]);
        }
        for (int i = subset.nextSetBit(0); i >= 0; i = subset.nextSetBit(i + 1)) {
            write(pending.get(members.get(i)), sectors, after);
        }
        return after;
    }

    private static void write(Pending each, long[] sectors, Sector[] after) {
        int at = Arrays.binarySearch(sectors, each.first());
        for (int i = at < 0 ? -at - 1 : at; i < sectors.length && sectors[i] < each.end(); i++) {
            after[i] = each.entry() instanceof LogEntry.Write write
                    ? write.contents()[(int) (sectors[i] - each.first())]
                    : Sector.ZERO;
        }
    }

    private Kept.Part[] parts(List<Integer> members, BitSet subset) {
        List<Kept.Part> parts = new ArrayList<>();
        for (int i = subset.nextSetBit(0); i >= 0; i = subset.nextSetBit(i + 1)) {
            parts.add(Kept.Part.whole(pending.get(members.get(i)).index()));
        }
        return parts.toArray(new Kept.Part[0]);
    }
}
