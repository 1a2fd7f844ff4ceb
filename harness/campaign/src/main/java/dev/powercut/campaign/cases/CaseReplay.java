package dev.powercut.campaign.cases;

import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.JudgeSession;
import dev.powercut.campaign.LiveOracle;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.SmallFinding;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.CaseResult.Outcome;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Signature;
import dev.powercut.check.oracle.Violation;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Repeats a case: records its workload, makes the crash state, and judges it. When the target no longer writes what it wrote then,
 * the recorded crash state means nothing, and all crash states of the workload are judged instead. May be run again and again.
 */
public final class CaseReplay {

    private final Case saved;
    private final Bench bench;
    private final HangWatch watch;
    private final @Nullable Path file;

    private CaseReplay(Case saved, Bench bench, HangWatch watch, @Nullable Path file) {
        this.watch = watch;
        this.saved = saved;
        this.bench = bench;
        this.file = file;
    }

    /** @throws UsageException when the case names something that is not installed, or asks for what cannot be done */
    public static CaseReplay of(Case saved) {
        return of(saved, HangWatch.NONE);
    }

    /**
     * One that is watched.
     *
     * @throws UsageException when the case names something that is not installed, or asks for what cannot be done
     */
    public static CaseReplay of(Case saved, HangWatch watch) {
        return new CaseReplay(saved, Bench.of(saved.target(), saved.setting(), watch), watch, null);
    }

    static CaseReplay of(Case saved, Bench bench) {
        return new CaseReplay(saved, bench, HangWatch.NONE, null);
    }

    /** The same, which names the line of this file, or of the case in this folder, where the case contradicts itself. */
    public CaseReplay readFrom(Path path) {
        return new CaseReplay(saved, bench, watch, CaseFile.of(path));
    }

    /**
     * The same workload without the planted defect, with the power cut wherever the crash model allows; a pass is expected.
     *
     * @throws IllegalStateException when the case has no defect
     */
    public CaseResult withoutDefect() {
        Case.Setting setting = saved.setting();
        if (setting.defect() == null) {
            throw new IllegalStateException("the case plants no defect");
        }
        Bench correct = Bench.of(saved.target(), setting.withoutDefect(), watch);
        return correct.watched(() -> {
            Recording recording = correct.record(saved.scenario());
            return new CaseReplay(saved, correct, watch, file).passAnywhere(recording, hashes(recording, null, null));
        });
    }

    /** What a replay showed, explained; null when it showed nothing. */
    public @Nullable SmallFinding explain(CaseResult result) {
        Shown shown = result.shown();
        return shown == null
                ? null
                : bench.watched(
                        () -> CaseStory.of(saved.scenario(), MissingWrite.find(bench, saved.scenario(), shown)));
    }

    /** All that the workload gives to the disk, a line an entry. */
    public List<String> trace() {
        return bench.watched(() -> lines(bench.record(saved.scenario())));
    }

    /** All that the workload of a run gives to the disk, a line an entry. */
    public static List<String> trace(RunConfiguration run, HangWatch watch) {
        Bench bench = Bench.of(run.target(), Triage.setting(run), watch);
        return bench.watched(() -> lines(bench.record(Run.of(run).scenario())));
    }

    private static List<String> lines(Recording recording) {
        List<String> lines = new ArrayList<>();
        for (LogEntry entry : recording.log().entries()) {
            lines.add(CaseStory.line(entry));
        }
        return lines;
    }

    /**
     * Repeats the case once.
     *
     * @throws UsageException when the target writes what was recorded, and the crash state is none of it
     */
    public CaseResult run() {
        return bench.watched(this::repeat);
    }

    private CaseResult repeat() {
        ChoiceUse choices = new ChoiceUse(saved.scenario().overrides());
        Recording recording = bench.record(saved.scenario(), choices);
        CaseResult result = repeat(recording, choices);
        return result.noting(new CaseNotes(saved).of(result, choices));
    }

    /** In what a recording of the workload differs from what the case says, without judging it: a line each. */
    public List<String> contradictions() {
        return bench.watched(() -> {
            ChoiceUse choices = new ChoiceUse(saved.scenario().overrides());
            return new CaseNotes(saved).of(hashes(bench.record(saved.scenario(), choices), null, null), choices);
        });
    }

    private CaseResult repeat(Recording recording, ChoiceUse choices) {
        Case.Place place = saved.place();
        if (place == null) {
            return live(recording);
        }
        if (saved.hashes().confirm(hashes(recording, null, null))) {
            new CaseState(saved, place, file).check(recording.log(), bench.crashModel());
        }
        DiskImage crash = crashImage(recording, place);
        if (crash == null || !isAsSaved(crash)) {
            return moved(recording, crash, choices);
        }
        return saved.expected() instanceof Case.Expected.Found found
                        && found.oracle().equals(JudgeSession.ORACLE)
                ? anywhere(recording, found, !saved.hashes().contradict(hashes(recording, null, null)))
                : exactly(recording, place, crash, choices);
    }

    private boolean isAsSaved(DiskImage crash) {
        String hash = saved.hashes().crashImage();
        return hash.isEmpty() || hash.equals(crash.hash().toString());
    }

    /** What the power cut leaves, or null when the log is not one that it can leave this of. */
    static @Nullable DiskImage crashImage(Recording recording, Case.Place place) {
        if (place.position() > recording.log().size() || place.kept().end() > place.position() + 1) {
            return null;
        }
        try {
            return recording.log().image(place.kept());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static Case.Hashes hashes(Recording recording, @Nullable DiskImage crash, @Nullable DiskImage recovered) {
        return new Case.Hashes(
                String.format("%016x", recording.traceHash()),
                crash == null ? "" : crash.hash().toString(),
                recovered == null ? "" : recovered.hash().toString());
    }

    /** What was found there counts wherever the rest of the workload went; that nothing was found, only if all went as recorded. */
    private CaseResult exactly(Recording recording, Case.Place place, DiskImage crash, ChoiceUse choices) {
        Examination.Examined examined =
                bench.explorer().examination(recording).examine(crash, place.position(), place.recoveryCuts());
        if (examined == null) {
            return moved(recording, crash, choices);
        }
        Case.Hashes hashes = hashes(recording, crash, examined.recovered());
        return switch (saved.expected()) {
            case Case.Expected.Pass() -> {
                if (!examined.charges().isEmpty()) {
                    yield other(recording, place, examined, hashes);
                }
                yield saved.hashes().contradict(hashes)
                        ? moved(recording, crash, choices)
                        : new CaseResult(Outcome.PASSED, true, "nothing is wrong with the crash state", hashes, null);
            }
            case Case.Expected.Found(String oracle, String kind, String name, String course, String sentence) -> {
                Examination.Charge charge = examined.find(oracle, kind);
                if (charge != null) {
                    Shown shown = shown(recording, place, charge, course);
                    yield new CaseResult(Outcome.FOUND, true, charge.violation().sentence(), hashes, shown);
                }
                if (!saved.hashes().confirm(hashes)) {
                    yield moved(recording, crash, choices);
                }
                yield examined.charges().isEmpty()
                        ? new CaseResult(
                                Outcome.NO_LONGER_FOUND,
                                true,
                                "the same crash state is recovered to something that nothing is wrong with",
                                hashes,
                                null)
                        : other(recording, place, examined, hashes);
            }
        };
    }

    private CaseResult other(Recording recording, Case.Place place, Examination.Examined examined, Case.Hashes hashes) {
        Examination.Charge charge = examined.charges().getFirst();
        String name = charge.oracle() + "/" + charge.violation().kind();
        return new CaseResult(
                Outcome.OTHER_FOUND,
                true,
                name + ": " + charge.violation().sentence(),
                hashes,
                shown(recording, place, charge, name));
    }

    private Shown shown(Recording recording, Case.Place place, Examination.Charge charge, String fingerprint) {
        Finding finding = new Finding(
                charge.oracle(),
                fingerprint,
                charge.violation(),
                charge.stage(),
                0,
                new CutPoint(place.kept(), place.position(), place.position()),
                place.position(),
                1,
                null,
                place.recoveryCuts());
        return new Shown(recording, null, finding, charge.oracle(), fingerprint, charge.violation());
    }

    /** The target writes something else now: the finding may show in the recorded place all the same, or in another. */
    private CaseResult moved(Recording recording, @Nullable DiskImage crash, ChoiceUse choices) {
        return switch (saved.expected()) {
            case Case.Expected.Pass() -> passElsewhere(recording, crash, choices);
            case Case.Expected.Found found -> anywhere(recording, found, false);
        };
    }

    /** A pass says little of a workload that is not the recorded one, as when nobody makes the choices that led to the crash state. */
    private CaseResult passElsewhere(Recording recording, @Nullable DiskImage crash, ChoiceUse choices) {
        CaseResult result = passAnywhere(recording, hashes(recording, crash, null));
        return result.outcome() == Outcome.PASSED && !choices.withoutEffect().isEmpty()
                ? new CaseResult(
                        Outcome.STALE,
                        false,
                        result.sentence() + ", but its choices do not lead any more to what the case recorded",
                        result.hashes(),
                        null)
                : result;
    }

    private CaseResult passAnywhere(Recording recording, Case.Hashes hashes) {
        List<Violation> live = new LiveOracle(recording).violations();
        if (!live.isEmpty()) {
            Shown shown = Shown.live(recording, LiveOracle.NAME, LiveOracle.NAME, live.getFirst());
            return new CaseResult(Outcome.OTHER_FOUND, false, live.getFirst().sentence(), hashes, shown);
        }
        Verdict verdict = bench.judge(recording, saved.scenario(), RunConfiguration.ALL_STATES, recoveryDepth());
        if (verdict.findings().isEmpty()) {
            String sentence = "nothing is wrong with any of the " + states(verdict) + " of the workload";
            return new CaseResult(Outcome.PASSED, false, sentence, hashes, null);
        }
        Finding first = verdict.findings().getFirst();
        return new CaseResult(
                Outcome.OTHER_FOUND,
                false,
                first.fingerprint() + ": " + first.violation().sentence(),
                hashes,
                Shown.afterCut(recording, verdict, first));
    }

    private CaseResult anywhere(Recording recording, Case.Expected.Found expected, boolean exact) {
        Verdict verdict = bench.judge(recording, saved.scenario(), RunConfiguration.ALL_STATES, recoveryDepth());
        List<Finding> findings = new ArrayList<>(verdict.findings());
        if (expected.oracle().equals(JudgeSession.ORACLE)) {
            findings.addAll(bench.judgedExternally(verdict));
        }
        Signature wanted = Signature.live(expected.oracle(), expected.kind(), expected.course());
        for (Finding finding : findings) {
            if (wanted.isSameSort(Signature.of(recording.log(), finding))) {
                Shown shown = Shown.afterCut(recording, verdict, finding);
                return new CaseResult(
                        Outcome.FOUND,
                        exact,
                        finding.violation().sentence(),
                        hashes(recording, verdict.states().image(finding.imageNumber()), null),
                        shown);
            }
        }
        Case.Hashes hashes = hashes(recording, null, null);
        if (!findings.isEmpty()) {
            Finding first = findings.getFirst();
            return new CaseResult(
                    Outcome.OTHER_FOUND,
                    exact,
                    first.fingerprint() + ": " + first.violation().sentence(),
                    hashes,
                    Shown.afterCut(recording, verdict, first));
        }
        if (exact && saved.hashes().confirm(hashes)) {
            String sentence = "nothing is wrong with what recovery leaves";
            return new CaseResult(Outcome.NO_LONGER_FOUND, true, sentence, hashes, null);
        }
        String sentence = CaseNotes.why(saved, hashes) + ", and none of the " + states(verdict)
                + " of its workload shows the finding: either it is fixed, or this workload no longer leads to it";
        return new CaseResult(Outcome.STALE, false, sentence, hashes, null);
    }

    private int recoveryDepth() {
        Case.Place place = saved.place();
        return place == null ? 0 : place.recoveryCuts().size();
    }

    private static String states(Verdict verdict) {
        return String.format(Locale.ROOT, "%,d distinct crash states", verdict.imagesExamined());
    }

    private CaseResult live(Recording recording) {
        Case.Hashes hashes = hashes(recording, null, null);
        LiveOracle live = new LiveOracle(recording);
        Case.Expected.Found expected = (Case.Expected.Found) saved.expected();
        boolean exact = !saved.hashes().contradict(hashes);
        for (Violation violation : live.violations()) {
            boolean same = violation.kind().equals(expected.kind());
            Shown shown = Shown.live(recording, LiveOracle.NAME, live.fingerprint(violation), violation);
            return new CaseResult(
                    same ? Outcome.FOUND : Outcome.OTHER_FOUND, exact, violation.sentence(), hashes, shown);
        }
        String sentence = "every call gives what the model gives";
        return saved.hashes().confirm(hashes)
                ? new CaseResult(Outcome.NO_LONGER_FOUND, true, sentence, hashes, null)
                : new CaseResult(
                        Outcome.STALE, false, sentence + ", but " + CaseNotes.why(saved, hashes), hashes, null);
    }
}
