package dev.powercut.sim.schedule;

import java.util.ArrayList;
import java.util.List;

/** Notices tasks that are kept waiting although the strategy is fair: ready for too long, or too often too late for a lock. */
final class Starvation {

    private final long limitSteps;
    private final List<String> report = new ArrayList<>();

    /** @param limitSteps how many steps are too long */
    Starvation(long limitSteps) {
        this.limitSteps = limitSteps;
    }

    /** Looks at the strand that takes a step, and at the one that has been ready longest. */
    void check(Strand next, ReadyQueue ready, long step) {
        if (step > limitSteps) {
            check(next, step);
            if (ready.size() > 0) {
                check(ready.get(0), step);
            }
        }
    }

    private void check(Strand strand, long step) {
        if (step - strand.since > limitSteps && !strand.reportedStarving) {
            strand.reportedStarving = true;
            report.add(strand.task + " has waited " + (step - strand.since) + " steps to " + strand.kind
                    + (strand.resource.isEmpty() ? "" : " " + strand.resource));
        }
    }

    List<String> report() {
        return report;
    }
}
