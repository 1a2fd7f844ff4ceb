package dev.powercut.campaign.gate;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.FailureRate;
import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.ReportTable;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.RunPart;
import dev.powercut.campaign.RunReport;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.Summary;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.campaign.ace.AceOutcome;
import dev.powercut.campaign.ace.AceRange;
import dev.powercut.campaign.gate.GatePlan.PlannedExploration;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up the parts of a gate. */
final class GateSummary {

    private final GatePlan plan;
    private final String command;
    private final List<ReportTable> tables = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> targetLines = new LinkedHashSet<>();

    /** Findings by target and fingerprint: the same words may mean another thing in another target. */
    private final Map<List<String>, FindingReport> findings = new LinkedHashMap<>();

    private final Map<List<String>, RunConfiguration> examples = new LinkedHashMap<>();

    private long findingsOmitted;
    private long failedRuns;
    private @Nullable String nondeterminism;

    private record Part(
            PlannedExploration planned,
            RunReport report,
            @Nullable String incomplete) {}

    GateSummary(GatePlan plan, String command) {
        this.plan = plan;
        this.command = command;
    }

    void add(ReportTable table) {
        tables.add(table);
    }

    void add(PlannedExploration planned, FileSystemTarget target, List<RunOutcome> outcomes) {
        RunConfiguration run = planned.run();
        long lastSeed = outcomes.getLast().configuration().seed();
        String seeds = run.seed() + (lastSeed == run.seed() ? "" : ".." + lastSeed);
        String line = CommandLines.seeds(run, seeds, target.externalJudge());
        Summary summary = Summary.of(outcomes, target, seeds, false, line);
        for (RunOutcome one : outcomes) {
            for (FindingReport finding : one.findings()) {
                examples.putIfAbsent(List.of(run.target(), finding.fingerprint()), one.configuration());
            }
        }
        add(planned, target, summary, incomplete(planned, summary.report()));
        failedRuns += outcomes.stream().filter(RunOutcome::failed).count();
    }

    void add(PlannedExploration planned, AceRange range, FileSystemTarget target, AceOutcome outcome) {
        RunConfiguration run = planned.run();
        String line = CommandLines.enumeration(run, range.options(range.from()), target.externalJudge());
        Summary summary = Summary.of(outcome.totals(), run, target, planned.name(), List.of(), false, line);
        for (FindingReport finding : summary.report().findings()) {
            RunConfiguration example = outcome.totals().example(finding);
            if (example != null) {
                examples.putIfAbsent(List.of(run.target(), finding.fingerprint()), example);
            }
        }
        boolean isAll = outcome.next() == range.end();
        add(planned, target, summary, isAll ? summary.report().incomplete() : incomplete(planned, summary.report()));
        failedRuns += outcome.totals().failedRuns();
    }

    private void add(
            PlannedExploration planned, FileSystemTarget target, Summary summary, @Nullable String incomplete) {
        RunConfiguration run = planned.run();
        targetLines.add(target.name() + ": " + target.summary());
        findingsOmitted += summary.report().findingsOmitted();
        nondeterminism = nondeterminism == null ? summary.nondeterminism() : nondeterminism;
        for (FindingReport finding : summary.report().findings()) {
            findings.merge(List.of(run.target(), finding.fingerprint()), finding, (first, next) -> first.and(next));
        }
        parts.add(new Part(planned, summary.report(), incomplete));
    }

    private static @Nullable String incomplete(PlannedExploration planned, RunReport report) {
        if (report.incomplete() != null || report.exploration().distinctStates() >= planned.states()) {
            return report.incomplete();
        }
        return "it failed so often that more would not tell more";
    }

    GateOutcome outcome(boolean interrupted, Reduction reduction) {
        List<Told> told = told(interrupted ? Reduction.NONE : reduction);
        List<RunPart> explored = new ArrayList<>();
        Exploration all = null;
        for (Part part : parts) {
            Exploration own = part.report.exploration();
            all = all == null ? own : Summary.sum(all, own);
            explored.add(part(part, told));
        }
        List<Fact> facts = facts();
        if (!plan.known().isEmpty()) {
            facts.add(new Fact("known", KnownFindings.words(plan.known(), told, interrupted)));
        }
        RunReport report = new RunReport(
                "gate: " + plan.name(),
                "",
                interrupted ? "interrupted: this is what had been found so far" : null,
                command,
                facts,
                all == null ? Exploration.NONE : all,
                told.stream().map(Told::finding).toList(),
                findingsOmitted,
                explored,
                tables);
        return new GateOutcome(report.withVerdict(VerdictLine.of(report, interrupted)), nondeterminism);
    }

    /** What a report tells, and of which target. */
    record Told(String target, FindingReport finding) {}

    /** The findings of each target made small, the known ones marked, the gravest first. */
    private List<Told> told(Reduction reduction) {
        Map<String, List<FindingReport>> ofTargets = new LinkedHashMap<>();
        findings.forEach((key, finding) -> ofTargets
                .computeIfAbsent(key.getFirst(), target -> new ArrayList<>())
                .add(finding));
        List<Told> told = new ArrayList<>();
        ofTargets.forEach((target, own) -> {
            own.sort(Comparator.comparing(FindingReport::grade));
            for (FindingReport small : reduction.of(target, finding -> example(target, finding), own)) {
                told.add(new Told(target, KnownFindings.marked(plan.known(), target, small)));
            }
        });
        told.sort(Comparator.comparing(each -> each.finding.grade()));
        return told;
    }

    private @Nullable RunConfiguration example(String target, FindingReport finding) {
        return examples.get(List.of(target, finding.fingerprint()));
    }

    private static RunPart part(Part part, List<Told> told) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            Told one = told.get(i);
            boolean shown = part.report.findings().stream()
                    .anyMatch(own -> one.finding.courses().containsAll(own.courses()));
            if (shown && one.target.equals(part.planned.run().target())) {
                indexes.add(i);
            }
        }
        return new RunPart(
                part.planned.name(),
                title(part.planned),
                part.incomplete,
                part.report.reproduce(),
                part.report.exploration(),
                indexes);
    }

    /** What an exploration does, with what is not as usual only. */
    private static String title(PlannedExploration planned) {
        RunConfiguration run = planned.run();
        RunConfiguration usual = RunConfiguration.of(run.target(), run.seed());
        List<String> words = new ArrayList<>(List.of(run.target(), run.crash(), workload(planned)));
        if (run.operations() != usual.operations() && run.workload().equals(RunConfiguration.RANDOM)) {
            words.add(run.operations() + " operations");
        }
        words.addAll(formatWords(run.format()));
        if (!run.mountOptions().isEmpty()) {
            words.add("mounted with " + run.mountOptions());
        }
        if (run.fault() != null) {
            words.add("fault " + run.fault());
        }
        if (run.recoveryDepth() != usual.recoveryDepth()) {
            words.add(
                    run.recoveryDepth() == 0
                            ? "recovery not cut"
                            : "recovery cut " + VerdictLine.counted(run.recoveryDepth(), "time"));
        }
        return String.join(", ", words);
    }

    private static List<String> formatWords(FormatRequest format) {
        List<String> words = new ArrayList<>();
        if (format.sizeBytes() != 0) {
            words.add("disk of " + Sizes.text(format.sizeBytes()));
        }
        if (format.blockSizeBytes() != 0) {
            words.add("blocks of " + Sizes.text(format.blockSizeBytes()));
        }
        if (!format.options().isEmpty()) {
            words.add(format.options());
        }
        return words;
    }

    /** A script by its name alone: where it lies is another matter on another computer. */
    private static String workload(PlannedExploration planned) {
        String workload = planned.run().workload();
        AceRange range = planned.range();
        if (range != null) {
            return "every workload of " + VerdictLine.counted(range.length(), "core operation")
                    + (range.shard().isEmpty() ? "" : ", part " + range.shard());
        }
        return workload.startsWith(RunConfiguration.SCRIPT_PREFIX)
                ? RunConfiguration.SCRIPT_PREFIX + workload.substring(workload.lastIndexOf('/') + 1)
                : workload;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        for (String line : targetLines) {
            facts.add(new Fact("target", line));
        }
        facts.add(new Fact(
                "plan",
                plan.name() + ", " + VerdictLine.counted(plan.explorations().size(), "exploration")));
        facts.add(new Fact("budget", VerdictLine.counted(plan.states(), "distinct state")));
        long runs = parts.stream()
                .mapToLong(part -> part.report.exploration().workloads())
                .sum();
        facts.add(new Fact("failing runs", FailureRate.of(failedRuns, runs).words()));
        return facts;
    }
}
