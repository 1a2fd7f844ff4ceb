package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.ScriptFile;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSearch;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.RandomPrograms;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.schedule.DepthFirst;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs programs of several processes under many schedules each, cuts the power in each, and gathers what is wrong. */
public final class ConcurrentCampaign {

    private final FileSystemTarget target;
    private final ConcurrentConfiguration configuration;
    private final ConcurrentSetting setting;
    private final @Nullable CrashModel model;
    private final @Nullable CrashJudge judge;
    private final boolean withstands;
    private final boolean withstandsFault;
    private final List<ConcurrentFinding> findings = new ArrayList<>();
    private final Set<Long> seen = new TreeSet<>();
    private final Trace trace = new Trace();
    private ConcurrentResult.Work work = ConcurrentResult.Work.NONE;
    private long schedules;
    private long crashStates;
    private long gaveUp;

    public ConcurrentCampaign(FileSystemTarget target, ConcurrentConfiguration configuration, List<Oracle> oracles) {
        this.target = target;
        this.configuration = configuration;
        this.setting = configuration.setting(target);
        this.model = configuration.model();
        this.judge = model == null ? null : new CrashJudge(setting, oracles, model, configuration.states());
        this.withstands =
                model == null || target.guarantees(configuration.mountOptions()).withstands(model.name());
        this.withstandsFault = setting.withstandsFault();
    }

    /**
     * Runs.
     *
     * @param seeds one program for each; of a script, one set of schedules for each
     * @param isStopped asked between two runs
     * @throws UsageException when the script cannot be used, or the disk cannot be formatted
     */
    public ConcurrentResult run(List<Long> seeds, BooleanSupplier isStopped) {
        DiskImage formatted;
        try {
            formatted = target.format(setting.format());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
        Program written = configuration.script() == null
                ? null
                : ProgramScript.parse(configuration.script(), ScriptFile.text(configuration.script()));
        long programs = 0;
        long unprepared = 0;
        boolean complete = true;
        for (long seed : seeds) {
            if (isStopped.getAsBoolean()) {
                break;
            }
            Program program = written != null
                    ? written
                    : RandomPrograms.draw(
                            Choices.seeded(seed).split("program"),
                            configuration.processes(),
                            configuration.operations());
            ConcurrentBench bench = ConcurrentBench.of(setting, program, formatted);
            programs++;
            if (bench == null) {
                unprepared++;
            } else {
                complete &= run(bench, seed, isStopped).complete();
            }
        }
        return new ConcurrentResult(
                programs,
                schedules,
                seen.size(),
                complete,
                work,
                crashStates,
                gaveUp,
                unprepared,
                findings,
                trace.hex(),
                isStopped.getAsBoolean());
    }

    private DepthFirst.Result run(ConcurrentBench bench, long seed, BooleanSupplier isStopped) {
        Recording recording = judge == null ? Recording.NOTHING : Recording.LOG;
        long before = schedules;
        return new ConcurrentSearch(bench, configuration.plan(), seed, recording)
                .run(configuration.schedules(), (scenario, outcome) -> {
                    schedules++;
                    work = work.plus(outcome);
                    trace.step("run", outcome.traceHash(), outcome.troubles().size());
                    gaveUp += outcome.gaveUp() ? 1 : 0;
                    boolean isNew = seen.add(outcome.traceHash());
                    enter(outcome.troubles(), scenario, seed, schedules - before, !withstandsFault);
                    if (isNew && judge != null) {
                        cut(bench, judge, scenario, outcome, seed, schedules - before);
                    }
                    return !isStopped.getAsBoolean();
                });
    }

    private void cut(
            ConcurrentBench bench,
            CrashJudge crashes,
            ConcurrentScenario scenario,
            ConcurrentOutcome outcome,
            long seed,
            long number) {
        CrashJudge.Judged judged = crashes.judge(bench, outcome);
        if (judged != null) {
            Verdict verdict = judged.verdict();
            gaveUp += judged.gaveUp() ? 1 : 0;
            crashStates += verdict.imagesExamined();
            trace.step("cuts", verdict.traceHash(), verdict.findings().size());
            for (Finding finding : verdict.findings()) {
                boolean advisory = !withstands || !withstandsFault || finding.grade() == Grade.ADVISORY;
                enter(List.of(CrashJudge.trouble(finding)), scenario, seed, number, advisory);
            }
        }
    }

    private void enter(List<Trouble> troubles, ConcurrentScenario scenario, long seed, long number, boolean advisory) {
        for (Trouble trouble : troubles) {
            boolean known = false;
            for (int i = 0; i < findings.size() && !known; i++) {
                if (findings.get(i).trouble().isSameSort(trouble)) {
                    findings.set(i, findings.get(i).again());
                    known = true;
                }
            }
            if (!known) {
                findings.add(new ConcurrentFinding(trouble, scenario, seed, number, advisory, 1));
            }
        }
    }
}
