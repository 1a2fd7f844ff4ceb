package dev.powercut.kernel.textbook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Plays each scenario first come first served, round robin, by random walks, PCT and POS, and depth first as far as a few hundred schedules go. */
final class TextbookTest {

    private static final int PREEMPTIONS = 2;
    private static final int SCHEDULES = 60;

    @TestFactory
    Stream<DynamicTest> scenarios() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(SharingScenarios.all());
        all.addAll(PipeScenarios.all());
        all.addAll(FileScenarios.all());
        return all.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> play(one)));
    }

    private static void play(Scenario scenario) {
        scenario.rig().everySchedule(scenario.program(), scenario.judge());
        scenario.rig().depthFirst(PREEMPTIONS, SCHEDULES, scenario.program(), scenario.judge());
        scenario.whenDone().run();
    }
}
