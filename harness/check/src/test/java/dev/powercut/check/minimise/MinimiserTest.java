package dev.powercut.check.minimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.ChoiceOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is taken away from a scenario, and what is not, with experiments whose answer is plain to see. */
final class MinimiserTest {

    private static final class Fake implements Experiment {
        private final Predicate<Scenario> shows;
        private final List<ChoiceOverride> drawn;
        private int runs;
        private long costOfRun;

        Fake(Predicate<Scenario> shows, ChoiceOverride... drawn) {
            this.shows = shows;
            this.drawn = List.of(drawn);
        }

        @Override
        public @Nullable Sighting run(Scenario scenario) {
            runs++;
            return shows.test(scenario) ? new Sighting(Integer.MAX_VALUE) : null;
        }

        @Override
        public List<ChoiceOverride> drawn(Scenario scenario) {
            return drawn;
        }

        @Override
        public long cost() {
            return runs * costOfRun;
        }
    }

    private static Scenario script(String... lines) {
        List<Step> steps =
                ScriptWorkload.parse("test", String.join("\n", lines)).steps();
        return new Scenario(steps, new ChoiceBase.Seed(7), List.of());
    }

    private static boolean has(Scenario scenario, String part) {
        return scenario.steps().stream().anyMatch(step -> step.toString().contains(part));
    }

    private static Minimised minimise(Scenario scenario, Experiment experiment) {
        Minimised minimised = new Minimiser(experiment, 1_000).minimise(scenario);
        assertNotNull(minimised);
        return minimised;
    }

    private static List<String> lines(Minimised minimised) {
        return minimised.scenario().steps().stream().map(Step::toString).toList();
    }

    @Test
    void onlyTheStepsThatMatterStay() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(i == 41 ? "rename /a /b" : i == 17 ? "mkdir /d" + " 0755" : "stat /");
        }

        Minimised minimised = minimise(
                script(many.toArray(String[]::new)),
                new Fake(scenario -> has(scenario, "rename /a /b") && has(scenario, "mkdir")));

        assertEquals(List.of("0: mkdir /c 0755", "1: rename /a /b"), lines(minimised));
        assertTrue(minimised.candidates() < 200, minimised.candidates() + " candidates");
    }

    @Test
    void stepsThatOnlyGoTogetherGo() {
        Minimised minimised = minimise(
                script("creat /a 0644", "unlink /a", "sync"),
                new Fake(scenario -> has(scenario, "sync") && has(scenario, "creat") == has(scenario, "unlink")));

        assertEquals(List.of("0: sync"), lines(minimised));
    }

    @Test
    void choicesThatDoNotMatterBecomeDullAndTheRestIsLowered() {
        ChoiceOverride matters = new ChoiceOverride("kernel/task[0]/op[1]/write-back[0]", 0, 29);
        ChoiceOverride doesNot = new ChoiceOverride("kernel/task[0]/op[0]/write-back[0]", 0, 3);
        Fake fake = new Fake(
                scenario -> has(scenario, "creat /a")
                        && (scenario.base() instanceof ChoiceBase.Seed
                                || scenario.overrides().stream().anyMatch(override -> override.value() >= 24)),
                doesNot,
                matters);

        Minimised minimised = minimise(script("stat /", "creat /a 0644"), fake);

        assertEquals(List.of("0: creat /a 0644"), lines(minimised));
        assertEquals(
                List.of(new ChoiceOverride("kernel/task[0]/op[0]/write-back[0]", 0, 24)),
                minimised.scenario().overrides());
        assertEquals(new ChoiceBase.Zero(), minimised.scenario().base());
    }

    @Test
    void syncTakesThePlaceOfDrawnWriteBack() {
        Minimised minimised = minimise(
                script("creat /a 0644", "stat /"),
                new Fake(scenario -> has(scenario, "creat")
                        && (has(scenario, "sync") || scenario.base() instanceof ChoiceBase.Seed)));

        assertEquals(List.of("0: creat /a 0644", "1: sync"), lines(minimised));
    }

    @Test
    void sizesOffsetsNamesAndModesBecomePlain() {
        Minimised minimised = minimise(
                script("creat /dir/long-name 0400", "write /dir/long-name 7777 9000"),
                new Fake(scenario -> has(scenario, "creat")
                        && has(scenario, "write")
                        && scenario.steps().getLast().operation()
                                instanceof dev.powercut.check.workload.Operation.Write write
                        && write.length() >= 4096));

        assertEquals(List.of("0: creat /a 0644", "1: write /a 0 4096"), lines(minimised));
    }

    @Test
    void openFilesAreUsedByPathWhereThatIsTheSame() {
        Minimised minimised = minimise(
                script("open 2 /f", "write-open 2 0 100", "close 2"),
                new Fake(scenario ->
                        has(scenario, "write /") || has(scenario, "write-open") && has(scenario, ": open")));

        assertEquals(List.of("0: write /a 0 0"), lines(minimised));
    }

    @Test
    void stepsThatHaveToBeOthersGiveWayToAWorkloadOfOneOperation() {
        Minimised minimised = minimise(
                script(
                        "mkdir /b 0755",
                        "sync",
                        "creat /b/a 0644",
                        "rename /b/a /d",
                        "creat /b/a 0644",
                        "unlink /d",
                        "sync"),
                new Fake(scenario -> scenario.steps().size() >= 7 && has(scenario, "rename /b/a /d")
                        || has(scenario, "rename /A/foo /B/")));

        assertTrue(
                minimised.scenario().steps().size() < 7, () -> lines(minimised).toString());
        assertTrue(has(minimised.scenario(), "rename /A/foo /B/"));
    }

    @Test
    void oneFileTakesThePlaceOfTwo() {
        Minimised minimised = minimise(
                script("creat /a 0644", "creat /b 0644", "write /b 0 1"),
                new Fake(scenario -> has(scenario, "creat")
                        && (has(scenario, "write /b") && has(scenario, "creat /b") && has(scenario, "creat /a")
                                || has(scenario, "write /a") && has(scenario, "creat /a"))));

        assertEquals(List.of("0: creat /a 0644", "1: write /a 0 0"), lines(minimised));
    }

    @Test
    void budgetEndsTheSearchAndIsSaid() {
        Fake fake = new Fake(scenario -> true);
        Minimised minimised = new Minimiser(fake, 3).minimise(script("stat /", "stat /", "write /f 5 5"));

        assertNotNull(minimised);
        assertTrue(minimised.spent());
        assertTrue(fake.runs <= 4, fake.runs + " runs");
    }

    @Test
    void candidatesWithVeryManyCrashStatesEndTheSearchToo() {
        Fake fake = new Fake(scenario -> true);
        fake.costOfRun = Minimiser.MOST_COST / 2;
        Minimised minimised = new Minimiser(fake, 1_000).minimise(script("stat /", "stat /", "write /f 5 5"));

        assertNotNull(minimised);
        assertTrue(minimised.spent());
        assertTrue(fake.runs <= 3, fake.runs + " runs");
    }

    @Test
    void scenarioThatDoesNotShowTheFindingGivesNothing() {
        assertNull(new Minimiser(new Fake(scenario -> false), 10).minimise(script("stat /")));
    }

    @Test
    void sameScenarioGivesTheSameResult() {
        Predicate<Scenario> shows = scenario -> scenario.steps().size() >= 2 && has(scenario, "/b");
        Scenario scenario = script("creat /a 0644", "link /a /b", "mkdir /c 0700", "write /b 3 900", "fsync /b");

        assertEquals(minimise(scenario, new Fake(shows)), minimise(scenario, new Fake(shows)));
    }

    @Test
    void anotherFindingIsNotTakenForTheOneWanted() {
        Signature wanted = signature("lost-data", "promises-kept/lost-data/write+fsync", List.of("s1"), List.of("s2"));

        assertTrue(wanted.resembles(signature("lost-data", "other", List.of("s1"), List.of())));
        assertTrue(wanted.resembles(signature("lost-data", "other", List.of("s4", "s1"), List.of())));
        assertTrue(wanted.resembles(signature("lost-data", "other", List.of(), List.of("s2", "s4"))));
        assertTrue(!wanted.resembles(signature("lost-data", "other", List.of("s3"), List.of())));
        assertTrue(!wanted.resembles(signature("lost-data", "other", List.of("s2"), List.of("s1"))));
        assertTrue(!wanted.resembles(signature("lost-entry", wanted.fingerprint(), List.of("s1"), List.of("s2"))));
        assertTrue(!Signature.live("a", "b", "c").resembles(Signature.live("a", "b", "d")));
    }

    private static Signature signature(String kind, String fingerprint, List<String> kept, List<String> missing) {
        return new Signature("promises-kept", kind, fingerprint, kept, missing);
    }
}
