package dev.powercut.check.explore;

import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a recording, cuts the power wherever the crash model allows, recovers, and has what is left judged. */
public final class Explorer {

    /** A target that is broken all over has as many fingerprints as states; the first ones tell. */
    private static final int FINDINGS_EXPLAINED = 20;

    private static final int IMAGES_REPEATED = 16;

    private final FileSystemTarget target;
    private final @Nullable String defect;
    private final String mountOptions;
    private final List<Oracle> oracles;
    private final @Nullable Fault fault;
    private final boolean prunes;

    /**
     * @param defect name of a planted defect of the target, or null
     * @param mountOptions as for mount(8)
     */
    public Explorer(FileSystemTarget target, @Nullable String defect, String mountOptions, List<Oracle> oracles) {
        this(target, defect, mountOptions, oracles, null, true);
    }

    private Explorer(
            FileSystemTarget target,
            @Nullable String defect,
            String mountOptions,
            List<Oracle> oracles,
            @Nullable Fault fault,
            boolean prunes) {
        this.prunes = prunes;
        this.fault = fault;
        this.target = target;
        this.defect = defect;
        this.mountOptions = mountOptions;
        this.oracles = List.copyOf(oracles);
    }

    /** The same for recordings of a device that went wrong; null for one that did not. */
    public Explorer with(@Nullable Fault other) {
        return new Explorer(target, defect, mountOptions, oracles, other, prunes);
    }

    /** The same that works through each image, even when all that is read of it is as in an earlier one. Its verdicts are the same. */
    public Explorer withoutPruning() {
        return new Explorer(target, defect, mountOptions, oracles, fault, false);
    }

    /** Whether the target declares to withstand the fault, if there is one. */
    public boolean withstandsFault() {
        return fault == null
                || target.guarantees(mountOptions).withstands(fault.kind().word());
    }

    /**
     * Explores a recording.
     *
     * @param imageLimit how many distinct crash images to examine; evenly spread when there are more
     */
    public Verdict explore(Recording recording, CrashModel model, int imageLimit, ExplorationMonitor monitor) {
        return explore(recording, model, Choices.zero(), imageLimit, 0, monitor);
    }

    /**
     * Explores a recording.
     *
     * @param choices where there are too many crash states, those to examine are drawn from it
     * @param imageLimit how many distinct crash images to examine, about; evenly spread when there are more
     * @param recoveryDepth how often the power fails again during recovery, at most; 0 for never
     */
    public Verdict explore(
            Recording recording,
            CrashModel model,
            Choices choices,
            int imageLimit,
            int recoveryDepth,
            ExplorationMonitor monitor) {
        Verdict verdict = judge(recording, model, choices, imageLimit, recoveryDepth, monitor);
        MissingWrites missing = missingWrites(recording, verdict);
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : verdict.findings()) {
            boolean explained = findings.size() < FINDINGS_EXPLAINED;
            Finding told = explained ? finding.withMissing(missing.find(finding)) : finding;
            findings.add(graded(told, model));
        }
        return verdict.withFindings(findings);
    }

    /** As {@link #explore}, but neither grades findings by the crash model nor asks which write was missing. */
    public Verdict judge(
            Recording recording, CrashModel model, Choices choices, int imageLimit, ExplorationMonitor monitor) {
        return judge(recording, model, choices, imageLimit, 0, monitor);
    }

    /** The same, with power that fails again during recovery. */
    public Verdict judge(
            Recording recording,
            CrashModel model,
            Choices choices,
            int imageLimit,
            int recoveryDepth,
            ExplorationMonitor monitor) {
        StateBounds bounds = StateBounds.USUAL.withTotal(imageLimit);
        CrashStates states = CrashStates.of(recording.log(), model, choices, bounds);
        Timeline timeline = new Timeline(recording.history(), states.positionCount());
        FindingLedger ledger = new FindingLedger(new Fingerprints(recording.log(), timeline));
        Examiner examiner = examiner(recording.log().base(), prunes);
        OraclePanel panel = new OraclePanel(oracles);
        return new Exploration(states, examiner, panel, ledger, recording.promises(), recoveryDepth, monitor)
                .run(imageLimit);
    }

    /** One finding of a verdict with the write that was missing. */
    public Finding explain(Recording recording, Verdict verdict, Finding finding) {
        return finding.withMissing(missingWrites(recording, verdict).find(finding));
    }

    private Examiner examiner(DiskImage blank, boolean sharing) {
        return new Examiner(target, defect, mountOptions, blank, sharing);
    }

    private MissingWrites missingWrites(Recording recording, Verdict verdict) {
        Examiner examiner = examiner(recording.log().base(), false);
        return new MissingWrites(verdict.states(), examiner, new OraclePanel(oracles), recording.promises());
    }

    /** Looks at single crash states of a recording. */
    public Examination examination(Recording recording) {
        Examiner examiner = examiner(recording.log().base(), false);
        return new Examination(recording, examiner, new OraclePanel(oracles));
    }

    /** A finding under a model or a fault that the target does not declare to withstand is advisory. */
    public Finding graded(Finding finding, CrashModel model) {
        boolean declared = withstandsFault() && target.guarantees(mountOptions).withstands(model.name());
        return declared ? finding : finding.graded(Grade.ADVISORY);
    }

    /**
     * Recovers some of the crash images again, on a fresh machine and in another order: where that gives another image than the
     * first time, in words, or null.
     */
    public @Nullable String differenceWhenRepeated(Verdict verdict) {
        Examiner examiner = examiner(verdict.states().log().base(), false);
        List<Verdict.RecoveredImage> recovered = verdict.recoveredImages();
        int sample = Math.min(recovered.size(), IMAGES_REPEATED);
        for (int i = sample - 1; i >= 0; i--) {
            Verdict.RecoveredImage first = recovered.get((int) ((long) i * recovered.size() / sample));
            Evidence again = examiner.recover(verdict.states().image(first.crashImage()));
            if (!(again instanceof Evidence.Recovered second)
                    || !second.recovered().equals(first.image())) {
                return "recovering crash image " + first.crashImage() + " twice gives different images";
            }
        }
        return null;
    }

    /** What recovery says of the example of a finding, and what the oracle has to show besides, a line each. */
    public List<String> recoveryLines(Verdict verdict, Finding finding) {
        List<String> lines = new ArrayList<>();
        if (finding.stage() != Evidence.Stage.RECOVERY) {
            Examiner examiner = examiner(verdict.states().log().base(), false);
            Evidence evidence = examiner.recover(verdict.states().image(finding.imageNumber()));
            if (evidence instanceof Evidence.Recovered recovered) {
                lines.addAll(recovered.result().lines());
            }
            if (lines.isEmpty()) {
                lines.add("recovery found nothing to mend");
            }
        }
        lines.addAll(finding.violation().lines());
        return lines;
    }
}
