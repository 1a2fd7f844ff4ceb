package dev.powercut.campaign.cases;

import dev.powercut.campaign.JudgeSession;
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Verdict;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of all crash states that show a finding, the one that lost the fewest writes, and of these the one cut earliest. A write that puts
 * back what was there is not lost: whether it was done makes no difference, so it counts as kept.
 */
final class SmallestState {

    /** So many crash states are looked at; there are that many only where a device reorders much. */
    private static final int STATES_TRIED = 4_000;

    private record Candidate(int image, CutPoint cut, int position, int omitted) {}

    private SmallestState() {}

    /** The finding, with that state as its example. */
    static Shown choose(Bench bench, Shown shown) {
        return choose(bench.explorer(), bench.crashModel(), shown);
    }

    /** The same for a recording that was made elsewhere. */
    static Shown choose(Explorer explorer, CrashModel model, Shown shown) {
        Verdict verdict = shown.verdict();
        Finding finding = shown.finding();
        if (verdict == null || finding == null) {
            return shown;
        }
        return finding.oracle().equals(JudgeSession.ORACLE)
                ? shown
                : Shown.afterCut(shown.recording(), verdict, smallest(explorer, model, shown, verdict, finding));
    }

    private static Finding smallest(
            Explorer explorer, CrashModel model, Shown shown, Verdict verdict, Finding finding) {
        if (finding.recoveryCuts().size() > 1) {
            return finding;
        }
        Examination examination = explorer.examination(shown.recording());
        int tried = 0;
        CrashStates states = verdict.states();
        for (Candidate candidate : candidates(states)) {
            if (tried++ == STATES_TRIED) {
                return finding;
            }
            if (finding.recoveryCuts().size() == 1) {
                Finding interrupted = interrupted(model, examination, verdict, finding, candidate);
                if (interrupted != null) {
                    return interrupted;
                }
                continue;
            }
            Examination.Charge charge = examination
                    .examine(verdict.states().image(candidate.image), candidate.position)
                    .find(finding.oracle(), finding.violation().kind());
            if (charge != null) {
                return found(finding, filled(states.log(), candidate), charge, List.of());
            }
        }
        return finding;
    }

    /** The finding in a crash state, with the first cut of its recovery that shows it; null when none does. */
    private static @Nullable Finding interrupted(
            CrashModel model, Examination examination, Verdict verdict, Finding finding, Candidate candidate) {
        Examination.Interruption interruption = examination.interrupt(
                verdict.states().image(candidate.image),
                candidate.position,
                model,
                finding.oracle(),
                finding.violation().kind());
        return interruption == null
                ? null
                : found(
                        finding,
                        filled(verdict.states().log(), candidate),
                        interruption.charge(),
                        List.of(interruption.cut()));
    }

    private static Finding found(
            Finding finding, Candidate candidate, Examination.Charge charge, List<Finding.RecoveryCut> recoveryCuts) {
        return new Finding(
                finding.oracle(),
                finding.fingerprint(),
                charge.violation(),
                charge.stage(),
                candidate.image,
                candidate.cut,
                candidate.position,
                finding.occurrences(),
                null,
                recoveryCuts);
    }

    /** The same state with the writes kept that change nothing in it. */
    private static Candidate filled(WriteLog log, Candidate candidate) {
        Kept kept = candidate.cut.kept();
        DiskImage image = log.image(kept);
        for (int entry = kept.wholeEntries(); entry < candidate.position; entry++) {
            LogEntry written = log.get(entry);
            if (kept.keptSectors(entry, written) < WriteLog.sectorCount(written)) {
                Kept more = kept.withWhole(entry, log);
                if (log.image(more).equals(image)) {
                    kept = more;
                }
            }
        }
        return new Candidate(
                candidate.image,
                new CutPoint(kept, candidate.cut.firstPosition(), candidate.cut.lastPosition()),
                candidate.position,
                omittedWrites(log, kept, candidate.position));
    }

    /** For each entry of a log whether it changes nothing when all before it was done. */
    private static boolean[] changesNothing(WriteLog log) {
        boolean[] nothing = new boolean[log.size()];
        DiskImage image = log.base();
        for (int entry = 0; entry < nothing.length; entry++) {
            DiskImage next = WriteLog.apply(image, log.get(entry));
            nothing[entry] = next.equals(image);
            image = next;
        }
        return nothing;
    }

    private static List<Candidate> candidates(CrashStates states) {
        boolean[] ignored = changesNothing(states.log());
        List<Candidate> candidates = new ArrayList<>();
        for (int image = 0; image < states.imageCount(); image++) {
            for (CutPoint cut : states.cutPoints(image)) {
                for (int position = cut.firstPosition(); position <= cut.lastPosition(); position++) {
                    candidates.add(new Candidate(
                            image, cut, position, omittedWrites(states.log(), cut.kept(), position, ignored)));
                }
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::omitted)
                .thenComparingInt(Candidate::position)
                .thenComparingInt(Candidate::image));
        return candidates;
    }

    /** How many writes had been given to the disk before a position, and did not reach the medium whole. */
    static int omittedWrites(WriteLog log, Kept kept, int position) {
        return omittedWrites(log, kept, position, new boolean[log.size()]);
    }

    private static int omittedWrites(WriteLog log, Kept kept, int position, boolean[] ignored) {
        int omitted = 0;
        for (int entry = kept.wholeEntries(); entry < position; entry++) {
            LogEntry written = log.get(entry);
            if (!ignored[entry] && WriteLog.sectorCount(written) > kept.keptSectors(entry, written)) {
                omitted++;
            }
        }
        return omitted;
    }
}
