package dev.powercut.check.concurrent;

import dev.powercut.check.explore.Examination;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.NothingInvented;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.PromisesKept;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the power in a run of several processes wherever the crash model allows, recovers, and judges: what is found must be legal by
 * the promises that some order of the calls makes. The order that promises least is tried first; where it is broken, others are.
 */
public final class CrashJudge {

    /** So many other orders are drawn before a promise counts as broken: it must be broken by all, as far as one can tell. */
    private static final int OTHER_ORDERS = 2_000;

    /** When so many in a row were known already, there are hardly any more. */
    private static final int KNOWN_IN_A_ROW = 100;

    private static final String PROMISES = new PromisesKept().name();
    private static final String INVENTED = new NothingInvented().name();
    private static final int SEARCH_BUDGET = 20_000;

    private final ConcurrentSetting setting;
    private final Explorer explorer;
    private final CrashModel model;
    private final int states;

    /** @param states how many distinct crash images of one run to examine, about */
    public CrashJudge(ConcurrentSetting setting, List<Oracle> oracles, CrashModel model, int states) {
        this.setting = setting;
        this.explorer = new Explorer(setting.target(), setting.defect(), setting.mountOptions(), oracles);
        this.model = model;
        this.states = states;
    }

    /**
     * What came of judging a run.
     *
     * @param recording the run, with the order of its calls that explains most, and what that promises
     */
    public record Judged(Recording recording, Verdict verdict) {}

    /**
     * Judges a run that was logged.
     *
     * @return null when the calls of the run could not be explained, so that nobody knows what was promised
     */
    public @Nullable Verdict judge(ConcurrentBench bench, ConcurrentOutcome outcome) {
        Judged judged = judged(bench, outcome);
        return judged == null ? null : judged.verdict();
    }

    /** The same, with the order of the calls. */
    public @Nullable Judged judged(ConcurrentBench bench, ConcurrentOutcome outcome) {
        History history = outcome.history();
        WriteLog log = outcome.log();
        if (history == null || log == null) {
            return null;
        }
        Judged best = judged(log, history, outcome);
        Set<List<Step>> known = new LinkedHashSet<>();
        int knownInARow = 0;
        for (long order = 1;
                order <= OTHER_ORDERS && knownInARow < KNOWN_IN_A_ROW && isOnlyAboutPromises(best.verdict());
                order++) {
            Linearisation other = new Linearisation(bench.prepared().contents(), outcome.calls(), SEARCH_BUDGET, order);
            Linearisation.Verdict found = other.search(last -> Models.difference(last, history.last()) == null);
            if (found == Linearisation.Verdict.EXPLAINED) {
                knownInARow = known.add(steps(other.history())) ? 0 : knownInARow + 1;
                if (knownInARow > 0) {
                    continue;
                }
                Recording again = recording(log, other.history(), outcome);
                if (explainsSome(best.verdict(), again)) {
                    Judged judged = new Judged(again, verdict(again));
                    boolean better = judged.verdict().findings().size()
                            < best.verdict().findings().size();
                    best = better ? judged : best;
                }
            }
        }
        return best;
    }

    private static List<Step> steps(History history) {
        return history.entries().stream().map(History.Entry::step).toList();
    }

    /** Whether another order makes one of the examples legal: only then can it be better, and the rest is looked at. */
    private boolean explainsSome(Verdict verdict, Recording other) {
        Examination examination = explorer.examination(other);
        for (Finding finding : verdict.findings()) {
            DiskImage crash = verdict.states().image(finding.imageNumber());
            Examination.Examined examined = examination.examine(crash, finding.position());
            if (examined.find(finding.oracle(), finding.violation().kind()) == null) {
                return true;
            }
        }
        return false;
    }

    /** Recovers, mounts and judges as this does. */
    public Explorer explorer() {
        return explorer;
    }

    public CrashModel model() {
        return model;
    }

    /** What a verdict says is wrong. */
    public static List<Trouble> troubles(Verdict verdict) {
        List<Trouble> troubles = new ArrayList<>();
        verdict.findings().forEach(finding -> troubles.add(trouble(finding)));
        return troubles;
    }

    /** What one finding says is wrong. */
    public static Trouble trouble(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add("the power fails after " + finding.position() + " entries of the log; what the disk keeps: "
                + finding.cut().kept().text());
        lines.addAll(finding.violation().lines());
        return new Trouble(
                finding.oracle() + "/" + finding.violation().kind(),
                finding.violation().sentence(),
                lines);
    }

    /** Whether another order of the calls might make it right. */
    private static boolean isOnlyAboutPromises(Verdict verdict) {
        for (Finding finding : verdict.findings()) {
            if (!finding.oracle().equals(PROMISES) && !finding.oracle().equals(INVENTED)) {
                return false;
            }
        }
        return !verdict.findings().isEmpty();
    }

    private Judged judged(WriteLog log, History history, ConcurrentOutcome outcome) {
        Recording recording = recording(log, history, outcome);
        return new Judged(recording, verdict(recording));
    }

    private Recording recording(WriteLog log, History history, ConcurrentOutcome outcome) {
        Promises promises = Promises.of(history, setting.target().guarantees(setting.mountOptions()));
        return new Recording(log, history, promises, null, outcome.traceHash());
    }

    private Verdict verdict(Recording recording) {
        return explorer.judge(recording, model, Choices.zero(), states, 0, (done, total) -> true);
    }
}
