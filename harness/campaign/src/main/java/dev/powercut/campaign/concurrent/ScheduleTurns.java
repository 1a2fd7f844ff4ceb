package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.Interleaving;
import dev.powercut.campaign.Interleaving.Turn;
import dev.powercut.sim.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/** A schedule as the turns that its tasks took. */
final class ScheduleTurns {

    private ScheduleTurns() {}

    /** @param notes what is wrong with it */
    static Interleaving of(Schedule schedule, List<String> notes) {
        List<Turn> turns = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (int step = 0; step < schedule.size(); step++) {
            int task = schedule.step(step).task();
            steps.add((schedule.step(step).kind() + " " + schedule.step(step).resource()).strip());
            boolean isLast = step + 1 == schedule.size();
            if (isLast || schedule.step(step + 1).task() != task) {
                boolean preempted = !isLast && schedule.isPreemption(step + 1);
                turns.add(new Turn(task, step + 1 - steps.size(), steps, preempted));
                steps.clear();
            }
        }
        return new Interleaving(schedule.taskNames(), turns, notes);
    }
}
