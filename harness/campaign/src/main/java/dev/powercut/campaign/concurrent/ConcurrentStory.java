package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.Interleaving;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.cases.SmallestCut;
import dev.powercut.check.concurrent.Call;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a run of several processes to people, a line each. */
public final class ConcurrentStory {

    private ConcurrentStory() {}

    /**
     * What each process does, what is wrong, and how their steps went.
     *
     * @param cut where the power fails, when that is what it takes
     */
    public static List<String> of(
            ConcurrentScenario scenario, ConcurrentOutcome outcome, Trouble trouble, @Nullable SmallestCut cut) {
        List<String> lines = new ArrayList<>();
        lines.add(trouble.kind() + ": " + trouble.sentence());
        if (!scenario.program().setUp().isEmpty()) {
            lines.add("on the disk before:");
            scenario.program()
                    .setUp()
                    .forEach(step -> lines.add("  " + step.operation().text()));
        }
        for (int process = 0; process < scenario.program().processes().size(); process++) {
            lines.add("process " + (process + 1) + ":");
            for (Step step : scenario.program().processes().get(process)) {
                lines.add("  " + step + result(outcome, process, step));
            }
        }
        lines.add("what is wrong:");
        trouble.lines().forEach(line -> lines.add("  " + line));
        if (cut != null) {
            SmallFinding small = cut.story(scenario.program().steps());
            lines.add("where the power fails:");
            lines.add("  " + small.cut());
            for (SmallFinding.WriteLine write : small.writes()) {
                lines.add("  " + write.fate()
                        + " ".repeat(Math.max(1, 7 - write.fate().length())) + write.text()
                        + (write.missing() ? "   <- missing" : ""));
            }
            small.why().forEach(line -> lines.add("  " + line));
        }
        lines.add("schedule: " + outcome.schedule() + ", "
                + scenario.schedule().overrides().size() + " decisions that were not the dull ones");
        lines.addAll(turns(outcome.schedule()));
        return lines;
    }

    private static String result(ConcurrentOutcome outcome, int process, Step step) {
        if (process < outcome.calls().size()) {
            for (Call call : outcome.calls().get(process)) {
                if (call.step().number() == step.number()) {
                    return call.hasEnded() ? " -> " + call.result().text() : " -> does not come back";
                }
            }
        }
        return " -> is not reached";
    }

    /** Who ran from which step to which, and where one was preempted. */
    private static List<String> turns(Schedule schedule) {
        List<String> lines = new ArrayList<>();
        Interleaving interleaving = ScheduleTurns.of(schedule, List.of());
        for (Interleaving.Turn turn : interleaving.turns()) {
            List<String> steps = turn.steps();
            lines.add("  steps " + turn.firstStep() + ".." + turn.lastStep() + "  "
                    + interleaving.tasks().get(turn.task()) + ": " + steps.getFirst()
                    + (steps.size() == 1 ? "" : " … " + steps.getLast())
                    + (turn.preempted() ? "   <- preempted here" : ""));
        }
        return lines;
    }
}
