package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.cost.Cost;
import dev.powercut.campaign.cost.CostMeter;
import dev.powercut.campaign.cost.CostOutcome;
import dev.powercut.campaign.cost.CostWorkload;
import dev.powercut.campaign.cost.Subject;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.disk.DiskTiming;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What textbooks say of the three ways to keep a disk right, on the filesystems themselves. */
class CostTest {

    private static List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (String name : List.of("ext2", "ext3", "logfs")) {
            FileSystemTarget target = Installed.fileSystem(name);
            target.comparedMounts().forEach(mount -> subjects.add(new Subject(target, mount)));
        }
        return subjects;
    }

    private static CostOutcome outcome(CostWorkload workload) {
        List<Cost> costs = new CostMeter(DiskTiming.DESKTOP).measure(subjects(), List.of(workload));
        return new CostOutcome(costs, List.of(), "cost");
    }

    private static Cost of(CostOutcome outcome, String words) {
        return outcome.costs().stream()
                .filter(cost -> cost.subject().words().equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was measured of " + words));
    }

    @Test
    void makingSmallFilesTakesFewLongPassesWithARedoLogWhereCarefulOrderingSeeks() {
        CostOutcome outcome = outcome(CostWorkload.CREATE_SMALL);
        Cost careful = of(outcome, "ext2");
        assertTrue(careful.disk().seeks() >= 1000, careful::toString);
        Cost journal = of(outcome, "ext3 data=journal");
        assertTrue(journal.disk().seeks() * 10 < careful.disk().seeks(), journal::toString);
        for (String other : List.of("ext3 data=journal", "ext3 data=ordered", "ext3 data=writeback", "logfs")) {
            assertTrue(of(outcome, other).disk().nanos() < careful.disk().nanos(), other);
            assertTrue(of(outcome, other).disk().flushes() < careful.disk().flushes(), other);
        }
        assertTrue(careful.amplification() < journal.amplification(), "who writes everything twice writes more");
    }

    @Test
    void randomWritesAreSequentialInALog() {
        CostOutcome outcome = outcome(CostWorkload.OVERWRITE_RANDOM);
        assertTrue(
                of(outcome, "logfs").disk().seeks() * 100
                        < of(outcome, "ext2").disk().seeks(),
                outcome::verdict);
    }

    @Test
    void theSameIsMeasuredEachTime() {
        assertEquals(
                outcome(CostWorkload.OVERWRITE_SMALL).verdict(),
                outcome(CostWorkload.OVERWRITE_SMALL).verdict());
    }
}
