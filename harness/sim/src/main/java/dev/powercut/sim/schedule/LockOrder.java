package dev.powercut.sim.schedule;

import dev.powercut.sim.Lock;
import dev.powercut.sim.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which locks were taken while which others were held. A cycle is a deadlock that another schedule may run into, even when this one
 * did not; unless two of its orders were both seen under one further lock, as those of renames are, so that they are never under way at
 * the same time (a gate lock, in the words of Havelund: "Using runtime analysis to guide model checking of Java programs", SPIN 2000).
 *
 * <p>Locks are told apart by name: two locks with one name are one node, so that an order may be declared between kinds of locks.
 * The order of two locks of one name is not checked. Gates are told apart by themselves.
 */
final class LockOrder {

    /** Where an order was seen, and what else was held then. */
    private record Seen(String task, int step, List<Lock> gates) {

        boolean sharesGateWith(List<Seen> others) {
            return others.stream().anyMatch(other -> !Collections.disjoint(gates, other.gates));
        }
    }

    /** A lock on the way round, with how it was taken inside the one before. */
    private record Stop(String lock, Seen seen) {}

    private final Map<String, Map<String, List<Seen>>> takenInside = new TreeMap<>();
    private final List<List<Lock>> heldBy = new ArrayList<>();
    private final List<String> cycles = new ArrayList<>();

    void locked(Task task, Lock lock, int step) {
        List<Lock> held = held(task);
        for (Lock outer : held) {
            if (!outer.name().equals(lock.name()) && !isKnown(outer, lock, held)) {
                List<Lock> gates = new ArrayList<>(held);
                gates.removeIf(gate -> gate == outer);
                note(outer.name(), lock.name(), new Seen(task.name(), step, List.copyOf(gates)));
            }
        }
        held.add(lock);
    }

    /** Without waiting, which can be part of no deadlock by itself. */
    void lockedAtOnce(Task task, Lock lock) {
        held(task).add(lock);
    }

    private List<Lock> held(Task task) {
        while (heldBy.size() <= task.index()) {
            heldBy.add(new ArrayList<>(2));
        }
        return heldBy.get(task.index());
    }

    /** Whether this order was seen before under no more gates than now. */
    private boolean isKnown(Lock outer, Lock inner, List<Lock> held) {
        Map<String, List<Seen>> inside = takenInside.get(outer.name());
        List<Seen> before = inside == null ? null : inside.get(inner.name());
        if (before == null) {
            return false;
        }
        for (Seen seen : before) {
            if (held.containsAll(seen.gates)) {
                return true;
            }
        }
        return false;
    }

    void forget(Lock lock) {
        if (!takenInside.isEmpty()) {
            takenInside.remove(lock.name());
            for (Map<String, List<Seen>> inside : takenInside.values()) {
                inside.remove(lock.name());
            }
        }
    }

    void unlocked(Task task, Lock lock) {
        heldBy.get(task.index()).remove(lock);
    }

    private void note(String outer, String inner, Seen seen) {
        List<Stop> way = way(inner, outer, List.of(inner), List.of(seen));
        if (way != null) {
            way.addFirst(new Stop(inner, seen));
            cycles.add(describe(outer, way));
        }
        takenInside
                .computeIfAbsent(outer, name -> new TreeMap<>())
                .computeIfAbsent(inner, name -> new ArrayList<>(1))
                .add(seen);
    }

    /**
     * A way from one lock to another along the orders seen; null when there is none.
     *
     * @param visited the locks that the way has led over so far
     * @param taken the orders that are part of the circle already, none of which may share a gate with another
     */
    private @Nullable List<Stop> way(String from, String to, List<String> visited, List<Seen> taken) {
        if (from.equals(to)) {
            return new ArrayList<>();
        }
        Map<String, List<Seen>> inside = takenInside.get(from);
        if (inside == null) {
            return null;
        }
        for (Map.Entry<String, List<Seen>> next : inside.entrySet()) {
            if (visited.contains(next.getKey())) {
                continue;
            }
            for (Seen seen : next.getValue()) {
                List<Stop> rest = seen.sharesGateWith(taken)
                        ? null
                        : way(next.getKey(), to, with(visited, next.getKey()), with(taken, seen));
                if (rest != null) {
                    rest.addFirst(new Stop(next.getKey(), seen));
                    return rest;
                }
            }
        }
        return null;
    }

    private static <T> List<T> with(List<T> all, T more) {
        List<T> longer = new ArrayList<>(all);
        longer.add(more);
        return longer;
    }

    private static String describe(String first, List<Stop> way) {
        StringBuilder text = new StringBuilder("locks are taken in a circle:");
        String outer = first;
        for (int i = 0; i < way.size(); i++) {
            Stop stop = way.get(i);
            text.append(i == 0 ? " " : "; ")
                    .append(stop.lock)
                    .append(" inside ")
                    .append(outer);
            text.append(" by task ").append(stop.seen.task).append(" at step ").append(stop.seen.step);
            outer = stop.lock;
        }
        return text.toString();
    }

    /** The circles found, in words, in the order in which they were closed. */
    List<String> cycles() {
        return List.copyOf(cycles);
    }
}
