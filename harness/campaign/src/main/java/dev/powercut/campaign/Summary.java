package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.BlockKindLine;
import dev.powercut.campaign.RunReport.Exploration;
import dev.powercut.campaign.RunReport.Fact;
import dev.powercut.campaign.RunReport.OperationKindLine;
import dev.powercut.campaign.RunReport.OracleLine;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.Guarantees;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.CrashModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of several runs as one: counts added up, findings by fingerprint with the example of the smallest seed.
 *
 * @param report what to show of it
 * @param positions at how many positions the power was cut
 * @param judgeNote what became of the external judge, in words; empty when it judged everything
 * @param nondeterminism what differed when a run was repeated, or null
 */
public record Summary(
        RunReport report,
        long positions,
        String judgeNote,
        @Nullable String nondeterminism) {

    /** The same with other findings, and the verdict that they make. */
    public Summary withFindings(List<FindingReport> findings, boolean interrupted) {
        RunReport other = report.withFindings(findings);
        return new Summary(other.withVerdict(VerdictLine.of(other, interrupted)), positions, judgeNote, nondeterminism);
    }

    /**
     * Adds up outcomes.
     *
     * @param outcomes at least one, in the order of their seeds
     * @param seeds the seeds as the user wrote them, for example {@code 1..20}
     * @param interrupted whether the user stopped it
     * @param command the command line that repeats all of it
     */
    public static Summary of(
            List<RunOutcome> outcomes, FileSystemTarget target, String seeds, boolean interrupted, String command) {
        RunConfiguration configuration = outcomes.getFirst().configuration();
        Exploration exploration = outcomes.getFirst().exploration();
        for (RunOutcome outcome : outcomes.subList(1, outcomes.size())) {
            exploration = sum(exploration, outcome.exploration());
        }
        Map<String, FindingReport> findings = new LinkedHashMap<>();
        long omitted = 0;
        long positions = 0;
        String nondeterminism = null;
        for (RunOutcome outcome : outcomes) {
            positions += outcome.positions();
            omitted += outcome.findingsOmitted();
            nondeterminism = nondeterminism == null ? outcome.nondeterminism() : nondeterminism;
            for (FindingReport finding : outcome.findings()) {
                findings.merge(finding.fingerprint(), finding, FindingReport::and);
            }
        }
        List<FindingReport> told = new ArrayList<>(findings.values());
        told.sort(Comparator.comparing(FindingReport::grade));
        String title = target.name() + ", " + (outcomes.size() == 1 ? "seed " : "seeds ") + seeds + ", "
                + configuration.crash() + (configuration.defect() == null ? "" : ", defect " + configuration.defect());
        RunReport report = new RunReport(
                title,
                "",
                incomplete(outcomes.stream().anyMatch(RunOutcome::stopped), interrupted),
                command,
                facts(outcomes, target, seeds),
                exploration,
                told,
                omitted,
                parts(outcomes, told),
                outcomes.size() == 1 ? outcomes.getFirst().tables() : List.of());
        return new Summary(
                report.withVerdict(VerdictLine.of(report, interrupted)),
                positions,
                outcomes.getFirst().judgeNote(),
                nondeterminism);
    }

    /**
     * A summary of what was added up; crash models together, where there are several.
     *
     * @param totals of at least one run
     * @param facts what was run, in the words of who ran it
     */
    public static Summary of(
            Totals totals,
            RunConfiguration configuration,
            FileSystemTarget target,
            String title,
            List<Fact> facts,
            boolean interrupted,
            String command) {
        List<Fact> all = new ArrayList<>();
        all.add(new Fact("target", target.name() + ": " + target.summary()));
        all.addAll(facts);
        all.addAll(facts(configuration, target, totals.judgeNote()));
        RunReport report = new RunReport(
                title,
                "",
                incomplete(totals.isStopped(), interrupted),
                command,
                all,
                totals.exploration(),
                totals.findings(),
                totals.omitted());
        return new Summary(
                report.withVerdict(VerdictLine.of(report, interrupted)),
                totals.positions(),
                totals.judgeNote(),
                totals.nondeterminism());
    }

    /** The same with a table in its report. */
    public Summary with(ReportTable table) {
        return new Summary(report.with(table), positions, judgeNote, nondeterminism);
    }

    private static @Nullable String incomplete(boolean stopped, boolean interrupted) {
        if (interrupted) {
            return "interrupted: this is what had been found so far";
        }
        return stopped ? "the target hung so often that its crash states were not all examined" : null;
    }

    private static List<Fact> facts(List<RunOutcome> outcomes, FileSystemTarget target, String seeds) {
        RunConfiguration run = outcomes.getFirst().configuration();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("target", target.name() + ": " + target.summary()));
        facts.add(new Fact("seed", seeds));
        if (outcomes.size() > 1) {
            long failed = outcomes.stream().filter(RunOutcome::failed).count();
            facts.add(new Fact(
                    "failing runs", FailureRate.of(failed, outcomes.size()).words()));
        }
        facts.add(new Fact("workload", run.workload()));
        facts.addAll(facts(run, target, outcomes.getFirst().judgeNote()));
        return facts;
    }

    /** How it was run, and what the target promises then. */
    private static List<Fact> facts(RunConfiguration run, FileSystemTarget target, String judgeNote) {
        FormatRequest format = Run.format(run.format(), target);
        Guarantees guarantees = target.guarantees(run.mountOptions());
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "disk",
                Sizes.text(format.sizeBytes())
                        + (format.blockSizeBytes() == 0 ? "" : ", blocks of " + format.blockSizeBytes() + " bytes")
                        + (format.options().isEmpty() ? "" : ", " + format.options())));
        if (!run.mountOptions().isEmpty()) {
            facts.add(new Fact("mount options", run.mountOptions()));
        }
        if (run.defect() != null) {
            facts.add(new Fact("defect", run.defect()));
        }
        if (run.fault() != null) {
            facts.add(new Fact("fault", fault(run.fault(), guarantees)));
        }
        facts.add(new Fact("crash model", run.crash() + undeclared(run, guarantees)));
        facts.add(new Fact("guarantees", String.join("; ", words(guarantees))));
        if (!judgeNote.isEmpty()) {
            facts.add(new Fact("external judge", judgeNote));
        }
        return facts;
    }

    private static String fault(String fault, Guarantees guarantees) {
        boolean declared = guarantees.withstands(fault.replaceFirst(":.*", ""));
        return fault + " of the device while the workload runs"
                + (declared ? "" : "; findings are advisory, since the target does not declare to withstand it");
    }

    /** Which of the models the target does not declare to withstand, in words; empty when there are none. */
    private static String undeclared(RunConfiguration run, Guarantees guarantees) {
        List<String> names = CrashModels.list(run.crash()).stream()
                .map(CrashModel::name)
                .filter(name -> !guarantees.withstands(name))
                .toList();
        return names.isEmpty()
                ? ""
                : "; findings under " + String.join(", ", names)
                        + " are advisory, since the target declares to withstand "
                        + (guarantees.crashModels().isEmpty() ? "none" : String.join(", ", guarantees.crashModels()));
    }

    /** The parts of all outcomes, added up by name. */
    private static List<RunPart> parts(List<RunOutcome> outcomes, List<FindingReport> told) {
        Map<String, ModelPart> sums = new LinkedHashMap<>();
        for (RunOutcome outcome : outcomes) {
            for (ModelPart part : outcome.parts()) {
                sums.merge(part.name(), part, Summary::sum);
            }
        }
        List<RunPart> parts = new ArrayList<>();
        for (ModelPart part : sums.values()) {
            List<Integer> findings = new ArrayList<>();
            for (int i = 0; i < told.size(); i++) {
                if (part.fingerprints().contains(told.get(i).fingerprint())) {
                    findings.add(i);
                }
            }
            parts.add(new RunPart(
                    part.name(), part.title(), part.incomplete(), part.reproduce(), part.exploration(), findings));
        }
        return parts;
    }

    private static ModelPart sum(ModelPart a, ModelPart b) {
        List<String> fingerprints = new ArrayList<>(a.fingerprints());
        b.fingerprints().stream()
                .filter(fingerprint -> !fingerprints.contains(fingerprint))
                .forEach(fingerprints::add);
        return new ModelPart(
                a.name(),
                a.title(),
                a.incomplete() != null ? a.incomplete() : b.incomplete(),
                a.reproduce(),
                sum(a.exploration(), b.exploration()),
                fingerprints);
    }

    private static List<String> words(Guarantees guarantees) {
        List<String> words = new ArrayList<>();
        words.add("what fsync, fdatasync and sync promise");
        if (guarantees.sizeCoversWrittenDataOnly()) {
            words.add("a size never covers data that were not written");
        }
        if (guarantees.renameReplacesAtomically()) {
            words.add("rename leaves old, new or both, the target never missing"
                    + (guarantees.renameOverDirectoryMayLoseTarget() ? " (save for a replaced empty directory)" : ""));
        }
        if (guarantees.operationsPersistInOrder()) {
            words.add("operations persist in order");
        }
        return words;
    }

    /** Adds up what two explorations did; the trace hash is that of both. */
    public static Exploration sum(Exploration a, Exploration b) {
        Trace trace = new Trace();
        trace.step("runs", a.traceHash(), a.workloads());
        trace.step("run", b.traceHash(), b.workloads());
        List<Coverage> coverages = Coverage.sum(a.coverages(), b.coverages());
        return new Exploration(
                coverages.isEmpty() ? a.coverage() : Coverage.words(coverages),
                a.workloads() + b.workloads(),
                a.operations() + b.operations(),
                a.logEntries() + b.logEntries(),
                a.writes() + b.writes(),
                a.sectorsWritten() + b.sectorsWritten(),
                a.flushes() + b.flushes(),
                a.crashStates() + b.crashStates(),
                a.distinctStates() + b.distinctStates(),
                trace.hex(),
                sumOracles(a.oracles(), b.oracles()),
                sumOperations(a.operationKinds(), b.operationKinds()),
                sumBlocks(a.blockKinds(), b.blockKinds()),
                coverages);
    }

    private static List<OracleLine> sumOracles(List<OracleLine> a, List<OracleLine> b) {
        Map<String, OracleLine> sums = new LinkedHashMap<>();
        for (List<OracleLine> lines : List.of(a, b)) {
            for (OracleLine line : lines) {
                sums.merge(
                        line.name(),
                        line,
                        (x, y) -> new OracleLine(
                                x.name(), x.claim(), x.judged() + y.judged(), x.violations() + y.violations()));
            }
        }
        return List.copyOf(sums.values());
    }

    private static List<OperationKindLine> sumOperations(List<OperationKindLine> a, List<OperationKindLine> b) {
        Map<String, OperationKindLine> sums = new TreeMap<>();
        for (List<OperationKindLine> lines : List.of(a, b)) {
            for (OperationKindLine line : lines) {
                sums.merge(
                        line.kind(),
                        line,
                        (x, y) -> new OperationKindLine(
                                x.kind(),
                                x.executed() + y.executed(),
                                x.failed() + y.failed(),
                                x.writes() + y.writes(),
                                x.flushes() + y.flushes(),
                                x.cuts() + y.cuts()));
            }
        }
        return List.copyOf(sums.values());
    }

    private static List<BlockKindLine> sumBlocks(List<BlockKindLine> a, List<BlockKindLine> b) {
        Map<String, BlockKindLine> sums = new TreeMap<>();
        for (List<BlockKindLine> lines : List.of(a, b)) {
            for (BlockKindLine line : lines) {
                sums.merge(
                        line.kind(),
                        line,
                        (x, y) -> new BlockKindLine(
                                x.kind(), x.writes() + y.writes(), x.sectors() + y.sectors(), x.cuts() + y.cuts()));
            }
        }
        return List.copyOf(sums.values());
    }
}
