package dev.powercut.check.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.model.Model;
import dev.powercut.check.model.Transition;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RandomWorkloadTest {

    private static List<Step> steps(long seed, int count) {
        return new RandomWorkload(count).steps(Choices.seeded(seed));
    }

    @Test
    void dullChoicesGiveADullAndValidWorkload() {
        List<Step> steps = new RandomWorkload(3).steps(Choices.zero());
        Operation dull = new Operation.Stat("/");
        assertEquals(
                List.of(new Step(0, dull), new Step(1, dull), new Step(2, dull), new Step(3, new Operation.Unmount())),
                steps);
    }

    @Test
    void sameSeedGivesTheSameSteps() {
        assertEquals(steps(5, 200), steps(5, 200));
        assertEquals(steps(5, 50), steps(5, 200).subList(0, 50), "later operations change nothing about earlier ones");
    }

    @Property(tries = 50, seed = "1")
    void makingOneOperationDullLeavesMostOthersAsTheyWere(@ForAll long seed) {
        List<Step> all = new RandomWorkload(100).steps(Choices.seeded(seed));
        ChoiceOverride dull = new ChoiceOverride("op[20]", 0, 0);
        List<Step> one = new RandomWorkload(100).steps(Choices.of(new ChoiceBase.Seed(seed), List.of(dull), null));
        assertEquals(new Operation.Stat("/"), one.get(20).operation());
        int changed = 0;
        for (int i = 0; i < 100; i++) {
            // Paths and sizes follow what fits, so they may differ; what is done may not, but for want of something to
            // do it to.
            changed +=
                    one.get(i).operation().getClass() != all.get(i).operation().getClass() ? 1 : 0;
        }
        assertTrue(changed <= 20, changed + " operations are of another kind");
    }

    @Test
    void everyKindOfOperationComesUp() {
        TreeSet<String> kinds = new TreeSet<>();
        for (int seed = 0; seed < 30; seed++) {
            steps(seed, 200)
                    .forEach(step -> kinds.add(step.operation().getClass().getSimpleName()));
        }
        TreeSet<String> expected = new TreeSet<>();
        for (Class<?> kind : Operation.class.getPermittedSubclasses()) {
            expected.add(kind.getSimpleName());
        }
        // Allocating, punching and storing to mappings are for scripts and enumerations: more kinds would change every
        // seed.
        expected.removeAll(List.of("Lstat", "FdatasyncOpen", "Allocate", "Punch", "MmapWrite"));
        assertEquals(expected, kinds);
    }

    @Test
    void mostOperationsSucceedAndSomeFail() {
        int failed = 0;
        int all = 0;
        int largest = 0;
        for (int seed = 0; seed < 30; seed++) {
            Model model = Model.empty();
            for (Step step : steps(seed, 200)) {
                Transition transition = model.apply(step.number(), step.operation());
                model = transition.next();
                failed += transition.expected() instanceof Result.Failed ? 1 : 0;
                all++;
            }
            int files = 0;
            for (int id = 0; id < model.idLimit(); id++) {
                files += model.find(id) != null ? 1 : 0;
            }
            largest = Math.max(largest, files);
        }
        assertTrue(failed > all / 50 && failed < all / 5, failed + " of " + all + " fail");
        assertTrue(largest > 8 && largest < 60, "the largest tree has " + largest + " files");
    }

    @Test
    void runsEndInEveryWay() {
        TreeMap<String, Integer> ends = new TreeMap<>();
        for (int seed = 0; seed < 100; seed++) {
            List<Step> steps = steps(seed, 10);
            String end =
                    steps.size() == 10 ? "nothing" : steps.getLast().operation().text();
            ends.merge(end, 1, Integer::sum);
        }
        assertEquals(List.of("nothing", "sync", "unmount"), new ArrayList<>(ends.keySet()));
        assertTrue(ends.values().stream().allMatch(count -> count >= 10), ends::toString);
    }

    @Test
    void writesReachIndirectBlocks() {
        TreeSet<Long> reached = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            for (Step step : steps(seed, 200)) {
                if (step.operation() instanceof Operation.Write(String path, long offset, int length)) {
                    long block = (offset + length) / 1024;
                    reached.add(block < 12 ? 0L : block < 268 ? 1L : block < 65_804 ? 2L : 3L);
                }
            }
        }
        assertEquals(new TreeSet<>(List.of(0L, 1L, 2L, 3L)), reached);
    }
}
