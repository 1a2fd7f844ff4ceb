package dev.powercut.check.promises;

import dev.powercut.check.tree.Node;
import java.util.List;

/** Judges recovered trees against {@link Promises}. Keeps scratch memory; for one thread. */
public final class PromiseJudge {

    private final Promises promises;
    private final Cut cut;
    private final Findings findings;
    private final TreeJudge tree;
    private final RenameRule renameRule;
    private final OrderRule orderRule;

    PromiseJudge(Promises promises) {
        this.promises = promises;
        this.cut = new Cut(promises);
        this.findings = new Findings(promises);
        Sightings sightings = new Sightings(promises);
        this.tree = new TreeJudge(promises, cut, findings, sightings);
        this.renameRule = new RenameRule(promises, cut, findings, sightings);
        this.orderRule = new OrderRule(promises, cut, findings, sightings);
    }

    /**
     * Judges what was found after a cut.
     *
     * @param position number of log entries before the cut
     * @return all violations; the empty list when everything is legal
     */
    public List<Violation> judge(Node.Directory root, int position) {
        cut.moveTo(position);
        findings.clear();
        tree.judge(root);
        renameRule.judge();
        if (promises.guarantees.operationsPersistInOrder()) {
            orderRule.judge();
        }
        return findings.all();
    }
}
