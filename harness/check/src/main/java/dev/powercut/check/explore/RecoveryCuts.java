package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.promises.Violation;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets the power fail again during recovery: what recovery writes is cut under the same crash model, what is left is recovered in turn,
 * and must keep the promises of the original cut. An image that was recovered before is not recovered again, and one whose recovery
 * comes out as that which was not cut is not compared again.
 */
final class RecoveryCuts {

    /** Recovery is cut in so many states where the model allows more: there are as many recoveries as crash images. */
    static final StateBounds BOUNDS = new StateBounds(64, 32, 64);

    private final CrashStates states;
    private final Examiner examiner;
    private final OraclePanel panel;
    private final FindingLedger ledger;
    private final @Nullable Promises promises;
    private final @Nullable PromiseJudge judge;
    private final CrashModel model;
    private final int depth;

    /** Of each image that a cut left, how often the power was let fail again in its recovery: once more often is worth another look. */
    private final ImageIndex known = new ImageIndex();

    private long cutCount;
    private long examinedCount;

    /** @param depth how often the power fails again at most; 0 for never */
    RecoveryCuts(
            CrashStates states,
            Examiner examiner,
            OraclePanel panel,
            FindingLedger ledger,
            @Nullable Promises promises,
            int depth) {
        this.states = states;
        this.examiner = examiner;
        this.panel = panel;
        this.ledger = ledger;
        this.promises = promises;
        this.judge = promises == null ? null : promises.newJudge();
        this.model = states.model();
        this.depth = depth;
    }

    boolean areWanted() {
        return depth > 0;
    }

    /** How many states the power failed in again, and how many distinct ones of them were new. */
    long examinedCount() {
        return examinedCount;
    }

    long cutCount() {
        return cutCount;
    }

    /**
     * Cuts a recovery.
     *
     * @param imageNumber the crash image that was recovered
     * @param recovery what recovery wrote
     * @param recovered what it came to
     */
    void cut(int imageNumber, WriteLog recovery, DiskImage recovered) {
        cut(imageNumber, recovery, recovered, List.of(), depth);
    }

    private void cut(
            int imageNumber, WriteLog recovery, DiskImage recovered, List<Finding.RecoveryCut> before, int deeper) {
        if (recovery.size() == 0) {
            return;
        }
        CrashStates cuts = CrashStates.of(recovery, model, Choices.zero(), BOUNDS);
        int left = deeper - 1;
        int[] wanted = new int[cuts.imageCount()];
        int wantedCount = 0;
        // All of them are noted before any is recovered: what a second cut leaves is often what another first cut does.
        for (int cut = 0; cut < cuts.imageCount(); cut++) {
            cutCount++;
            DiskImage crash = cuts.image(cut);
            if (known.find(crash.hash()) < left) {
                known.put(crash.hash(), left);
                wanted[wantedCount++] = cut;
            }
        }
        for (int i = 0; i < wantedCount; i++) {
            int cut = wanted[i];
            CutPoint point = cuts.cutPoint(cuts.firstPoint(cut));
            List<Finding.RecoveryCut> path = new ArrayList<>(before);
            path.add(new Finding.RecoveryCut(point.firstPosition(), point.kept()));
            examine(imageNumber, cuts.image(cut), recovered, writesBefore(recovery, point.firstPosition()), path, left);
        }
    }

    static int writesBefore(WriteLog recovery, int position) {
        int writes = 0;
        for (int i = 0; i < position; i++) {
            writes += recovery.get(i) instanceof LogEntry.Write ? 1 : 0;
        }
        return writes;
    }

    private void examine(
            int imageNumber,
            DiskImage crash,
            DiskImage expected,
            int writesBefore,
            List<Finding.RecoveryCut> path,
            int deeper) {
        examinedCount++;
        Evidence evidence = deeper > 0 ? examiner.recoverLogged(crash) : examiner.recover(crash);
        switch (evidence) {
            case Evidence.Recovered again -> {
                charge(new Evidence.Interrupted(writesBefore, again.result(), List.of()), imageNumber, path);
                if (!again.result().recovered()) {
                    return;
                }
                WriteLog recovery = deeper > 0 ? examiner.recoveryLog(crash) : null;
                if (!again.recovered().equals(expected)) {
                    compare(imageNumber, again, writesBefore, path);
                }
                if (recovery != null) {
                    cut(imageNumber, recovery, again.recovered(), path, deeper);
                }
            }
            case Evidence.Failed failed ->
                charge(new Evidence.Failed(Evidence.Stage.INTERRUPTED_RECOVERY, failed.failure()), imageNumber, path);
            default -> throw new IllegalStateException("recovery gave " + evidence);
        }
    }

    private void charge(Evidence evidence, int imageNumber, List<Finding.RecoveryCut> path) {
        List<OraclePanel.Charge> charges = panel.judge(evidence);
        if (!charges.isEmpty()) {
            CutPoint cut = states.cutPoint(states.firstPoint(imageNumber));
            ledger.enter(charges, imageNumber, imageNumber, cut, cut.firstPosition(), 1, path);
        }
    }

    /** It came out otherwise than without the second cut, which it may; but the promises must hold of it too. */
    private void compare(int imageNumber, Evidence.Recovered again, int writesBefore, List<Finding.RecoveryCut> path) {
        PromiseJudge promised = judge;
        Promises all = promises;
        Evidence mount = examiner.mount(again.recovered());
        if (mount instanceof Evidence.Failed failed) {
            charge(new Evidence.Failed(Evidence.Stage.INTERRUPTED_RECOVERY, failed.failure()), imageNumber, path);
        }
        if (promised == null || all == null || !(mount instanceof Evidence.Mounted mounted)) {
            return;
        }
        for (int point = states.firstPoint(imageNumber);
                point != CrashStates.NO_POINT;
                point = states.nextPoint(point)) {
            int epoch = -1;
            for (int at = states.firstPosition(point); at <= states.lastPosition(point); at++) {
                if (all.epoch(at) != epoch) {
                    epoch = all.epoch(at);
                    List<Violation> broken = promised.judge(mounted.root(), at);
                    if (!broken.isEmpty()) {
                        List<OraclePanel.Charge> charges =
                                panel.judge(new Evidence.Interrupted(writesBefore, again.result(), broken));
                        CutPoint cut = states.cutPoint(point);
                        ledger.enter(charges, imageNumber, imageNumber, cut, at, 1, path);
                        return;
                    }
                }
            }
        }
    }
}
