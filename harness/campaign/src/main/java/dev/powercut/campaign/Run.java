package dev.powercut.campaign;

import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.PreparedDisk;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.litmus.LitmusOracle;
import dev.powercut.check.litmus.LitmusTest;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.Step;
import dev.powercut.check.workload.Workload;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.ChoiceBase;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One run: format, record a workload, cut the power everywhere, judge. The outcome is a pure function of the configuration, and the
 * run checks that: it records twice, and recovers some crash states again on a fresh machine.
 */
public final class Run {

    /** The child of a run's choices that crash states are drawn from where there are too many. */
    public static final String CRASH_STATES_STREAM = "crash-states";

    /** Its inodes and bitmaps are in memory, and those of a larger one would not fit. */
    private static final long MOST_DISK_BYTES = 64L << 30;

    /** A target that is broken all over has many fingerprints; so many are told in full. */
    private static final int FINDINGS_TOLD = 20;

    private static final Predicate<String> NOTHING_TOLD = fingerprint -> false;

    private final RunConfiguration configuration;
    private final FileSystemTarget target;
    private final Workload workload;
    private final List<CrashModel> crashModels;
    private final Recorder recorder;
    private final List<Oracle> oracles;
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
        this.oracles = List.copyOf(oracles);
        Installed.defect(target, configuration.defect());
        this.workload = Workloads.of(configuration.workload(), configuration.operations());
        this.crashModels = CrashModels.list(configuration.crash());
        Fault fault = Installed.fault(configuration.fault());
        this.recorder = new Recorder(
                        target,
                        configuration.defect(),
                        format(configuration.format(), target),
                        configuration.mountOptions(),
                        Workloads.kernelOptions(configuration.workload()))
                .with(fault);
        this.explorer = new Explorer(target, configuration.defect(), configuration.mountOptions(), oracles).with(fault);
        this.judge = JudgeSession.of(configuration.judge(), target.externalJudge());
    }

    /** A run of an installed target with all oracles. */
    public static Run of(RunConfiguration configuration) {
        return new Run(configuration, Installed.fileSystem(configuration.target()), Installed.oracles());
    }

    /**
     * The target's own format where the request says nothing.
     *
     * @throws UsageException when the disk is too large to be simulated
     */
    public static FormatRequest format(FormatRequest request, FileSystemTarget target) {
        if (request.sizeBytes() > MOST_DISK_BYTES) {
            throw new UsageException("a disk of " + request.sizeBytes()
                    + " bytes is too large to be simulated; give at most " + (MOST_DISK_BYTES >> 30) + "G");
        }
        FormatRequest usual = target.defaultFormat();
        return new FormatRequest(
                request.sizeBytes() == 0 ? usual.sizeBytes() : request.sizeBytes(),
                request.blockSizeBytes() == 0 ? usual.blockSizeBytes() : request.blockSizeBytes(),
                request.options().isEmpty() ? usual.options() : request.options());
    }

    /** Sees that the disk can be formatted and mounted, which is all that a configuration can still be wrong about. */
    public void validate() {
        try {
            recorder.validate();
        } catch (IllegalArgumentException e) {
            throw new UsageException("the disk cannot be formatted: " + e.getMessage(), e);
        } catch (MountException e) {
            throw new UsageException("the disk cannot be mounted: " + e.getMessage(), e);
        }
    }

    /**
     * What the configuration's seed gives, written out: running it is the same run. A scenario begins on a formatted disk, so what a
     * workload has set up before is done first here, and made durable.
     */
    public Scenario scenario() {
        List<Step> steps = workload.steps(Choices.seeded(configuration.seed()).split(Recorder.WORKLOAD_STREAM));
        // Workloads of an enumeration draw no choices, and the kernel writes nothing back by itself while they run.
        ChoiceBase base = Workloads.isAce(configuration.workload())
                ? new ChoiceBase.Zero()
                : new ChoiceBase.Seed(configuration.seed());
        if (workload.setUp().isEmpty()) {
            return new Scenario(steps, base, List.of());
        }
        List<Operation> operations = new ArrayList<>();
        workload.setUp().forEach(step -> operations.add(step.operation()));
        operations.add(new Operation.Sync());
        steps.forEach(step -> operations.add(step.operation()));
        List<Step> all = new ArrayList<>();
        for (Operation operation : operations) {
            all.add(new Step(all.size(), operation));
        }
        return new Scenario(all, base, List.of());
    }

    /** Does it, with choices drawn from the configuration's seed. */
    public RunOutcome execute(RunMonitor monitor) {
        monitor.hangs().begin(configuration);
        try {
            Recording recording = recorder.record(workload, Choices.seeded(configuration.seed()));
            monitor.hangs().step();
            Recording again = recorder.record(workload, Choices.seeded(configuration.seed()));
            return explore(configuration, recording, Check.of(recording, again), NOTHING_TOLD, monitor);
        } finally {
            monitor.hangs().end();
        }
    }

    /** Records the workload with choices drawn from the configuration's seed, and does not cut the power. */
    public Recording record() {
        return recorder.record(workload, Choices.seeded(configuration.seed()));
    }

    /** A freshly formatted disk, for {@link #prepare}. */
    public DiskImage format() {
        return recorder.format();
    }

    /** A disk on which the set-up of a workload has been done; null when it fails, which {@link #execute} then shows. */
    public @Nullable PreparedDisk prepare(DiskImage formatted, List<Step> setUp) {
        return recorder.prepare(formatted, setUp);
    }

    /**
     * Runs one of many workloads that take no choices.
     *
     * @param prepared what {@link #prepare} made for it
     * @param repeated whether to record it twice, recover some states again, and ask the external judge
     * @param isTold whether a finding with a fingerprint has been told in full before: then it is counted only
     */
    public RunOutcome execute(
            Workload one,
            @Nullable PreparedDisk prepared,
            boolean repeated,
            Predicate<String> isTold,
            RunMonitor monitor) {
        RunConfiguration own = configuration.withWorkload(one.name());
        monitor.hangs().begin(own);
        try {
            Recording recording = record(one, prepared);
            Check check = repeated ? Check.of(recording, record(one, prepared)) : Check.NONE;
            return explore(own, recording, check, isTold, monitor);
        } finally {
            monitor.hangs().end();
        }
    }

    private Recording record(Workload one, @Nullable PreparedDisk prepared) {
        Choices choices = Choices.zero();
        return prepared == null
                ? recorder.record(one, choices)
                : recorder.record(prepared, one.steps(choices), choices);
    }

    /** Whether a run is repeated, and what differed when it was recorded for the second time. */
    private record Check(boolean repeats, @Nullable String difference) {
        static final Check NONE = new Check(false, null);

        static Check of(Recording recording, Recording again) {
            return new Check(true, Repetition.difference(recording, again));
        }
    }

    /** All that the workload writes, recorded anew. */
    public WriteLog log() {
        return recorder.record(workload, Choices.seeded(configuration.seed())).log();
    }

    /** Does it once, with choices of any kind; for fuzzers. */
    public RunOutcome execute(Choices choices) {
        Recording recording = recorder.record(workload, choices);
        return explore(configuration, recording, new Check(true, null), NOTHING_TOLD, RunMonitor.NONE);
    }

    private RunOutcome explore(
            RunConfiguration told, Recording recording, Check check, Predicate<String> isTold, RunMonitor monitor) {
        List<ModelRun> runs = new ArrayList<>();
        Explorer exploring = explorerOf(recording);
        for (CrashModel model : crashModels) {
            if (runs.isEmpty() || !monitor.isStopped()) {
                runs.add(exploreUnder(exploring, model, recording, check.repeats, monitor));
            }
        }
        String difference = check.difference;
        for (ModelRun run : runs) {
            boolean repeats = check.repeats && difference == null;
            difference = repeats ? explorer.differenceWhenRepeated(run.verdict()) : difference;
        }
        LiveOracle live = new LiveOracle(recording);
        String reproduce = CommandLines.run(told, target.externalJudge());
        FindingList findings = findings(recording, runs, live, isTold, reproduce);
        if (difference != null) {
            findings.told.addFirst(explanation(recording)
                    .liveReport(Repetition.ORACLE, Repetition.ORACLE, Repetition.violation(difference), reproduce));
        }
        Explorations explorations = new Explorations(told, target, recording, runs);
        return new RunOutcome(
                told,
                explorations.sum(live.line(), Repetition.line(check.repeats, difference)),
                recording.log().size() + 1,
                findings.told,
                findings.omitted,
                runs.getFirst().judged().note(),
                runs.stream().anyMatch(run -> run.verdict().stopped()),
                difference,
                explorations.parts(),
                explorations.tables());
    }

    /** A litmus test has an oracle of its own, which asks for what the recording promises. */
    private Explorer explorerOf(Recording recording) {
        LitmusTest test = Workloads.litmusTest(configuration.workload());
        boolean isAsked = oracles.stream().anyMatch(LitmusOracle.class::isInstance);
        LitmusOracle oracle = test == null || isAsked ? null : LitmusOracle.of(test, recording);
        if (oracle == null) {
            return explorer;
        }
        List<Oracle> all = new ArrayList<>(oracles);
        all.add(oracle);
        return new Explorer(target, configuration.defect(), configuration.mountOptions(), all)
                .with(Installed.fault(configuration.fault()));
    }

    private ModelRun exploreUnder(
            Explorer exploring, CrashModel model, Recording recording, boolean asks, RunMonitor monitor) {
        Choices drawn = Choices.seeded(configuration.seed()).split(CRASH_STATES_STREAM);
        Verdict verdict = exploring.explore(
                recording, model, drawn, configuration.states(), configuration.recoveryDepth(), (done, all) -> {
                    monitor.hangs().step();
                    monitor.progressed(configuration, done, all);
                    return !monitor.isStopped();
                });
        JudgeSession.Result judged =
                asks || judge.isAskedAll() ? judge.judge(verdict, monitor) : JudgeSession.Result.NOT_ASKED;
        List<Finding> findings = new ArrayList<>(verdict.findings());
        judged.findings().forEach(finding -> findings.add(explorer.graded(finding, model)));
        return new ModelRun(model, verdict, judged, findings);
    }

    /** What is told in full, and how much more there is. */
    private static final class FindingList {
        private final List<FindingReport> told = new ArrayList<>();
        private long omitted;
    }

    /** A finding of one model. */
    private record Found(ModelRun run, Finding finding) {}

    /** Findings of all models, the gravest first; what several models show is told of the first of them. */
    private FindingList findings(
            Recording recording, List<ModelRun> runs, LiveOracle live, Predicate<String> isTold, String reproduce) {
        FindingList list = new FindingList();
        Explanation explanation = explanation(recording);
        for (Violation violation : live.violations()) {
            Violation graded = explorer.withstandsFault() ? violation : violation.graded(Grade.ADVISORY);
            list.told.add(explanation.liveReport(LiveOracle.NAME, live.fingerprint(violation), graded, reproduce));
        }
        Map<String, Found> found = new LinkedHashMap<>();
        for (ModelRun run : runs) {
            for (Finding finding : run.findings()) {
                found.putIfAbsent(finding.fingerprint(), new Found(run, finding));
            }
        }
        List<Found> sorted = new ArrayList<>(found.values());
        sorted.sort(Comparator.comparing(each -> each.finding.grade()));
        for (Found each : sorted) {
            if (isTold.test(each.finding.fingerprint())) {
                list.told.add(explanation.counted(each.finding));
            } else if (list.told.size() < FINDINGS_TOLD) {
                List<String> lines = explorer.recoveryLines(each.run.verdict(), each.finding);
                list.told.add(explanation.report(each.finding, each.run.model(), lines, reproduce));
            } else {
                list.omitted++;
            }
        }
        return list;
    }

    private Explanation explanation(Recording recording) {
        return new Explanation(recording, new LogExcerpts(recording.log(), target));
    }
}
