package dev.powercut.campaign;

import dev.powercut.campaign.RunReport.Exploration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes added up: counts, and findings by fingerprint with the example of the run that was added first. What comes of it depends
 * on the order of adding, trace hash included, so add in the order of the seeds.
 */
public final class Totals {

    private final Map<String, FindingReport> findings = new LinkedHashMap<>();
    private final Map<String, RunConfiguration> examples = new LinkedHashMap<>();
    private @Nullable Exploration exploration;
    private @Nullable String nondeterminism;
    private @Nullable String judgeNote;
    private boolean stopped;
    private long omitted;
    private long positions;
    private long failedRuns;

    public Totals() {}

    /** Adds a run. */
    public void add(RunOutcome outcome) {
        add(outcome.exploration());
        outcome.findings().forEach(this::add);
        outcome.findings().forEach(finding -> examples.putIfAbsent(finding.fingerprint(), outcome.configuration()));
        add(outcome.nondeterminism(), outcome.judgeNote());
        stopped |= outcome.stopped();
        omitted += outcome.findingsOmitted();
        positions += outcome.positions();
        failedRuns += outcome.failed() ? 1 : 0;
    }

    /** Adds what was added up elsewhere. */
    public void add(Totals other) {
        if (other.exploration != null) {
            add(other.exploration);
            other.findings.values().forEach(this::add);
            other.examples.forEach(examples::putIfAbsent);
            add(other.nondeterminism, other.judgeNote());
            stopped |= other.stopped;
            omitted += other.omitted;
            positions += other.positions;
            failedRuns += other.failedRuns;
        }
    }

    private void add(Exploration more) {
        exploration = exploration == null ? more : Summary.sum(exploration, more);
    }

    private void add(FindingReport finding) {
        findings.merge(finding.fingerprint(), finding, FindingReport::and);
    }

    private void add(@Nullable String difference, String note) {
        nondeterminism = nondeterminism == null ? difference : nondeterminism;
        judgeNote = judgeNote == null ? note : judgeNote;
    }

    /** Says of the external judge what holds for all runs together. */
    public void noteOfJudge(String note) {
        judgeNote = note;
    }

    /** Whether no run was added. */
    public boolean isEmpty() {
        return exploration == null;
    }

    /** How many runs had a finding that fails one. */
    public long failedRuns() {
        return failedRuns;
    }

    /** How many distinct states were examined. */
    public long states() {
        return exploration == null ? 0 : exploration.distinctStates();
    }

    /** The run that a finding is told of; null when there is none like it. */
    public @Nullable RunConfiguration example(FindingReport finding) {
        return examples.get(finding.fingerprint());
    }

    Exploration exploration() {
        if (exploration == null) {
            throw new IllegalStateException("nothing was added up");
        }
        return exploration;
    }

    /** The gravest first. */
    List<FindingReport> findings() {
        List<FindingReport> sorted = new ArrayList<>(findings.values());
        sorted.sort(Comparator.comparing(FindingReport::grade));
        return sorted;
    }

    /** What differed when a run was repeated, or null. */
    @Nullable
    String nondeterminism() {
        return nondeterminism;
    }

    String judgeNote() {
        return judgeNote == null ? "" : judgeNote;
    }

    boolean isStopped() {
        return stopped;
    }

    long omitted() {
        return omitted;
    }

    long positions() {
        return positions;
    }
}
