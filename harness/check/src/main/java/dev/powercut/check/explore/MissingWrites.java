package dev.powercut.check.explore;

import dev.powercut.check.explore.Finding.MissingWrite;
import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which write was missing: from a finding's example on, lets one more sector after the other reach the disk until the same
 * is no longer wrong. The sector that mended it belongs to the missing write.
 */
final class MissingWrites {

    /** How far to look; what a write mends it mends soon, and each step is a crash state worked through. */
    private static final int IMAGES_TRIED = 1_000;

    private final CrashStates states;
    private final Examiner examiner;
    private final OraclePanel panel;
    private final @Nullable PromiseJudge judge;

    /** @param panel one of its own, whose counts do not matter */
    MissingWrites(CrashStates states, Examiner examiner, OraclePanel panel, @Nullable Promises promises) {
        this.states = states;
        this.examiner = examiner;
        this.panel = panel;
        this.judge = promises == null ? null : promises.newJudge();
    }

    /** The write that was missing in a finding's example, or null when none of those that follow mends it. */
    @Nullable
    MissingWrite find(Finding finding) {
        if (finding.stage() == Evidence.Stage.INTERRUPTED_RECOVERY) {
            return null;
        }
        return switch (finding.cut().kept()) {
            case Kept.Prefix prefix -> afterPrefix(finding, prefix);
            case Kept.Selection selection -> amongLost(finding, selection);
        };
    }

    /**
     * A device that writes in any order has lost some of what was issued before the cut: the one without which it shows, and with which
     * it does not; else the one that mends it when all before it are there too; else one that came after the cut.
     */
    private @Nullable MissingWrite amongLost(Finding finding, Kept.Selection kept) {
        WriteLog log = states.log();
        int end = Math.min(log.size(), Math.max(finding.position() + 1, kept.end()));
        int tried = 0;
        for (int entry = kept.wholeEntries(); entry < end && tried < IMAGES_TRIED; entry++) {
            if (isLost(log, kept, entry)) {
                tried++;
                if (!shows(finding, log.image(kept.withWhole(entry, entry + 1, log)))) {
                    return wholeWrite(entry);
                }
            }
        }
        int last = Math.min(log.size(), end + IMAGES_TRIED);
        for (int entry = kept.wholeEntries(); entry < last && tried < 2 * IMAGES_TRIED; entry++) {
            if (isLost(log, kept, entry)) {
                tried++;
                if (!shows(finding, log.image(kept.withWhole(kept.wholeEntries(), entry + 1, log)))) {
                    return wholeWrite(entry);
                }
            }
        }
        return null;
    }

    /** Whether an entry did not reach the disk as it was written; a damaged sector counts as kept otherwise. */
    private static boolean isLost(WriteLog log, Kept kept, int entry) {
        return kept.keptSectors(entry, log.get(entry)) < WriteLog.sectorCount(log.get(entry)) || kept.isDamaged(entry);
    }

    /** The next states in the order of the log; of a device that keeps no order, what else is lost. */
    private @Nullable MissingWrite afterPrefix(Finding finding, Kept.Prefix example) {
        int last = Math.min(states.imageCount() - 1, finding.imageNumber() + IMAGES_TRIED);
        for (int image = finding.imageNumber() + 1; image <= last; image++) {
            if (!(states.cutPoints(image).getFirst().kept() instanceof Kept.Prefix cut)) {
                return amongLost(finding, new Kept.Selection(example.wholeEntries(), front(example)));
            }
            boolean later = cut.wholeEntries() > example.wholeEntries()
                    || cut.wholeEntries() == example.wholeEntries() && cut.sectorsOfNext() > example.sectorsOfNext();
            if (later && !shows(finding, states.image(image))) {
                return cut.sectorsOfNext() > 0
                        ? new MissingWrite(cut.wholeEntries(), cut.sectorsOfNext())
                        : wholeWrite(cut.wholeEntries() - 1);
            }
        }
        return null;
    }

    private static List<Kept.Part> front(Kept.Prefix prefix) {
        return prefix.sectorsOfNext() == 0
                ? List.of()
                : List.of(new Kept.Part(prefix.wholeEntries(), 0, prefix.sectorsOfNext(), Sector.BYTES));
    }

    private MissingWrite wholeWrite(int entry) {
        int sectors = states.log().get(entry) instanceof LogEntry.Write write ? write.contents().length : 0;
        return new MissingWrite(entry, sectors);
    }

    /** Whether the same is wrong with another image. */
    private boolean shows(Finding finding, DiskImage crash) {
        Evidence evidence = examiner.recover(crash);
        if (isSame(finding, evidence)) {
            return true;
        }
        if (finding.stage() == Evidence.Stage.RECOVERY
                || !(evidence instanceof Evidence.Recovered recovered)
                || !recovered.result().recovered()) {
            return false;
        }
        if (finding.stage() == Evidence.Stage.SECOND_RECOVERY) {
            return isSame(finding, examiner.recoverAgain(recovered.recovered()));
        }
        Evidence mount = examiner.mount(recovered.recovered());
        if (!(mount instanceof Evidence.Mounted mounted)) {
            return isSame(finding, mount);
        }
        return switch (finding.stage()) {
            case FOLLOW_UP -> isSame(finding, examiner.followUp(mounted));
            case COMPARISON ->
                judge != null
                        && isSame(
                                finding,
                                new Evidence.Compared(
                                        mounted.root(),
                                        finding.position(),
                                        judge.judge(mounted.root(), finding.position())));
            case RECOVERY, INTERRUPTED_RECOVERY, SECOND_RECOVERY, MOUNT -> false;
        };
    }

    private boolean isSame(Finding finding, Evidence evidence) {
        if (evidence.stage() != finding.stage()) {
            return false;
        }
        List<OraclePanel.Charge> charges = panel.judge(evidence);
        for (OraclePanel.Charge charge : charges) {
            if (charge.oracle().name().equals(finding.oracle())
                    && charge.violation().kind().equals(finding.violation().kind())
                    && paths(charge.violation()).equals(paths(finding.violation()))
                    && DamageLine.isStillSaid(finding.violation(), charge.violation())) {
                return true;
            }
        }
        return false;
    }

    private static List<String> paths(Violation violation) {
        List<String> paths = new ArrayList<>();
        violation.differences().forEach(difference -> paths.add(difference.path()));
        return paths;
    }
}
