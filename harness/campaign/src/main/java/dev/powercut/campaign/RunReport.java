package dev.powercut.campaign;

import dev.powercut.check.oracle.Grade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report shows of a run, in words and numbers: no simulation objects, so that a format needs to know nothing of
 * targets. It holds no time of day, no duration and no path of this computer: the same run gives the same report.
 *
 * @param title for example {@code ext2, seed 1, prefix}
 * @param verdict the last line of the run's summary
 * @param incomplete why the run ended before it had done all that it was asked for (interrupted, budget of states spent), or
 *     null; a report without findings then is no pass
 * @param reproduce the command line that repeats the run exactly
 * @param facts what was run, in the order in which to show it: target, options, seed, sizes, what the target guarantees
 * @param exploration what was explored and judged
 * @param findings one for each fingerprint, the most important first; none when nothing was found
 * @param findingsOmitted how many more fingerprints there were than {@code findings} shows
 * @param parts what it was made of, when it was several explorations; none when it was one
 * @param tables what there is to tell besides, in the order in which to show it
 */
public record RunReport(
        String title,
        String verdict,
        @Nullable String incomplete,
        String reproduce,
        List<Fact> facts,
        Exploration exploration,
        List<FindingReport> findings,
        long findingsOmitted,
        List<RunPart> parts,
        List<ReportTable> tables) {

    public RunReport {
        facts = List.copyOf(facts);
        findings = List.copyOf(findings);
        parts = List.copyOf(parts);
        tables = List.copyOf(tables);
    }

    /** The report of one exploration, without tables. */
    public RunReport(
            String title,
            String verdict,
            @Nullable String incomplete,
            String reproduce,
            List<Fact> facts,
            Exploration exploration,
            List<FindingReport> findings,
            long findingsOmitted) {
        this(
                title,
                verdict,
                incomplete,
                reproduce,
                facts,
                exploration,
                findings,
                findingsOmitted,
                List.of(),
                List.of());
    }

    /** The same with other findings. */
    public RunReport withFindings(List<FindingReport> others) {
        List<RunPart> moved = parts.stream()
                .map(part -> part.withFindings(indicesAmong(others, part.findings())))
                .toList();
        return new RunReport(
                title, verdict, incomplete, reproduce, facts, exploration, others, findingsOmitted, moved, tables);
    }

    /** Where some of the present findings stand in another list; those that it does not have are left out. */
    private List<Integer> indicesAmong(List<FindingReport> others, List<Integer> present) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            List<String> courses = others.get(i).courses();
            if (present.stream()
                    .anyMatch(index -> courses.containsAll(findings.get(index).courses()))) {
                indices.add(i);
            }
        }
        return indices;
    }

    /** The same with another last line. */
    public RunReport withVerdict(String text) {
        return new RunReport(
                title, text, incomplete, reproduce, facts, exploration, findings, findingsOmitted, parts, tables);
    }

    /** The same with another table at the end. */
    RunReport with(ReportTable table) {
        List<ReportTable> all = new ArrayList<>(tables);
        all.add(table);
        return new RunReport(
                title, verdict, incomplete, reproduce, facts, exploration, findings, findingsOmitted, parts, all);
    }

    /** How many findings fail the run, those that are not told in full included. */
    public long failing() {
        return findings.size() - toldAdvisories() + (lastIsAdvisory() ? 0 : findingsOmitted);
    }

    /** How many findings are advisory, those that are not told in full included. */
    public long advisories() {
        return toldAdvisories() - known() + (lastIsAdvisory() ? findingsOmitted : 0);
    }

    /** Whether a part has a finding that fails the run: one that is neither advisory nor known. */
    public boolean fails(RunPart part) {
        return part.findings().stream().anyMatch(index -> !findings.get(index).advisory());
    }

    /** How many findings break a promise, and are known. */
    public long known() {
        return findings.stream()
                .filter(finding -> finding.grade() == Grade.KNOWN)
                .count();
    }

    private long toldAdvisories() {
        return findings.stream().filter(FindingReport::advisory).count();
    }

    /** The most important come first, so what is left out behind an advisory is advisory. Of what is known that says nothing. */
    private boolean lastIsAdvisory() {
        List<FindingReport> own = findings.stream()
                .filter(finding -> finding.grade() != Grade.KNOWN)
                .toList();
        return !own.isEmpty() && own.getLast().advisory();
    }

    /** A name and a value, for a table. */
    public record Fact(String name, String value) {}

    /**
     * What was explored and judged, over all workloads of the run.
     *
     * @param coverage how the crash states stand to all that the crash model allows, in words: {@code every prefix of the log},
     *     or which sample was drawn
     * @param operations how many operations the workloads had
     * @param logEntries how many entries the write logs had, marks included
     * @param writes how many of them were writes
     * @param sectorsWritten how many sectors these wrote
     * @param flushes how many of them were flushes
     * @param crashStates how many crash states were judged
     * @param distinctStates how many distinct images they were
     * @param traceHash the hash that a repeated run must give again
     * @param oracles every oracle that judged, also those that had nothing to say
     * @param operationKinds the workload by kind of operation, in the order in which to show it
     * @param blockKinds the writes by kind of block, in the order in which to show it
     * @param coverages the coverage in numbers, one for each crash model
     */
    public record Exploration(
            String coverage,
            long workloads,
            long operations,
            long logEntries,
            long writes,
            long sectorsWritten,
            long flushes,
            long crashStates,
            long distinctStates,
            String traceHash,
            List<OracleLine> oracles,
            List<OperationKindLine> operationKinds,
            List<BlockKindLine> blockKinds,
            List<Coverage> coverages) {

        /** Of a run that explored nothing. */
        public static final Exploration NONE =
                new Exploration("nothing", 0, 0, 0, 0, 0, 0, 0, 0, "0", List.of(), List.of(), List.of(), List.of());

        public Exploration {
            coverages = List.copyOf(coverages);
            oracles = List.copyOf(oracles);
            operationKinds = List.copyOf(operationKinds);
            blockKinds = List.copyOf(blockKinds);
        }

        /** The same without what the oracles said. */
        public Exploration withoutOracles() {
            return new Exploration(
                    coverage,
                    workloads,
                    operations,
                    logEntries,
                    writes,
                    sectorsWritten,
                    flushes,
                    crashStates,
                    distinctStates,
                    traceHash,
                    List.of(),
                    operationKinds,
                    blockKinds,
                    coverages);
        }

        /** How much of the work crash states shared, in words; empty when none did. */
        public String sharing() {
            return Coverage.sharing(coverages);
        }
    }

    /**
     * One oracle.
     *
     * @param name as in {@link FindingReport#oracle()}
     * @param claim what it holds to be true of every crash state, in one sentence
     * @param judged how often it judged
     * @param violations how many of these judgements were against the target; 0 is a tick
     */
    public record OracleLine(String name, String claim, long judged, long violations) {}

    /**
     * One kind of operation.
     *
     * @param kind for example {@code rename}
     * @param executed how many ran
     * @param failed how many of these ended with an error
     * @param writes writes whose cause they are, each counted for every operation among its causes
     * @param flushes flushes sent while one of them was under way, whatever asked for them
     * @param cuts crash states with such an operation in flight
     */
    public record OperationKindLine(String kind, long executed, long failed, long writes, long flushes, long cuts) {}

    /**
     * One kind of block.
     *
     * @param kind for example {@code inode-table}
     * @param writes how many writes
     * @param sectors how many sectors these wrote
     * @param cuts crash states that end right before or within such a write
     */
    public record BlockKindLine(String kind, long writes, long sectors, long cuts) {}
}
