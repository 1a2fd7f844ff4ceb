package dev.powercut.campaign;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.sim.disk.fault.Fault;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do. The run is a pure function of this (and of the code).
 *
 * @param target name of a target
 * @param seed seed of all choices
 * @param workload {@code random}, {@code ace:LENGTH:INDEX}, {@code litmus:NAME}, or {@code script:FILE}
 * @param operations how many operations a generated workload has
 * @param crash name of a crash model
 * @param defect name of a planted defect of the target, or null
 * @param format how the disk is formatted; size and block size 0 and no options for the target's own choice
 * @param mountOptions as for mount(8), empty for none
 * @param judge how much the external judge is asked
 * @param states how many distinct crash images to examine at most; evenly spread when there are more
 * @param recoveryDepth how often the power fails again during recovery, at most; 0 for never
 * @param fault what goes wrong with the device while the workload runs, as {@link Fault#parse} reads it, or null
 */
public record RunConfiguration(
        String target,
        long seed,
        String workload,
        int operations,
        String crash,
        @Nullable String defect,
        FormatRequest format,
        String mountOptions,
        Judging judge,
        int states,
        int recoveryDepth,
        @Nullable String fault) {

    /** A run on a sound device. */
    public RunConfiguration(
            String target,
            long seed,
            String workload,
            int operations,
            String crash,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            Judging judge,
            int states,
            int recoveryDepth) {
        this(
                target,
                seed,
                workload,
                operations,
                crash,
                defect,
                format,
                mountOptions,
                judge,
                states,
                recoveryDepth,
                null);
    }

    /** A run whose recoveries are cut as usual. */
    public RunConfiguration(
            String target,
            long seed,
            String workload,
            int operations,
            String crash,
            @Nullable String defect,
            FormatRequest format,
            String mountOptions,
            Judging judge,
            int states) {
        this(
                target,
                seed,
                workload,
                operations,
                crash,
                defect,
                format,
                mountOptions,
                judge,
                states,
                DEFAULT_RECOVERY_DEPTH);
    }

    /** How much an external tool is asked to judge. */
    public enum Judging {
        /** A few images of each run, if the tool is there. */
        SAMPLE,
        /** Every distinct image that recovery left; the tool must be there. */
        ALL,
        NONE
    }

    public static final String RANDOM = "random";
    public static final String ACE = "ace";
    public static final String LITMUS_PREFIX = "litmus:";
    public static final String SCRIPT_PREFIX = "script:";
    public static final int DEFAULT_OPERATIONS = 200;
    public static final String DEFAULT_CRASH = "prefix";
    public static final int DEFAULT_RECOVERY_DEPTH = 1;
    public static final int ALL_STATES = Integer.MAX_VALUE;

    /** A run of a target with a seed, all else as usual. */
    public static RunConfiguration of(String target, long seed) {
        return new RunConfiguration(
                target,
                seed,
                RANDOM,
                DEFAULT_OPERATIONS,
                DEFAULT_CRASH,
                null,
                new FormatRequest(0, 0, ""),
                "",
                Judging.SAMPLE,
                ALL_STATES);
    }

    public RunConfiguration withSeed(long otherSeed) {
        return with(draft -> draft.seed = otherSeed);
    }

    public RunConfiguration withCrash(String otherCrash) {
        return with(draft -> draft.crash = otherCrash);
    }

    public RunConfiguration withMountOptions(String otherOptions) {
        return with(draft -> draft.mountOptions = otherOptions);
    }

    public RunConfiguration withStates(int otherStates) {
        return with(draft -> draft.states = otherStates);
    }

    public RunConfiguration withDefect(@Nullable String otherDefect) {
        return with(draft -> draft.defect = otherDefect);
    }

    /** With a defect, and all else that it takes to show. */
    public RunConfiguration with(PlantedDefect planted) {
        return with(draft -> {
            draft.defect = planted.name();
            draft.crash = planted.crashModel();
            draft.mountOptions = planted.mountOptions();
            draft.format = planted.format() == null ? draft.format : planted.format();
        });
    }

    public RunConfiguration withOperations(int otherOperations) {
        return with(draft -> draft.operations = otherOperations);
    }

    public RunConfiguration withJudge(Judging otherJudge) {
        return with(draft -> draft.judge = otherJudge);
    }

    public RunConfiguration withRecoveryDepth(int otherDepth) {
        return with(draft -> draft.recoveryDepth = otherDepth);
    }

    public RunConfiguration withFault(@Nullable String otherFault) {
        return with(draft -> draft.fault = otherFault);
    }

    public RunConfiguration withWorkload(String otherWorkload) {
        return with(draft -> draft.workload = otherWorkload);
    }

    public RunConfiguration withFormat(FormatRequest otherFormat) {
        return with(draft -> draft.format = otherFormat);
    }

    private RunConfiguration with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /** A configuration that is being changed. */
    private static final class Draft {
        final String target;
        long seed;
        String workload;
        int operations;
        String crash;

        @Nullable
        String defect;

        FormatRequest format;
        String mountOptions;
        Judging judge;
        int states;
        int recoveryDepth;

        @Nullable
        String fault;

        Draft(RunConfiguration from) {
            target = from.target;
            seed = from.seed;
            workload = from.workload;
            operations = from.operations;
            crash = from.crash;
            defect = from.defect;
            format = from.format;
            mountOptions = from.mountOptions;
            judge = from.judge;
            states = from.states;
            recoveryDepth = from.recoveryDepth;
            fault = from.fault;
        }

        RunConfiguration finished() {
            return new RunConfiguration(
                    target,
                    seed,
                    workload,
                    operations,
                    crash,
                    defect,
                    format,
                    mountOptions,
                    judge,
                    states,
                    recoveryDepth,
                    fault);
        }
    }
}
