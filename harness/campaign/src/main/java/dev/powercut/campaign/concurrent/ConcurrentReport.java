package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.Explanation;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.FindingReport.LogExcerpt;
import dev.powercut.campaign.FindingReport.OperationLine;
import dev.powercut.campaign.Interleaving;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.cases.SmallestCut;
import dev.powercut.check.concurrent.Call;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.Trouble;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.List;

/** Puts what came of a run of several processes into the words and numbers that every report shows. */
public final class ConcurrentReport {

    private final FileSystemTarget target;
    private final ConcurrentConfiguration configuration;
    private final String seeds;
    private final ConcurrentResult result;

    /** @param seeds as the user wrote them */
    public ConcurrentReport(
            FileSystemTarget target, ConcurrentConfiguration configuration, String seeds, ConcurrentResult result) {
        this.target = target;
        this.configuration = configuration;
        this.seeds = seeds;
        this.result = result;
    }

    /** The report, with findings as they are given. */
    public RunReport of(List<FindingReport> findings) {
        return new RunReport(
                title(),
                verdict(),
                result.interrupted() ? "interrupted" : null,
                reproduce(),
                facts(),
                exploration(),
                findings,
                0);
    }

    /** For example {@code ext2, 3 processes, seed 1, mixed, prefix}. */
    public String title() {
        return target.name() + ", "
                + (configuration.script() == null ? configuration.processes() + " processes" : configuration.script())
                + (isOneSeed() ? ", seed " : ", seeds ") + seeds + ", " + configuration.plan() + ", crash "
                + configuration.crash()
                + (configuration.fault() == null ? "" : ", fault " + configuration.fault())
                + (configuration.defect() == null ? "" : ", defect " + configuration.defect());
    }

    /** The last line. */
    public String verdict() {
        long failing = result.failing();
        long advisory = result.findings().size() - failing;
        String word = result.interrupted() ? "INTERRUPTED, " : failing > 0 ? "FAIL: " : "PASS: ";
        String found = failing > 0 ? VerdictLine.counted(failing, "finding") : "nothing found";
        return word + found + (advisory > 0 ? ", " + VerdictLine.counted(advisory, "advisory finding") : "") + " in "
                + VerdictLine.counted(result.programs(), "program") + ", "
                + VerdictLine.counted(result.schedules(), "schedule") + ", "
                + VerdictLine.grouped(result.distinct()) + " distinct, "
                + VerdictLine.counted(result.crashStates(), "distinct crash state") + "; trace "
                + result.traceHash();
    }

    private boolean isOneSeed() {
        return seeds.matches("-?\\d+");
    }

    private String reproduce() {
        List<String> words = new ArrayList<>(List.of("harness/powercut", "run", "--target", target.name()));
        words.add(isOneSeed() ? "--seed" : "--seeds");
        words.add(CommandLines.quoted(seeds));
        words.addAll(List.of("--processes", String.valueOf(configuration.processes())));
        if (configuration.script() != null) {
            words.addAll(List.of("--workload", CommandLines.quoted("script:" + configuration.script())));
        }
        words.addAll(List.of("--operations", String.valueOf(configuration.operations())));
        words.addAll(List.of("--strategy", configuration.plan().toString()));
        words.addAll(List.of("--schedules", String.valueOf(configuration.schedules())));
        words.addAll(List.of("--crash", configuration.crash()));
        if (configuration.defect() != null) {
            words.addAll(List.of("--defect", CommandLines.quoted(configuration.defect())));
        }
        if (configuration.format().sizeBytes() > 0) {
            words.addAll(List.of("--size", Sizes.text(configuration.format().sizeBytes())));
        }
        if (configuration.format().blockSizeBytes() > 0) {
            words.addAll(List.of(
                    "--block-size", String.valueOf(configuration.format().blockSizeBytes())));
        }
        if (!configuration.format().options().isEmpty()) {
            words.addAll(List.of(
                    "--format", CommandLines.quoted(configuration.format().options())));
        }
        if (configuration.fault() != null) {
            words.addAll(List.of("--fault", CommandLines.quoted(configuration.fault())));
        }
        if (!configuration.mountOptions().isEmpty()) {
            words.addAll(List.of("--mount-options", CommandLines.quoted(configuration.mountOptions())));
        }
        if (configuration.states() != RunConfiguration.ALL_STATES) {
            words.addAll(List.of("--states", String.valueOf(configuration.states())));
        }
        return String.join(" ", words);
    }

    /** What was run, a line each. */
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "programs",
                configuration.script() == null
                        ? VerdictLine.counted(result.programs(), "program") + " of " + configuration.processes()
                                + " processes with " + configuration.operations() + " operations each"
                        : configuration.script()));
        String more =
                result.complete() ? ": all there are within " + configuration.plan() : ", " + configuration.plan();
        facts.add(new Fact(
                "schedules",
                VerdictLine.grouped(result.schedules()) + ", " + VerdictLine.grouped(result.distinct()) + " distinct"
                        + more));
        facts.add(new Fact(
                "power cut",
                configuration.crash().equals(ConcurrentConfiguration.NO_CRASH)
                        ? "never"
                        : configuration.crash() + ": "
                                + VerdictLine.counted(result.crashStates(), "distinct crash state")));
        if (configuration.fault() != null) {
            facts.add(new Fact(
                    "fault",
                    configuration.fault() + " of the device while the processes run"
                            + (configuration.setting(target).withstandsFault()
                                    ? ""
                                    : "; findings are advisory, since the target does not declare to withstand it")));
        }
        if (result.gaveUp() > 0) {
            facts.add(new Fact(
                    "not decided",
                    VerdictLine.counted(result.gaveUp(), "search", "searches")
                            + " for an order of the calls ended by the budget"));
        }
        if (result.unprepared() > 0) {
            facts.add(new Fact(
                    "left out", VerdictLine.counted(result.unprepared(), "program") + " that could not be set up"));
        }
        return facts;
    }

    private Exploration exploration() {
        return new Exploration(
                "schedules and crash points",
                result.programs(),
                result.work().operations(),
                result.work().logEntries(),
                result.work().writes(),
                result.work().sectorsWritten(),
                result.work().flushes(),
                result.crashStates(),
                result.crashStates(),
                result.traceHash(),
                oracles(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What was judged of each schedule. */
    public List<OracleLine> oracles() {
        List<OracleLine> lines = new ArrayList<>();
        lines.add(line(
                "processes-end",
                "Every process comes to its end.",
                "deadlock",
                "livelock",
                "leaked-task",
                "exception"));
        lines.add(line("lock-order", "Locks are taken in one order.", "lock-order"));
        lines.add(line("clean-after-unmount", "fsck is content with what was unmounted.", "fsck", "unreadable"));
        lines.add(line(
                "linearisable", "Some order of the calls explains every result and what is left.", "not-linearisable"));
        if (!configuration.crash().equals(ConcurrentConfiguration.NO_CRASH)) {
            long against = result.findings().stream()
                    .filter(finding -> !isLive(finding.trouble()))
                    .mapToLong(ConcurrentFinding::occurrences)
                    .sum();
            lines.add(new OracleLine(
                    "legal-after-power-cut",
                    "What is found after a cut is legal by some order of the calls.",
                    result.distinct(),
                    against));
        }
        return lines;
    }

    private static final List<List<String>> LIVE = List.of(
            List.of("deadlock", "livelock", "leaked-task", "exception"),
            List.of("lock-order"),
            List.of("fsck", "unreadable"),
            List.of("not-linearisable"));

    private static boolean isLive(Trouble trouble) {
        return LIVE.stream().anyMatch(kinds -> kinds.contains(sort(trouble)));
    }

    private OracleLine line(String name, String claim, String... kinds) {
        long against = 0;
        for (ConcurrentFinding finding : result.findings()) {
            if (List.of(kinds).contains(sort(finding.trouble()))) {
                against += finding.occurrences();
            }
        }
        return new OracleLine(name, claim, result.schedules(), against);
    }

    private static String sort(Trouble trouble) {
        int slash = trouble.kind().indexOf('/');
        return slash < 0 ? trouble.kind() : trouble.kind().substring(0, slash);
    }

    /**
     * One finding, made small.
     *
     * @param recoveryLines what recovery says where the power failed
     * @param reproduce the line that replays it
     */
    public FindingReport finding(
            ConcurrentFinding finding,
            ConcurrentReplay.Replayed replayed,
            ConcurrentScenario scenario,
            List<String> recoveryLines,
            String reproduce) {
        ConcurrentOutcome outcome = replayed.outcome();
        Trouble trouble = replayed.trouble() == null ? finding.trouble() : replayed.trouble();
        SmallestCut cut = replayed.cut();
        CrashModel model = configuration.model();
        String schedule =
                "schedule with " + VerdictLine.counted(outcome.schedule().preemptions(), "preemption");
        Interleaving interleaving = ScheduleTurns.of(
                outcome.schedule(),
                trouble.lines().stream()
                        .filter(line -> !line.equals(trouble.sentence()))
                        .toList());
        if (cut != null && model != null) {
            FindingReport told =
                    Explanation.of(target, cut.recording(), cut.finding(), model, recoveryLines, reproduce);
            return new FindingReport(
                    told.oracle(),
                    told.kind(),
                    grade(finding),
                    told.sentence(),
                    told.promise(),
                    trouble.kind(),
                    finding.occurrences(),
                    schedule + ", " + told.cut(),
                    operations(scenario, outcome, cut.finding().position()),
                    told.log(),
                    told.differences(),
                    told.recoveryLines(),
                    reproduce,
                    null,
                    told.legality(),
                    interleaving);
        }
        return new FindingReport(
                sort(trouble),
                trouble.kind(),
                grade(finding),
                trouble.sentence(),
                "several processes at once see one filesystem",
                trouble.kind(),
                finding.occurrences(),
                schedule,
                operations(scenario, outcome, Integer.MAX_VALUE),
                new LogExcerpt(List.of(), null, 0, 0),
                List.of(),
                List.of(),
                reproduce,
                null,
                null,
                interleaving);
    }

    private static Grade grade(ConcurrentFinding finding) {
        return finding.advisory() ? Grade.ADVISORY : Grade.BROKEN_PROMISE;
    }

    /** What was done before, and what each process had called when the power failed after so many entries of the log. */
    private static List<OperationLine> operations(
            ConcurrentScenario scenario, ConcurrentOutcome outcome, int position) {
        List<OperationLine> operations = new ArrayList<>();
        for (Step step : scenario.program().setUp()) {
            operations.add(
                    new OperationLine(step.number(), "before", step.operation().text(), "", OperationLine.State.DONE));
        }
        for (List<Call> own : outcome.calls()) {
            for (Call call : own) {
                OperationLine.State state = !call.hadBegun(position)
                        ? OperationLine.State.NOT_STARTED
                        : call.hadEnded(position) ? OperationLine.State.DONE : OperationLine.State.IN_FLIGHT;
                operations.add(new OperationLine(
                        call.step().number(),
                        "process " + (call.process() + 1),
                        call.step().operation().text(),
                        state == OperationLine.State.DONE ? call.result().text() : "",
                        state));
            }
        }
        return operations;
    }
}
