package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.cases.SmallestCut;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentMinimiser;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes cases of what schedules show, as small as it can: the program, then the kernel's choices, then the schedule; and where the
 * power has to fail, of all places at which it shows the one that lost the fewest writes.
 */
public final class ConcurrentCaseMaker {

    private final FileSystemTarget target;
    private final List<Oracle> oracles;
    private final int budget;
    private final HangWatch watch;

    /**
     * @param budget how many runs, at most, or what takes as long; 0 to leave the scenario as it is
     * @param watch sees to it that none hangs
     */
    public ConcurrentCaseMaker(FileSystemTarget target, List<Oracle> oracles, int budget, HangWatch watch) {
        this.watch = watch;
        this.target = target;
        this.oracles = List.copyOf(oracles);
        this.budget = budget;
    }

    /** The case of a finding. */
    public ConcurrentCase of(ConcurrentConfiguration configuration, ConcurrentFinding finding) {
        ConcurrentCase made = smaller(new ConcurrentCase(
                target.name(),
                configuration.defect(),
                configuration.crash(),
                configuration.format(),
                configuration.mountOptions(),
                configuration.fault(),
                finding.scenario(),
                finding.trouble().kind(),
                finding.trouble().sentence(),
                null,
                false,
                List.of(),
                ""));
        if (made == null) {
            throw new IllegalStateException("a schedule shows a finding once and not again: " + finding.trouble());
        }
        return made;
    }

    /** The same case, smaller; null when it does not show what it says any more. */
    public @Nullable ConcurrentCase smaller(ConcurrentCase saved) {
        return watch.around(HangReport.ofCase(saved.target()), () -> made(saved));
    }

    private @Nullable ConcurrentCase made(ConcurrentCase saved) {
        ConcurrentSetting setting = saved.setting(target);
        Trouble trouble = new Trouble(saved.kind(), saved.sentence(), List.of());
        ConcurrentScenario scenario = saved.scenario();
        ConcurrentBench bench = ConcurrentBench.of(setting, scenario.program());
        if (bench == null) {
            return null;
        }
        boolean live = bench.run(scenario.choices(null), scenario.schedule()).trouble(trouble) != null;
        CrashJudge judge = live ? null : saved.judge(setting, oracles);
        if (!live && judge == null) {
            return null;
        }
        String crash = live ? ConcurrentConfiguration.NO_CRASH : saved.crash();
        if (budget > 0) {
            scenario = new ConcurrentMinimiser(setting, bench, trouble, judge, budget)
                    .telling(watch::step)
                    .minimise(scenario);
        }
        watch.step();
        ConcurrentCase small = with(saved, setting, crash, scenario);
        return written(small, new ConcurrentReplay(small, target, oracles).run());
    }

    private static @Nullable ConcurrentCase written(ConcurrentCase small, ConcurrentReplay.Replayed replayed) {
        Trouble shown = replayed.trouble();
        if (shown == null) {
            return null;
        }
        ConcurrentOutcome outcome = replayed.outcome();
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < outcome.schedule().size(); i++) {
            steps.add(outcome.schedule().step(i).toString());
        }
        SmallestCut cut = replayed.cut();
        return new ConcurrentCase(
                small.target(),
                small.defect(),
                small.crash(),
                small.format(),
                small.mountOptions(),
                small.fault(),
                small.scenario(),
                shown.kind(),
                shown.sentence(),
                cut == null ? null : new ConcurrentCase.Cut(cut.place(), cut.crashImage()),
                small.passesWithoutDefect(),
                steps,
                replayed.traceHash());
    }

    /** With the format written out, so that it stays the same when the target's own choice changes. */
    private static ConcurrentCase with(
            ConcurrentCase saved, ConcurrentSetting setting, String crash, ConcurrentScenario scenario) {
        return new ConcurrentCase(
                saved.target(),
                saved.defect(),
                crash,
                setting.format(),
                saved.mountOptions(),
                saved.fault(),
                scenario,
                saved.kind(),
                saved.sentence(),
                null,
                saved.passesWithoutDefect(),
                List.of(),
                "");
    }
}
