package dev.powercut.campaign.cases;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Repetition;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.Workers;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.minimise.Signature;
import dev.powercut.check.target.FormatRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the findings of runs small, and puts those together that come down to the same: one case for each fingerprint, one bucket for
 * each shape.
 */
public final class Triage {

    private final int most;
    private final int budget;
    private final int workers;
    private final HangWatch watch;

    /**
     * @param most how many findings to make small; the others are left as they are
     * @param budget how many candidates to try for each
     * @param workers how many at a time; what comes of it does not depend on it
     * @param watch sees to it that none hangs
     */
    public Triage(int most, int budget, int workers, HangWatch watch) {
        this.watch = watch;
        this.most = most;
        this.budget = budget;
        this.workers = workers;
    }

    /**
     * What came of it.
     *
     * @param findings the findings, each with what it comes down to; one for each shape
     * @param cases for each finding, in their order, its case; null for one that was not made small
     */
    public record Sorted(List<FindingReport> findings, List<CaseMaker.@Nullable Made> cases) {
        public Sorted {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Makes findings small.
     *
     * @param outcomes the runs, in the order of their seeds
     * @param findings their findings, one for each fingerprint
     * @param stopped asked before each; the rest is left as it is once it says yes
     */
    public Sorted sort(List<RunOutcome> outcomes, List<FindingReport> findings, BooleanSupplier stopped) {
        return sort(finding -> example(outcomes, finding), findings, stopped);
    }

    /**
     * Makes findings small.
     *
     * @param runs gives the run that a finding is told of; null for one that is left as it is
     * @param findings one for each fingerprint
     * @param stopped asked before each; the rest is left as it is once it says yes
     */
    public Sorted sort(
            Function<FindingReport, @Nullable RunConfiguration> runs,
            List<FindingReport> findings,
            BooleanSupplier stopped) {
        List<CaseMaker.@Nullable Made> made = new ArrayList<>();
        boolean[] chosen = choose(findings);
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, workers))) {
            List<Future<CaseMaker.@Nullable Made>> running = new ArrayList<>();
            for (int i = 0; i < findings.size(); i++) {
                FindingReport finding = findings.get(i);
                boolean wanted = chosen[i];
                running.add(pool.submit(
                        () -> wanted && !stopped.getAsBoolean() ? make(runs.apply(finding), finding) : null));
            }
            for (Future<CaseMaker.@Nullable Made> one : running) {
                made.add(Workers.result(one, pool));
            }
        }
        return buckets(findings, made);
    }

    /** The first ones, but of those that miss a write of one site only one. */
    private boolean[] choose(List<FindingReport> findings) {
        boolean[] chosen = new boolean[findings.size()];
        Set<String> seen = new TreeSet<>();
        int count = 0;
        for (int i = 0; i < chosen.length && count < most; i++) {
            List<String> names = names(findings.get(i), null);
            chosen[i] = names.stream().noneMatch(seen::contains);
            seen.addAll(names);
            count += chosen[i] ? 1 : 0;
        }
        return chosen;
    }

    /** The first run that shows a finding. */
    private static @Nullable RunConfiguration example(List<RunOutcome> outcomes, FindingReport finding) {
        for (RunOutcome outcome : outcomes) {
            for (FindingReport own : outcome.findings()) {
                if (own.fingerprint().equals(finding.fingerprint())) {
                    return outcome.configuration();
                }
            }
        }
        return null;
    }

    private CaseMaker.@Nullable Made make(@Nullable RunConfiguration configuration, FindingReport finding) {
        if (configuration == null || finding.oracle().equals(Repetition.ORACLE)) {
            return null;
        }
        FindingReport.Legality legality = finding.legality();
        RunConfiguration run = legality == null ? configuration : configuration.withCrash(legality.crashModel());
        Signature wanted = Signature.live(finding.oracle(), finding.kind(), finding.fingerprint());
        return new CaseMaker(run.target(), setting(run), budget, watch)
                .make(Run.of(run).scenario(), wanted, run.recoveryDepth());
    }

    /** How a run sets its target up, written out, so that it stays the same when the target's own choice changes. */
    public static Case.Setting setting(RunConfiguration run) {
        FormatRequest format = Run.format(run.format(), Installed.fileSystem(run.target()));
        return new Case.Setting(run.defect(), run.crash(), format, run.mountOptions(), run.fault());
    }

    /**
     * Findings of one oracle and kind are one when they come down to the same operations, or miss a write of the same site, also
     * those that were not made small themselves.
     */
    private static Sorted buckets(List<FindingReport> findings, List<CaseMaker.@Nullable Made> made) {
        Map<String, FindingReport> buckets = new LinkedHashMap<>();
        Map<String, CaseMaker.@Nullable Made> cases = new LinkedHashMap<>();
        Map<String, String> bucketOfName = new LinkedHashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            CaseMaker.Made one = made.get(i);
            FindingReport told = one == null ? findings.get(i) : findings.get(i).withSmall(CaseStory.of(one));
            List<String> names = names(told, one);
            String bucket = names.getFirst();
            for (String name : names) {
                bucket = bucketOfName.getOrDefault(name, bucket);
            }
            for (String name : names) {
                bucketOfName.putIfAbsent(name, bucket);
            }
            FindingReport known = buckets.get(bucket);
            buckets.put(bucket, known == null ? told : known.and(told));
            if (cases.get(bucket) == null) {
                cases.put(bucket, one);
            }
        }
        return new Sorted(List.copyOf(buckets.values()), new ArrayList<>(cases.values()));
    }

    /** What a finding shares with others of its cause; at least one name. */
    private static List<String> names(FindingReport told, CaseMaker.@Nullable Made made) {
        List<String> names = new ArrayList<>();
        SmallFinding story = told.small();
        names.add(story == null ? "as found: " + told.fingerprint() : "shape: " + story.shape());
        String sort = "missing: " + told.oracle() + "/" + told.kind() + "/";
        String site = missingSite(told.log());
        if (!site.isEmpty()) {
            names.add(sort + site);
        }
        Finding finding = made == null ? null : made.shown().finding();
        if (made != null && finding != null) {
            Signature signature = Signature.of(made.shown().recording().log(), finding);
            if (!signature.missingSite().isEmpty()) {
                names.add(sort + signature.missingSite());
            }
        }
        return names;
    }

    /** The site that dirtied a finding's missing write last; empty when none is known. */
    private static String missingSite(FindingReport.LogExcerpt log) {
        for (FindingReport.LogLine line : log.lines()) {
            if (Objects.equals(line.sequence(), log.missingSequence())) {
                return line.causes().isEmpty()
                        ? line.kind()
                        : line.causes().getLast().site();
            }
        }
        return "";
    }
}
