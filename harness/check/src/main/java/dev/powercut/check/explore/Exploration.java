package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Failure;
import dev.powercut.check.promises.Promises;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.Trace;
import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.DiskImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exploration of one recording, in two passes. First every distinct crash image is recovered. Then every distinct image that
 * recovery left is recovered again, mounted, read, compared and worked on: many crash images lead to the same one. The tree that
 * is read is judged against every state of the promises at which one of those crash images is legal.
 */
final class Exploration {

    /** A hang is found by waiting for its end in vain, which takes time: so many are enough. */
    private static final int HANGS_ENOUGH = 20;

    private final CrashStates states;
    private final Examiner examiner;
    private final OraclePanel panel;
    private final FindingLedger ledger;
    private final @Nullable PromiseWindows promises;
    private final RecoveryCuts recoveryCuts;
    private final ExplorationMonitor monitor;
    private final Trace trace = new Trace();

    private final ImageIndex recoveredIndex = new ImageIndex();
    private final List<DiskImage> recoveredImages = new ArrayList<>();
    private final Chains crashImagesOf = new Chains();
    private int[] crashImageCount = new int[64];
    private int examined;
    private int judged;
    private int hangs;
    private boolean stopped;

    Exploration(
            CrashStates states,
            Examiner examiner,
            OraclePanel panel,
            FindingLedger ledger,
            @Nullable Promises promises,
            int recoveryDepth,
            ExplorationMonitor monitor) {
        this.states = states;
        this.examiner = examiner;
        this.panel = panel;
        this.ledger = ledger;
        this.promises = promises == null ? null : new PromiseWindows(promises, states.positionCount());
        this.recoveryCuts = new RecoveryCuts(states, examiner, panel, ledger, promises, recoveryDepth);
        this.monitor = monitor;
    }

    /** @param imageLimit how many distinct crash images to examine; evenly spread when there are more */
    Verdict run(int imageLimit) {
        int count = states.imageCount();
        int limit = Math.min(count, imageLimit);
        for (int image = 0; image < count && !stopped; image++) {
            if (isSampled(image, count, limit)) {
                recover(image);
                examined++;
                stopped = isEnough() || !monitor.progressed(examined, 2 * limit);
            }
        }
        for (int number = 0; number < recoveredImages.size() && !stopped; number++) {
            judgeRecovered(number);
            judged += crashImageCount[number];
            stopped = isEnough() || !monitor.progressed(examined + judged, 2 * limit);
        }
        return verdict();
    }

    /** Picks {@code limit} of {@code count} images, evenly. */
    private static boolean isSampled(int image, int count, int limit) {
        return limit == count || (long) image * limit / count != (long) (image - 1) * limit / count || image == 0;
    }

    private boolean isEnough() {
        return hangs >= HANGS_ENOUGH;
    }

    private void countHang(Evidence evidence) {
        if (evidence instanceof Evidence.Failed failed
                && failed.failure().kind().equals(Failure.HANG)) {
            hangs++;
        }
    }

    private void recover(int image) {
        DiskImage crash = states.image(image);
        Evidence evidence = recoveryCuts.areWanted() ? examiner.recoverLogged(crash) : examiner.recover(crash);
        note("crash", crash);
        countHang(evidence);
        List<OraclePanel.Charge> charges = panel.judge(evidence);
        if (!charges.isEmpty()) {
            CutPoint cut = states.cutPoint(states.firstPoint(image));
            ledger.enter(charges, examined, image, cut, cut.firstPosition(), 1);
        }
        if (evidence instanceof Evidence.Recovered recovered
                && recovered.result().recovered()) {
            note("recovered", recovered.recovered());
            int number = numberOf(recovered.recovered());
            crashImagesOf.add(number, image);
            crashImageCount[number]++;
            if (recoveryCuts.areWanted() && crashImageCount[number] == 1) {
                recoveryCuts.cut(image, examiner.recoveryLog(crash), recovered.recovered());
            }
        }
    }

    private int numberOf(DiskImage recovered) {
        ContentHash hash = examiner.identity(recovered);
        int known = recoveredIndex.find(hash);
        if (known != ImageIndex.NONE) {
            return known;
        }
        int number = recoveredImages.size();
        recoveredImages.add(recovered);
        recoveredIndex.put(hash, number);
        if (number == crashImageCount.length) {
            crashImageCount = Arrays.copyOf(crashImageCount, 2 * number);
        }
        return number;
    }

    private void judgeRecovered(int number) {
        DiskImage image = recoveredImages.get(number);
        if (isCharged(number, examiner.recoverAgain(image))) {
            return;
        }
        Evidence evidence = examiner.mount(image);
        if (isCharged(number, evidence) || !(evidence instanceof Evidence.Mounted mounted)) {
            return;
        }
        if (promises != null) {
            compare(number, mounted.root(), promises);
        }
        Evidence followedUp = examiner.followUp(mounted);
        isCharged(number, followedUp);
        if (followedUp instanceof Evidence.FollowedUp done) {
            note("followed-up", done.after());
        }
    }

    /** Has evidence about a recovered image judged; true when something is wrong with it. */
    private boolean isCharged(int number, Evidence evidence) {
        countHang(evidence);
        List<OraclePanel.Charge> charges = panel.judge(evidence);
        if (charges.isEmpty()) {
            return evidence instanceof Evidence.Failed;
        }
        int image = crashImagesOf.first(number);
        CutPoint cut = states.cutPoint(states.firstPoint(image));
        ledger.enter(charges, number, image, cut, cut.firstPosition(), crashImageCount[number]);
        return true;
    }

    private void compare(int number, Node.Directory root, PromiseWindows windows) {
        windows.begin(root);
        for (int image = crashImagesOf.first(number); image != Chains.END; image = crashImagesOf.next(image)) {
            for (int point = states.firstPoint(image); point != CrashStates.NO_POINT; point = states.nextPoint(point)) {
                compare(number, image, point, windows);
            }
        }
    }

    private void compare(int number, int image, int point, PromiseWindows windows) {
        int last = states.lastPosition(point);
        for (int at = states.firstPosition(point); at <= last; at = windows.nextEpoch(at)) {
            List<OraclePanel.Charge> charges = windows.judge(at, panel);
            if (!charges.isEmpty()) {
                ledger.enter(charges, number, image, states.cutPoint(point), at, 1);
            }
        }
    }

    private void note(String kind, DiskImage image) {
        ContentHash hash = image.hash();
        trace.step(kind, hash.high(), hash.low());
    }

    private Verdict verdict() {
        List<Verdict.RecoveredImage> recovered = new ArrayList<>();
        for (int i = 0; i < recoveredImages.size(); i++) {
            recovered.add(new Verdict.RecoveredImage(recoveredImages.get(i), crashImagesOf.first(i)));
        }
        List<Finding> findings = ledger.findings();
        for (Finding finding : findings) {
            trace.step("finding", finding.fingerprint(), finding.occurrences());
        }
        return new Verdict(
                states,
                examined,
                recovered,
                promises == null ? 0 : promises.comparisons(),
                panel.tallies(),
                findings,
                examiner.shared().recoveries(),
                examiner.shared().works(),
                stopped,
                trace.hash());
    }
}
