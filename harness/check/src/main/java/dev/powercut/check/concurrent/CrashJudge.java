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
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the power in a run of several processes wherever the crash model allows, recovers, and judges: what is found must be legal by
 * the promises that some order of the calls makes. The order that promises least is tried first; where it is broken, others are.
 */
public final class CrashJudge {

    private static final String PROMISES = new PromisesKept().name();
    private static final String INVENTED = new NothingInvented().name();
    private static final int SEARCH_BUDGET = 20_000;

    private final ConcurrentSetting setting;
    private final Explorer explorer;
    private final CrashModel model;
    private final int states;
    private final int searchBudget;

    /** @param states how many distinct crash images of one run to examine, about */
    public CrashJudge(ConcurrentSetting setting, List<Oracle> oracles, CrashModel model, int states) {
        this(setting, oracles, model, states, SEARCH_BUDGET);
    }

    /** @param searchBudget how many states the search for orders of the calls may look at */
    public CrashJudge(ConcurrentSetting setting, List<Oracle> oracles, CrashModel model, int states, int searchBudget) {
        this.setting = setting;
        this.explorer = new Explorer(setting.target(), setting.defect(), setting.mountOptions(), oracles);
        this.model = model;
        this.states = states;
        this.searchBudget = searchBudget;
    }

    /**
     * What came of judging a run.
     *
     * @param recording the run, with the order of its calls that explains most, and what that promises
     * @param gaveUp whether promises are broken by all orders that were looked at, and the budget ended before these were all: nobody
     *     knows then, and the verdict has no finding about promises
     */
    public record Judged(Recording recording, Verdict verdict, boolean gaveUp) {}

    /**
     * Judges a run that was logged.
     *
     * @return null when the calls of the run could not be explained, so that nobody knows what was promised
     */
    public @Nullable Judged judge(ConcurrentBench bench, ConcurrentOutcome outcome) {
        History history = outcome.history();
        WriteLog log = outcome.log();
        if (history == null || log == null) {
            return null;
        }
        Judged[] best = {judged(recording(log, history, outcome))};
        if (!breaksPromises(best[0])) {
            return best[0];
        }
        Linearisation orders = new Linearisation(bench.prepared().contents(), outcome.calls(), searchBudget);
        Linearisation.Verdict found = orders.each(
                last -> Models.difference(last, history.last()) == null,
                setting.target().guarantees(setting.mountOptions()),
                other -> {
                    best[0] = better(best[0], recording(log, other, outcome));
                    return !breaksPromises(best[0]);
                });
        return found == Linearisation.Verdict.GAVE_UP ? withoutPromises(best[0]) : best[0];
    }

    private Judged better(Judged best, Recording other) {
        if (!explainsSome(best.verdict(), other)) {
            return best;
        }
        Judged judged = judged(other);
        long fewer = broken(best) - broken(judged);
        return fewer > 0
                        || fewer == 0
                                && judged.verdict().findings().size()
                                        < best.verdict().findings().size()
                ? judged
                : best;
    }

    /** An order under which a state is only worth telling of explains more than one under which a promise is broken. */
    private static long broken(Judged judged) {
        return judged.verdict().findings().stream()
                .filter(finding -> finding.violation().grade().fails())
                .count();
    }

    /** Whether another order makes one of the examples legal: only then can it be better, and the rest is looked at. */
    private boolean explainsSome(Verdict verdict, Recording other) {
        Examination examination = explorer.examination(other);
        for (Finding finding : verdict.findings()) {
            if (isAboutPromises(finding)) {
                DiskImage crash = verdict.states().image(finding.imageNumber());
                Examination.Examined examined = examination.examine(crash, finding.position());
                if (examined.find(finding.oracle(), finding.violation().kind()) == null) {
                    return true;
                }
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

    private static boolean breaksPromises(Judged judged) {
        return judged.verdict().findings().stream().anyMatch(CrashJudge::isAboutPromises);
    }

    private static Judged withoutPromises(Judged judged) {
        List<Finding> others = judged.verdict().findings().stream()
                .filter(finding -> !isAboutPromises(finding))
                .toList();
        return new Judged(judged.recording(), judged.verdict().withFindings(others), true);
    }

    /** Whether another order of the calls might make it right. */
    private static boolean isAboutPromises(Finding finding) {
        return finding.oracle().equals(PROMISES) || finding.oracle().equals(INVENTED);
    }

    private Judged judged(Recording recording) {
        return new Judged(
                recording, explorer.judge(recording, model, Choices.zero(), states, 0, (done, total) -> true), false);
    }

    private Recording recording(WriteLog log, History history, ConcurrentOutcome outcome) {
        Promises promises = Promises.of(history, setting.target().guarantees(setting.mountOptions()));
        return new Recording(log, history, promises, null, outcome.traceHash());
    }
}
