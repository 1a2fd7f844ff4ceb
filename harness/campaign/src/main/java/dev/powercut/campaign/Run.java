package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.explore.EpochCoverage;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.OracleTally;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run: format, record a workload, cut the power everywhere, judge. The outcome is a pure function of the configuration, and the
 * run checks that: it records twice, and recovers some crash states again on a fresh machine.
 */
public final class Run {

    /** The child of a run's choices that crash states are drawn from where there are too many. */
    public static final String CRASH_STATES_STREAM = "crash-states";

    /** A target that is broken all over has many fingerprints; so many are told in full. */
    private static final int FINDINGS_TOLD = 20;

    private final RunConfiguration configuration;
    private final FileSystemTarget target;
    private final Workload workload;
    private final CrashModel crashModel;
    private final Recorder recorder;
    private final Explorer explorer;
    private final JudgeSession judge;

    /**
     * Prepares a run.
     *
     * @throws UsageException when the configuration names something that there is not, or that cannot be done
     */
    public Run(RunConfiguration configuration, FileSystemTarget target, List<Oracle> oracles) {
        this.configuration = configuration;
        this.target = target;
        Installed.defect(target, configuration.defect());
        this.workload = Workloads.of(configuration.workload(), configuration.operations());
        this.crashModel = CrashModels.of(configuration.crash());
        this.recorder = new Recorder(
                target,
                configuration.defect(),
                format(configuration.format(), target),
                configuration.mountOptions(),
                KernelOptions.DEFAULT);
        this.explorer = new Explorer(target, configuration.defect(), configuration.mountOptions(), oracles);
        this.judge = JudgeSession.of(configuration.judge(), target.externalJudge());
    }

    /** A run of an installed target with all oracles. */
    public static Run of(RunConfiguration configuration) {
        return new Run(configuration, Installed.fileSystem(configuration.target()), Installed.oracles());
    }

    /** The target's own format where the request says nothing. */
    public static FormatRequest format(FormatRequest request, FileSystemTarget target) {
        FormatRequest usual = target.defaultFormat();
        return new FormatRequest(
                request.sizeBytes() == 0 ? usual.sizeBytes() : request.sizeBytes(),
                request.blockSizeBytes() == 0 ? usual.blockSizeBytes() : request.blockSizeBytes(),
                request.options().isEmpty() ? usual.options() : request.options());
    }

    /** Sees that the disk can be formatted and mounted, which is all that a configuration can still be wrong about. */
    void validate() {
        try {
            recorder.validate();
        } catch (IllegalArgumentException e) {
            throw new UsageException("the disk cannot be formatted: " + e.getMessage(), e);
        } catch (MountException e) {
            throw new UsageException("the disk cannot be mounted: " + e.getMessage(), e);
        }
    }

    /** What the configuration's seed gives, written out: running it is the same run. */
    public Scenario scenario() {
        List<Step> steps = workload.steps(Choices.seeded(configuration.seed()).split(Recorder.WORKLOAD_STREAM));
        return new Scenario(steps, new ChoiceBase.Seed(configuration.seed()), List.of());
    }

    /** Does it, with choices drawn from the configuration's seed. */
    public RunOutcome execute(RunMonitor monitor) {
        Recording recording = recorder.record(workload, Choices.seeded(configuration.seed()));
        Recording again = recorder.record(workload, Choices.seeded(configuration.seed()));
        return explore(recording, Repetition.difference(recording, again), monitor);
    }

    /** Does it once, with choices of any kind; for fuzzers. */
    public RunOutcome execute(Choices choices) {
        return explore(recorder.record(workload, choices), null, RunMonitor.NONE);
    }

    private RunOutcome explore(Recording recording, @Nullable String recordedTwice, RunMonitor monitor) {
        Verdict verdict = explorer.explore(
                recording,
                crashModel,
                Choices.seeded(configuration.seed()).split(CRASH_STATES_STREAM),
                configuration.states(),
                (done, all) -> {
                    monitor.progressed(configuration, done, all);
                    return !monitor.isStopped();
                });
        String difference = recordedTwice != null ? recordedTwice : explorer.differenceWhenRepeated(verdict);
        JudgeSession.Result judged = judge.judge(verdict, monitor);
        Statistics statistics = new Statistics(recording);
        statistics.countCuts(verdict.states());

        LiveOracle live = new LiveOracle(recording);
        List<FindingReport> reports = new ArrayList<>();
        String reproduce = CommandLines.run(configuration, target.externalJudge());
        Explanation explanation = new Explanation(recording, new LogExcerpts(recording.log(), target));
        live.violations()
                .forEach(violation -> reports.add(
                        explanation.liveReport(LiveOracle.NAME, live.fingerprint(violation), violation, reproduce)));
        List<Finding> findings = new ArrayList<>(verdict.findings());
        judged.findings().forEach(finding -> findings.add(explorer.graded(finding, crashModel)));
        findings.sort(Comparator.comparing(Finding::grade));
        for (Finding finding : findings) {
            if (reports.size() < FINDINGS_TOLD) {
                List<String> lines = explorer.recoveryLines(verdict, finding);
                reports.add(explanation.report(finding, lines, reproduce));
            }
        }
        if (difference != null) {
            reports.addFirst(explanation.liveReport(
                    Repetition.ORACLE, Repetition.ORACLE, Repetition.violation(difference), reproduce));
        }
        return new RunOutcome(
                configuration,
                exploration(recording, verdict, statistics, oracleLines(verdict, live, judged, difference)),
                verdict.states().positionCount(),
                reports,
                Math.max(0, findings.size() + live.violations().size() - FINDINGS_TOLD),
                judged.note(),
                verdict.stopped(),
                difference);
    }

    private static List<OracleLine> oracleLines(
            Verdict verdict, LiveOracle live, JudgeSession.Result judged, @Nullable String difference) {
        List<OracleLine> lines = new ArrayList<>();
        lines.add(live.line());
        for (OracleTally tally : verdict.tallies()) {
            lines.add(new OracleLine(tally.name(), tally.claim(), tally.judged(), tally.violations()));
        }
        lines.add(Repetition.line(difference));
        if (judged.line() != null) {
            lines.add(judged.line());
        }
        return lines;
    }

    private Exploration exploration(
            Recording recording, Verdict verdict, Statistics statistics, List<OracleLine> oracleLines) {
        Trace trace = new Trace();
        trace.step("recording", recording.traceHash(), recording.log().size());
        trace.step("exploration", verdict.traceHash(), verdict.imagesExamined());
        return new Exploration(
                coverage(verdict),
                1,
                statistics.operations(),
                recording.log().size(),
                statistics.writes(),
                statistics.sectors(),
                statistics.flushes(),
                verdict.states().stateCount(),
                verdict.imagesExamined(),
                trace.hex(),
                oracleLines,
                statistics.operationKinds(),
                statistics.blockKinds());
    }

    private static String epochs(Verdict verdict) {
        List<EpochCoverage> all = verdict.states().coverage();
        List<EpochCoverage> sampled =
                all.stream().filter(epoch -> !epoch.isComplete()).toList();
        String complete = "all states of " + (all.size() - sampled.size()) + " epochs";
        if (sampled.isEmpty()) {
            return complete;
        }
        EpochCoverage largest = sampled.stream()
                .max(Comparator.comparingDouble(EpochCoverage::bits))
                .orElseThrow();
        return complete + ", " + sampled.size() + " more sampled (" + largest.text() + ")";
    }

    private String coverage(Verdict verdict) {
        int all = verdict.states().imageCount();
        String every = crashModel.loss() == CrashModel.Loss.TAIL ? "every prefix of the log" : epochs(verdict);
        return verdict.imagesExamined() == all
                ? every
                : verdict.imagesExamined() + " of the " + all + " distinct images that " + every + " gives, "
                        + (verdict.stopped() ? "the first ones" : "evenly spread");
    }
}
