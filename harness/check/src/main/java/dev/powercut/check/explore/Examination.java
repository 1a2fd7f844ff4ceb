package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works through single crash states of one recording, each to its end: for replaying one, and for choosing among few. */
public final class Examination {

    private final Examiner examiner;
    private final OraclePanel panel;
    private final @Nullable PromiseJudge judge;

    Examination(Recording recording, Examiner examiner, OraclePanel panel) {
        Promises promises = recording.promises();
        this.examiner = examiner;
        this.panel = panel;
        this.judge = promises == null ? null : promises.newJudge();
    }

    /**
     * What came of one crash state.
     *
     * @param charges what is wrong, in the order of the stages
     * @param recovered what recovery left, or null when it did not come to its end
     * @param recoveryLines what recovery said
     */
    public record Examined(List<Charge> charges, @Nullable DiskImage recovered, List<String> recoveryLines) {
        public Examined {
            charges = List.copyOf(charges);
            recoveryLines = List.copyOf(recoveryLines);
        }

        /** The first charge of an oracle of a kind, or null. */
        public @Nullable Charge find(String oracle, String kind) {
            for (Charge charge : charges) {
                if (charge.oracle().equals(oracle) && charge.violation().kind().equals(kind)) {
                    return charge;
                }
            }
            return null;
        }
    }

    /** What an oracle has against the state. */
    public record Charge(String oracle, Evidence.Stage stage, Violation violation) {}

    /**
     * Recovers, recovers again, mounts, compares and works on.
     *
     * @param crash what the power cut left
     * @param position number of log entries before the cut
     */
    public Examined examine(DiskImage crash, int position) {
        List<Charge> charges = new ArrayList<>();
        Evidence first = examiner.recover(crash);
        List<String> lines =
                first instanceof Evidence.Recovered done ? done.result().lines() : List.of();
        judge(first, charges);
        if (!(first instanceof Evidence.Recovered recovered)
                || !recovered.result().recovered()) {
            return new Examined(charges, null, lines);
        }
        DiskImage image = recovered.recovered();
        judge(examiner.recoverAgain(image), charges);
        Evidence mount = examiner.mount(image);
        judge(mount, charges);
        if (mount instanceof Evidence.Mounted mounted) {
            if (judge != null) {
                judge(new Evidence.Compared(mounted.root(), position, judge.judge(mounted.root(), position)), charges);
            }
            judge(examiner.followUp(mounted), charges);
        }
        return new Examined(charges, image, lines);
    }

    /**
     * The same with a power that fails again during recovery, once for each further cut.
     *
     * @param cuts where recovery was cut, the first recovery first
     * @return null when recovery does not write what they cut
     */
    public @Nullable Examined examine(DiskImage crash, int position, List<Finding.RecoveryCut> cuts) {
        if (cuts.isEmpty()) {
            return examine(crash, position);
        }
        List<WriteLog> recoveries = recoveries(crash, cuts);
        if (recoveries.size() < cuts.size()) {
            return null;
        }
        Finding.RecoveryCut last = cuts.getLast();
        WriteLog log = recoveries.getLast();
        return interrupted(log.image(last.kept()), position, RecoveryCuts.writesBefore(log, last.position()));
    }

    /**
     * What the recoveries write that these cuts cut, one log for each; fewer where a recovery does not write what the next one cuts.
     */
    public List<WriteLog> recoveries(DiskImage crash, List<Finding.RecoveryCut> cuts) {
        List<WriteLog> logs = new ArrayList<>();
        DiskImage left = crash;
        for (Finding.RecoveryCut cut : cuts) {
            if (!(examiner.recoverLogged(left) instanceof Evidence.Recovered)) {
                return logs;
            }
            WriteLog log = examiner.recoveryLog(left);
            if (cut.position() > log.size() || cut.kept().end() > Math.min(log.size(), cut.position() + 1)) {
                return logs;
            }
            try {
                left = log.image(cut.kept());
            } catch (IllegalArgumentException e) {
                return logs;
            }
            logs.add(log);
        }
        return logs;
    }

    private Examined interrupted(DiskImage left, int position, int writesBefore) {
        List<Charge> charges = new ArrayList<>();
        Evidence evidence = examiner.recover(left);
        if (!(evidence instanceof Evidence.Recovered again)) {
            fail(evidence, charges);
            return new Examined(charges, null, List.of());
        }
        List<String> lines = again.result().lines();
        judge(new Evidence.Interrupted(writesBefore, again.result(), List.of()), charges);
        if (!again.result().recovered()) {
            return new Examined(charges, null, lines);
        }
        DiskImage image = again.recovered();
        switch (examiner.mount(image)) {
            case Evidence.Mounted mounted
            when judge != null -> {
                var broken = judge.judge(mounted.root(), position);
                if (!broken.isEmpty()) {
                    judge(new Evidence.Interrupted(writesBefore, again.result(), broken), charges);
                }
            }
            case Evidence.Failed failed -> fail(failed, charges);
            default -> {}
        }
        return new Examined(charges, image, lines);
    }

    private void fail(Evidence evidence, List<Charge> charges) {
        if (evidence instanceof Evidence.Failed failed) {
            judge(new Evidence.Failed(Evidence.Stage.INTERRUPTED_RECOVERY, failed.failure()), charges);
        }
    }

    /** A cut of a recovery, and what an oracle has against what comes of it. */
    public record Interruption(Finding.RecoveryCut cut, Charge charge) {}

    /** The first cut of a crash state's recovery that an oracle has something of a kind against, or null. */
    public @Nullable Interruption interrupt(
            DiskImage crash, int position, CrashModel model, String oracle, String kind) {
        if (!(examiner.recoverLogged(crash) instanceof Evidence.Recovered)) {
            return null;
        }
        WriteLog log = examiner.recoveryLog(crash);
        if (log.size() == 0) {
            return null;
        }
        CrashStates cuts = CrashStates.of(log, model, Choices.zero(), RecoveryCuts.BOUNDS);
        for (int image = 0; image < cuts.imageCount(); image++) {
            CutPoint point = cuts.cutPoint(cuts.firstPoint(image));
            int writesBefore = RecoveryCuts.writesBefore(log, point.firstPosition());
            Charge charge =
                    interrupted(cuts.image(image), position, writesBefore).find(oracle, kind);
            if (charge != null) {
                return new Interruption(new Finding.RecoveryCut(point.firstPosition(), point.kept()), charge);
            }
        }
        return null;
    }

    /**
     * Of the recovery that was cut last, the write without which an oracle has something against it, and with which it has not.
     *
     * @param recovery what that recovery writes
     * @return its index in that log, or -1 when none mends it
     */
    public int missingOfRecovery(WriteLog recovery, Finding.RecoveryCut cut, int position, String oracle, String kind) {
        for (int entry = cut.kept().wholeEntries(); entry < recovery.size(); entry++) {
            long sectors = WriteLog.sectorCount(recovery.get(entry));
            if (sectors > 0 && cut.kept().keptSectors(entry, recovery.get(entry)) < sectors) {
                Kept more = cut.kept().withWhole(entry, recovery);
                if (interrupted(recovery.image(more), position, 0).find(oracle, kind) == null) {
                    return entry;
                }
            }
        }
        return -1;
    }

    private void judge(Evidence evidence, List<Charge> charges) {
        for (OraclePanel.Charge charge : panel.judge(evidence)) {
            charges.add(new Charge(charge.oracle().name(), charge.stage(), charge.violation()));
        }
    }
}
