package dev.powercut.check.promises;

import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.model.ModelFile;
import dev.powercut.check.model.Transition;
import dev.powercut.check.target.Guarantees;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A history made by the model alone: step i begins at position 10 i and ends at 10 i + 5. Inode numbers and times are made up:
 * the lowest free number from 10 on when numbers are used again, else ever new ones; second 1000 at first, and only sleeping
 * takes time.
 */
final class Scenario {

    static final Guarantees NOTHING = new Guarantees(false, false, false, false, 1_000_000_000L, List.of());
    static final Guarantees CAREFUL = new Guarantees(true, true, true, false, 1_000_000_000L, List.of());
    static final Guarantees IN_ORDER = new Guarantees(true, true, false, true, 1_000_000_000L, List.of());

    final History history;
    final Promises promises;
    private final PromiseJudge judge;

    private Scenario(History history, Guarantees guarantees) {
        this.history = history;
        this.promises = Promises.of(history, guarantees);
        this.judge = promises.newJudge();
    }

    static Scenario of(Guarantees guarantees, String... script) {
        List<Step> steps =
                ScriptWorkload.parse("scenario", String.join("\n", script)).steps();
        return of(guarantees, steps, false);
    }

    static Scenario withReusedInodes(Guarantees guarantees, String... script) {
        List<Step> steps =
                ScriptWorkload.parse("scenario", String.join("\n", script)).steps();
        return of(guarantees, steps, true);
    }

    static Scenario of(Guarantees guarantees, List<Step> steps, boolean reusesInodes) {
        return new Scenario(history(steps, reusesInodes), guarantees);
    }

    static History history(List<Step> steps, boolean reusesInodes) {
        Model initial = Model.empty().observed(Model.ROOT, 2, 1_000_000_000_000L);
        Model model = initial;
        List<History.Entry> entries = new ArrayList<>();
        long nowNanos = 1_000_000_000_000L;
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).operation() instanceof Operation.Sleep(long nanos)) {
                nowNanos += nanos;
            }
            Transition transition =
                    model.apply(steps.get(i).number(), steps.get(i).operation());
            List<Effect> effects = new ArrayList<>(transition.effects());
            Model next = transition.next();
            for (Effect effect : transition.effects()) {
                ModelFile file = effect instanceof Effect.Touched(int touched) ? next.find(touched) : null;
                if (file != null) {
                    int id = file.id();
                    long inode = file.inodeNumber() != ModelFile.UNKNOWN
                            ? file.inodeNumber()
                            : reusesInodes ? lowestFree(next) : 10 + id;
                    long modified = nowNanos;
                    next = next.observed(id, inode, modified);
                    effects.add(new Effect.InodeSeen(id, inode));
                    effects.add(new Effect.ModifiedSet(id, modified));
                }
            }
            model = next;
            entries.add(new History.Entry(steps.get(i), transition.expected(), 10 * i, 10 * i + 5, model, effects));
        }
        return new History(initial, entries, null);
    }

    private static long lowestFree(Model model) {
        for (long inode = 10; ; inode++) {
            boolean used = false;
            for (int id = 0; id < model.idLimit(); id++) {
                ModelFile file = model.find(id);
                used |= file != null && file.inodeNumber() == inode;
            }
            if (!used) {
                return inode;
            }
        }
    }

    /** A position while a step is under way. */
    static int during(int step) {
        return 10 * step + 3;
    }

    /** A position after a step, before the next one begins. */
    static int after(int step) {
        return 10 * step + 8;
    }

    /** What the model holds after a step; -1 is before the first one. */
    TestTree tree(int step) {
        return TestTree.of(
                step < 0 ? history.initial() : history.entries().get(step).after());
    }

    List<Violation> judge(TestTree tree, int position) {
        return judge.judge(tree.build(), position);
    }

    List<Violation.Kind> kinds(TestTree tree, int position) {
        return judge(tree, position).stream().map(Violation::kind).toList();
    }
}
