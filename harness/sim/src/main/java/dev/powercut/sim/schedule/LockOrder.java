package dev.powercut.sim.schedule;

import dev.powercut.sim.Lock;
import dev.powercut.sim.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which locks were taken while which others were held. A cycle is a deadlock that another schedule may run into, even when this one
 * did not.
 *
 * <p>Locks are told apart by name: two locks with one name are one node, so that an order may be declared between kinds of locks.
 * The order of two locks of one name is not checked.
 */
final class LockOrder {

    /** Where an order was first seen. */
    private record Seen(String task, int step) {}

    private final Map<String, Map<String, Seen>> takenInside = new TreeMap<>();
    private final List<List<Lock>> heldBy = new ArrayList<>();
    private final List<String> cycles = new ArrayList<>();

    void locked(Task task, Lock lock, int step) {
        List<Lock> held = held(task);
        for (Lock outer : held) {
            if (!outer.name().equals(lock.name())) {
                note(outer.name(), lock.name(), new Seen(task.name(), step));
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

    void forget(Lock lock) {
        if (!takenInside.isEmpty()) {
            takenInside.remove(lock.name());
            for (Map<String, Seen> inside : takenInside.values()) {
                inside.remove(lock.name());
            }
        }
    }

    void unlocked(Task task, Lock lock) {
        heldBy.get(task.index()).remove(lock);
    }

    private void note(String outer, String inner, Seen seen) {
        Map<String, Seen> inside = takenInside.computeIfAbsent(outer, name -> new TreeMap<>());
        if (inside.putIfAbsent(inner, seen) == null) {
            List<String> way = way(inner, outer, new ArrayList<>());
            if (way != null) {
                way.addFirst(outer);
                cycles.add(describe(way));
            }
        }
    }

    /** A way from one lock to another along the orders seen, both included; null when there is none. */
    private @Nullable List<String> way(String from, String to, List<String> visited) {
        if (from.equals(to)) {
            return new ArrayList<>(List.of(to));
        }
        visited.add(from);
        Map<String, Seen> inside = takenInside.get(from);
        for (String next : inside == null ? List.<String>of() : List.copyOf(inside.keySet())) {
            List<String> rest = visited.contains(next) ? null : way(next, to, visited);
            if (rest != null) {
                rest.addFirst(from);
                return rest;
            }
        }
        return null;
    }

    private String describe(List<String> way) {
        StringBuilder text = new StringBuilder("locks are taken in a circle:");
        for (int i = 0; i + 1 < way.size(); i++) {
            Seen seen = Objects.requireNonNull(
                    Objects.requireNonNull(takenInside.get(way.get(i))).get(way.get(i + 1)));
            text.append(i == 0 ? " " : "; ")
                    .append(way.get(i + 1))
                    .append(" inside ")
                    .append(way.get(i));
            text.append(" by task ").append(seen.task).append(" at step ").append(seen.step);
        }
        return text.toString();
    }

    /** The circles found, in words, in the order in which they were closed. */
    List<String> cycles() {
        return List.copyOf(cycles);
    }
}
