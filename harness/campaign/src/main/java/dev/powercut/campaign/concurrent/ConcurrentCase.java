package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.cases.Case;
import dev.powercut.check.concurrent.ConcurrentScenario;
import dev.powercut.check.concurrent.ConcurrentSetting;
import dev.powercut.check.concurrent.CrashJudge;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a run of several processes, saved.
 *
 * @param target name of a target
 * @param defect name of a planted defect, of the target or of the kernel's locking, or null
 * @param crash name of the crash model under which it shows, or {@link ConcurrentConfiguration#NO_CRASH} when it shows without
 *     a power cut
 * @param format size and block size 0 and no options for the target's own choice
 * @param fault what goes wrong with the device while the processes run, or null
 * @param kind what is wrong: the kind of the trouble
 * @param sentence the same in words, for people; not compared
 * @param cut where the power fails, when it has to
 * @param passesWithoutDefect whether the same program is expected to give nothing when no defect is planted
 * @param steps what the processes did, step by step, when it was saved
 * @param traceHash hash of everything that happened then, in hexadecimal digits
 */
public record ConcurrentCase(
        String target,
        @Nullable String defect,
        String crash,
        FormatRequest format,
        String mountOptions,
        @Nullable String fault,
        ConcurrentScenario scenario,
        String kind,
        String sentence,
        @Nullable Cut cut,
        boolean passesWithoutDefect,
        List<String> steps,
        String traceHash) {

    /** A run with more crash states than this, under a device that reorders, is judged by a sample. */
    private static final int STATES = 20_000;

    /**
     * A crash state.
     *
     * @param image hash of what the disk holds, in hexadecimal digits
     */
    public record Cut(Case.Place place, String image) {}

    public ConcurrentCase {
        steps = List.copyOf(steps);
    }

    /** What it runs on. */
    ConcurrentSetting setting(FileSystemTarget on) {
        return ConcurrentConfiguration.setting(on, defect, format, mountOptions, fault);
    }

    /** Cuts the power as the case says; null when it says never. */
    @Nullable
    CrashJudge judge(ConcurrentSetting setting, List<Oracle> oracles) {
        return crash.equals(ConcurrentConfiguration.NO_CRASH)
                ? null
                : new CrashJudge(setting, oracles, CrashModels.of(crash), STATES);
    }

    /** The same without the planted defect. */
    ConcurrentCase withoutDefect() {
        return copy(null, scenario, null, false, steps, traceHash);
    }

    /** The same finding under another schedule, of which nothing is known yet. */
    public ConcurrentCase with(ConcurrentScenario other) {
        return copy(defect, other, null, passesWithoutDefect, List.of(), "");
    }

    /** The same, saying whether its program is sound without the planted defect. */
    public ConcurrentCase passing(boolean passes) {
        return copy(defect, scenario, cut, passes, steps, traceHash);
    }

    /** The same target, set up alike, and the same finding. */
    private ConcurrentCase copy(
            @Nullable String newDefect,
            ConcurrentScenario newScenario,
            @Nullable Cut newCut,
            boolean newPasses,
            List<String> newSteps,
            String newTraceHash) {
        return new ConcurrentCase(
                target,
                newDefect,
                crash,
                format,
                mountOptions,
                fault,
                newScenario,
                kind,
                sentence,
                newCut,
                newPasses,
                newSteps,
                newTraceHash);
    }
}
