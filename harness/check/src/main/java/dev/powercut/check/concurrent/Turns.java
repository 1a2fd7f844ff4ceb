package dev.powercut.check.concurrent;

import dev.powercut.sim.Choices;
import dev.powercut.sim.schedule.Candidates;
import dev.powercut.sim.schedule.Schedule;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule as turns: which task goes on, and for how many steps. With fewer turns there are fewer preemptions. */
final class Turns {

    private static final int MOST_STEPS = 12;

    private final List<Turn> turns;

    /** @param task its name */
    private record Turn(String task, int steps) {}

    private Turns(List<Turn> turns) {
        this.turns = turns;
    }

    static Turns of(Schedule schedule) {
        List<String> names = schedule.taskNames();
        List<Turn> turns = new ArrayList<>();
        for (int step = 0; step < schedule.size(); step++) {
            add(turns, names.get(schedule.step(step).task()), 1);
        }
        return new Turns(turns);
    }

    private static void add(List<Turn> turns, String task, int steps) {
        if (!turns.isEmpty() && turns.getLast().task.equals(task)) {
            turns.set(turns.size() - 1, new Turn(task, turns.getLast().steps + steps));
        } else {
            turns.add(new Turn(task, steps));
        }
    }

    int count() {
        return turns.size();
    }

    /** What comes of joining the turn at an index with its task's next one, here or there. */
    List<Turns> joinedAt(int index) {
        List<Turns> candidates = new ArrayList<>();
        for (Turns joined : Arrays.asList(joinedAfter(index), joinedBefore(index))) {
            if (joined != null) {
                candidates.add(joined);
            }
        }
        return candidates;
    }

    /** The same with a task's next turn taken right after the one at an index; null when it has none, or it follows at once. */
    private @Nullable Turns joinedAfter(int index) {
        int next = next(index);
        return next < 0 ? null : moved(next, index + 1);
    }

    /** The same with a turn put off until the task's next one. */
    private @Nullable Turns joinedBefore(int index) {
        int next = next(index);
        return next < 0 ? null : moved(index, next - 1);
    }

    /** Much the same: one turn is longer, shorter, earlier, later or left out. */
    Turns changed(Choices choices) {
        int index = choices.choose("turn", turns.size());
        Turn turn = turns.get(index);
        List<Turn> order = new ArrayList<>(turns);
        switch (choices.choose("change", 6)) {
            case 0 -> order.set(index, new Turn(turn.task, turn.steps + 1 + choices.choose("longer", MOST_STEPS)));
            case 1 -> order.set(index, new Turn(turn.task, choices.choose("shorter", turn.steps)));
            case 2 -> order.add(choices.choose("place", turns.size()), order.remove(index));
            case 3 -> order.remove(index);
            default -> {
                int next = next(index);
                if (next >= 0) {
                    order.add(index + 1, order.remove(next));
                }
            }
        }
        return joined(order);
    }

    private int next(int index) {
        for (int later = index + 2; later < turns.size(); later++) {
            if (turns.get(later).task.equals(turns.get(index).task)) {
                return later;
            }
        }
        return -1;
    }

    private Turns moved(int from, int to) {
        List<Turn> order = new ArrayList<>(turns);
        order.add(to, order.remove(from));
        return joined(order);
    }

    private static Turns joined(List<Turn> order) {
        List<Turn> joined = new ArrayList<>();
        order.forEach(turn -> add(joined, turn.task, turn.steps));
        return new Turns(joined);
    }

    /** Takes the turns as far as there is a way: whose task waits is left out; behind the last, who runs goes on. */
    Strategy strategy() {
        return new Strategy() {

            private int turn;
            private int taken;

            @Override
            public int choose(Candidates candidates) {
                while (turn < turns.size()) {
                    int index = taken < turns.get(turn).steps ? find(candidates, turns.get(turn).task) : -1;
                    if (index >= 0) {
                        taken++;
                        return index;
                    }
                    turn++;
                    taken = 0;
                }
                return 0;
            }
        };
    }

    private static int find(Candidates candidates, String task) {
        for (int i = 0; i < candidates.count(); i++) {
            if (candidates.task(i).name().equals(task)) {
                return i;
            }
        }
        return -1;
    }
}
