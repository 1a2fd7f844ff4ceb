package dev.powercut.check.concurrent;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order in which calls that overlapped can have taken effect, one step at a time, so that each came back with what it came
 * back with (Herlihy and Wing: "Linearizability: a correctness condition for concurrent objects", TOPLAS 1990). A call that came
 * back before another began goes before it.
 *
 * <p>Depth first, what came back first first: this is mostly right. States from which there was no way are remembered (Wing and
 * Gong; Lowe). The search is bounded. It can go on to other orders: of those that promise the same, one is met.
 */
public final class Linearisation {

    /** What came of a search. */
    public enum Verdict {
        EXPLAINED,
        UNEXPLAINED,
        GAVE_UP
    }

    private final Model initial;
    private final List<List<Call>> calls;
    private final List<List<CallSteps>> steps;
    private final int budget;
    private final TreeSet<String> dead = new TreeSet<>();
    private final List<Taken> order = new ArrayList<>();
    private Predicate<Model> accepts = model -> true;
    private int states;
    private int deepest = -1;
    private List<String> stuck = List.of();

    /** One call that has taken effect. */
    private record Taken(Call call, Model after, List<Effect> effects) {}

    /**
     * @param initial what the filesystem holds before the first call
     * @param calls the calls of each process, in order
     * @param budget how many states to look at, at most
     */
    public Linearisation(Model initial, List<List<Call>> calls, int budget) {
        this.initial = initial;
        this.calls = calls;
        this.budget = budget;
        this.steps = new ArrayList<>();
        for (List<Call> own : calls) {
            steps.add(own.stream().map(CallSteps::new).toList());
        }
    }

    /**
     * Searches.
     *
     * @param ending what must hold of the model in the end; asked of each order that explains the calls
     */
    public Verdict search(Predicate<Model> ending) {
        return search(ending, null);
    }

    private Verdict search(Predicate<Model> ending, @Nullable PromiseOrder promised) {
        accepts = ending;
        boolean found = explore(initial, new int[calls.size()], new @Nullable Progress[calls.size()], 0, promised);
        return found ? Verdict.EXPLAINED : states >= budget ? Verdict.GAVE_UP : Verdict.UNEXPLAINED;
    }

    /**
     * Goes through the orders that explain the calls, one of each sort that promises the same.
     *
     * @param ending what must hold of the model in the end
     * @param guarantees what can be promised
     * @param isEnough given each order; true ends the search
     * @return {@link Verdict#UNEXPLAINED} when none was enough
     */
    Verdict each(Predicate<Model> ending, Guarantees guarantees, Predicate<History> isEnough) {
        return search(last -> ending.test(last) && isEnough.test(history()), PromiseOrder.of(guarantees));
    }

    /** How many states were looked at. */
    public int states() {
        return states;
    }

    /** Where the search that went furthest could not go on: what each call should have come back with, a line each. */
    public List<String> stuck() {
        return stuck;
    }

    private boolean explore(
            Model model, int[] done, @Nullable Progress[] under, int finished, @Nullable PromiseOrder promised) {
        if (isOver(done)) {
            if (accepts.test(model)) {
                return true;
            }
            note(finished, List.of("every call is explained, and yet the disk holds something else in the end"));
            return false;
        }
        if (++states >= budget) {
            return false;
        }
        String key = states > 4 * calls.size() + totalCalls() ? key(model, done, under, promised) : "";
        if (!key.isEmpty() && dead.contains(key)) {
            return false;
        }
        List<String> refused = new ArrayList<>();
        for (int process : byRank(done)) {
            if (mayGo(process, done, under) && take(model, process, done, under, finished, promised, refused)) {
                return true;
            }
        }
        note(finished, refused);
        dead.add(key.isEmpty() ? key(model, done, under, promised) : key);
        return false;
    }

    private int totalCalls() {
        int total = 0;
        for (List<Call> own : calls) {
            total += 4 * own.size();
        }
        return total;
    }

    private boolean take(
            Model model,
            int process,
            int[] done,
            @Nullable Progress[] under,
            int finished,
            @Nullable PromiseOrder promised,
            List<String> refused) {
        Call call = calls.get(process).get(done[process]);
        Progress progress = under[process] == null ? Progress.BEGIN : under[process];
        Advance advance = steps.get(process).get(done[process]).advance(model, progress);
        if (!advance.agrees()) {
            Result expected = advance.expected();
            refused.add(call + (expected == null ? "" : ", where it should be " + expected.text()));
            return false;
        }
        @Nullable Progress[] nextUnder = under.clone();
        nextUnder[process] = advance.next();
        int[] nextDone = done;
        boolean ends = advance.next() == null;
        if (ends) {
            nextDone = done.clone();
            nextDone[process]++;
            order.add(new Taken(call, advance.model(), advance.effects()));
        }
        PromiseOrder next = promised == null || !ends ? promised : promised.after(call, advance.effects());
        if (explore(advance.model(), nextDone, nextUnder, finished + (ends ? 1 : 0), next)) {
            return true;
        }
        if (ends) {
            order.removeLast();
        }
        return false;
    }

    private void note(int finished, List<String> refused) {
        if (finished > deepest && !refused.isEmpty()) {
            deepest = finished;
            stuck = List.copyOf(refused);
        }
    }

    private boolean isOver(int[] done) {
        for (int process = 0; process < done.length; process++) {
            if (done[process] < calls.get(process).size()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a process may take a step: a call that has not begun waits for those that had ended before it began. */
    private boolean mayGo(int process, int[] done, @Nullable Progress[] under) {
        if (under[process] != null) {
            return true;
        }
        long begin = calls.get(process).get(done[process]).begin();
        for (int other = 0; other < done.length; other++) {
            boolean left = other != process && done[other] < calls.get(other).size();
            if (left && calls.get(other).get(done[other]).end() < begin) {
                return false;
            }
        }
        return true;
    }

    /**
     * What comes first is tried first. A call that only promises that what is there is durable goes before whatever else may have been
     * there: so it promises the least.
     */
    private static long rank(Call call) {
        return switch (call.step().operation()) {
            case Operation.Sync sync -> call.begin();
            case Operation.Fsync sync -> call.begin();
            case Operation.Fdatasync sync -> call.begin();
            case Operation.FsyncOpen sync -> call.begin();
            case Operation.FdatasyncOpen sync -> call.begin();
            default -> call.end();
        };
    }

    /** The processes that have calls left, in the order in which they are tried. */
    private int[] byRank(int[] done) {
        int[] sorted = new int[done.length];
        int count = 0;
        for (int process = 0; process < done.length; process++) {
            if (done[process] < calls.get(process).size()) {
                long rank = rank(calls.get(process).get(done[process]));
                int at = count++;
                while (at > 0 && rank(calls.get(sorted[at - 1]).get(done[sorted[at - 1]])) > rank) {
                    sorted[at] = sorted[at - 1];
                    at--;
                }
                sorted[at] = process;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    private static String key(Model model, int[] done, @Nullable Progress[] under, @Nullable PromiseOrder promised) {
        String state = Arrays.toString(done) + Arrays.toString(under) + Models.digest(model);
        return promised == null ? state : state + " " + promised.digest();
    }

    /**
     * The order that was found, as a history for promises: an operation may have begun when any that took effect after it had, since which
     * of them was first is not known to who looks at the disk.
     */
    public History history() {
        List<History.Entry> entries = new ArrayList<>();
        int begin = Integer.MAX_VALUE;
        for (int i = order.size() - 1; i >= 0; i--) {
            Taken taken = order.get(i);
            begin = Math.min(begin, taken.call().beginPosition());
            entries.addFirst(new History.Entry(
                    taken.call().step(),
                    taken.call().result(),
                    begin,
                    taken.call().endPosition(),
                    taken.after(),
                    taken.effects()));
        }
        return new History(initial, entries, null);
    }

    /** The calls in the order that was found. */
    public List<Call> order() {
        return order.stream().map(Taken::call).toList();
    }
}
