package dev.powercut.check.ace;

import dev.powercut.check.ace.Moves.Move;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * All sequences of so many core operations, numbered from 0. Sequences that begin alike have neighbouring numbers. Keeps what it
 * has counted: a few thousand numbers for a length of three. For one thread at a time.
 */
public final class AceSpace {

    public static final int MAX_LENGTH = 4;

    /** What is known of a state of the names: the operations that succeed there, and how many persistence points follow each. */
    private record Place(List<Move> moves, int[] pointCounts) {}

    /**
     * How many workloads begin with a core operation.
     *
     * @param ways in how many ways it may stand first: choices of names, by what stands under them
     * @param workloads of the whole length
     */
    public record Share(CoreOperation operation, int ways, long workloads) {}

    private final int length;
    private final boolean symmetricVariants;
    private final TreeMap<Long, Place> places = new TreeMap<>();
    private final List<TreeMap<Long, Long>> counts = new ArrayList<>();

    /** @throws IllegalArgumentException when the length is not from 1 to {@link #MAX_LENGTH} */
    public AceSpace(int length) {
        this(length, false);
    }

    /** @param symmetricVariants whether sequences count that differ from another one only by a renaming of names */
    public AceSpace(int length, boolean symmetricVariants) {
        this.symmetricVariants = symmetricVariants;
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length " + length + " is not from 1 to " + MAX_LENGTH);
        }
        this.length = length;
        for (int i = 0; i <= length; i++) {
            counts.add(new TreeMap<>());
        }
    }

    public int length() {
        return length;
    }

    /** How many workloads there are. */
    public long count() {
        return count(Names.START, length);
    }

    /** How many workloads begin with each core operation. */
    public List<Share> shares() {
        List<Share> shares = new ArrayList<>();
        Place start = place(Names.START);
        for (CoreOperation operation : CoreOperation.values()) {
            int ways = 0;
            long workloads = 0;
            for (int i = 0; i < start.moves.size(); i++) {
                if (start.moves.get(i).operation() == operation) {
                    ways++;
                    workloads += start.pointCounts[i] * count(start.moves.get(i).names(), length - 1);
                }
            }
            shares.add(new Share(operation, ways, workloads));
        }
        return shares;
    }

    /**
     * The workload with a number.
     *
     * @throws IllegalArgumentException when there is no such number
     */
    public AceWorkload workload(long index) {
        if (index < 0 || index >= count()) {
            throw new IllegalArgumentException("there is no workload " + index + " among " + count());
        }
        long names = Names.START;
        long initial = Names.START;
        long rest = index;
        List<Operation> operations = new ArrayList<>();
        for (int left = length - 1; left >= 0; left--) {
            Place place = place(names);
            int at = 0;
            long each = count(place.moves.get(0).names(), left);
            while (rest >= place.pointCounts[at] * each) {
                rest -= place.pointCounts[at] * each;
                at++;
                each = count(place.moves.get(at).names(), left);
            }
            Move move = place.moves.get(at);
            names = move.names();
            initial |= move.initial();
            operations.add(move.operation().on(path(move.first()), path(move.second())));
            PersistencePoint point = Moves.persistencePoints(names).get((int) (rest / each));
            rest %= each;
            if (left == 0 || point.kind() != PersistencePoint.Kind.NOTHING) {
                operations.add(point.operation());
            }
        }
        return workload(index, initial, operations);
    }

    private AceWorkload workload(long index, long initial, List<Operation> operations) {
        List<Step> setUp = new ArrayList<>();
        for (Operation operation : setUp(initial)) {
            setUp.add(new Step(setUp.size(), operation));
        }
        List<Step> steps = new ArrayList<>();
        for (Operation operation : operations) {
            steps.add(new Step(setUp.size() + steps.size(), operation));
        }
        return new AceWorkload(length, index, setUp, steps);
    }

    /** What makes the names stand for what they are declared to stand for from the beginning. */
    private static List<Operation> setUp(long initial) {
        List<Operation> operations = new ArrayList<>();
        for (int name = 0; name < Names.COUNT; name++) {
            String path = Names.PATHS.get(name);
            int value = Names.value(initial, name);
            if (value == Names.DIRECTORY) {
                operations.add(new Operation.Mkdir(path, 0755));
            } else if (value == Names.FILE) {
                operations.add(new Operation.Creat(path, 0644));
                operations.add(new Operation.Write(path, 0, CoreOperation.FILE_BYTES));
            }
        }
        return operations;
    }

    private static String path(int name) {
        return name == Moves.NONE ? "" : Names.PATHS.get(name);
    }

    private long count(long names, int left) {
        if (left == 0) {
            return 1;
        }
        Long known = counts.get(left).get(names);
        if (known != null) {
            return known;
        }
        Place place = place(names);
        long sum = 0;
        for (int i = 0; i < place.moves.size(); i++) {
            sum += place.pointCounts[i] * count(place.moves.get(i).names(), left - 1);
        }
        counts.get(left).put(names, sum);
        return sum;
    }

    private Place place(long names) {
        Place known = places.get(names);
        if (known != null) {
            return known;
        }
        List<Move> moves = Moves.of(names, symmetricVariants);
        int[] pointCounts = new int[moves.size()];
        for (int i = 0; i < pointCounts.length; i++) {
            pointCounts[i] = Moves.persistencePoints(moves.get(i).names()).size();
        }
        Place place = new Place(moves, pointCounts);
        places.put(names, place);
        return place;
    }
}
