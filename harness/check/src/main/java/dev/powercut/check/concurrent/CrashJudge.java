package dev.powercut.check.concurrent;

import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.NothingInvented;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.oracle.PromisesKept;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.workload.History;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the power in a run of several processes wherever the crash model allows, recovers, and judges: what is found must be legal by
 * the promises that some order of the calls makes. The order that promises least is tried first; where it is broken, others are.
 */
public final class CrashJudge {

    /** So many other orders are tried before a promise counts as broken. */
    private static final int OTHER_ORDERS = 24;

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
     * Judges a run that was logged.
     *
     * @return null when the calls of the run could not be explained, so that nobody knows what was promised
     */
    public @Nullable Verdict judge(ConcurrentBench bench, ConcurrentOutcome outcome) {
        History history = outcome.history();
        WriteLog log = outcome.log();
        if (history == null || log == null) {
            return null;
        }
        Verdict verdict = judge(log, history, outcome);
        for (long order = 1; order <= OTHER_ORDERS && isOnlyAboutPromises(verdict); order++) {
            Linearisation other = new Linearisation(bench.prepared().contents(), outcome.calls(), SEARCH_BUDGET, order);
            Linearisation.Verdict found = other.search(last -> Models.difference(last, history.last()) == null);
            if (found == Linearisation.Verdict.EXPLAINED) {
                Verdict again = judge(log, other.history(), outcome);
                if (again.findings().size() < verdict.findings().size()) {
                    verdict = again;
                }
            }
        }
        return verdict;
    }

    /** What a verdict says is wrong. */
    public static List<Trouble> troubles(Verdict verdict) {
        List<Trouble> troubles = new ArrayList<>();
        for (Finding finding : verdict.findings()) {
            List<String> lines = new ArrayList<>();
            lines.add("the power fails after " + finding.position() + " entries of the log; what the disk keeps: "
                    + finding.cut().kept().text());
            lines.addAll(finding.violation().lines());
            troubles.add(new Trouble(
                    finding.oracle() + "/" + finding.violation().kind(),
                    finding.violation().sentence(),
                    lines));
        }
        return troubles;
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

    private Verdict judge(WriteLog log, History history, ConcurrentOutcome outcome) {
        Promises promises = Promises.of(history, setting.target().guarantees(setting.mountOptions()));
        Recording recording = new Recording(log, history, promises, null, outcome.traceHash());
        return explorer.explore(recording, model, Choices.zero(), states, 0, (done, total) -> true);
    }
}
