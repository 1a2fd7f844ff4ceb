package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Violation;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Promises;
import dev.powercut.sim.disk.DiskImage;
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

    private void judge(Evidence evidence, List<Charge> charges) {
        for (OraclePanel.Charge charge : panel.judge(evidence)) {
            charges.add(new Charge(charge.oracle().name(), charge.stage(), charge.violation()));
        }
    }
}
