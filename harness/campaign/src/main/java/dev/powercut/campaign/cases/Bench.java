package dev.powercut.campaign.cases;

import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.HangReport;
import dev.powercut.campaign.HangWatch;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.JudgeSession;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.minimise.Scenario;
import dev.powercut.check.oracle.Evidence;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.ChoiceOverride;
import dev.powercut.sim.ChoiceRecorder;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A target set up as a case says, on which scenarios are recorded and explored, as often as is wanted. */
final class Bench {

    private final FileSystemTarget target;
    private final CrashModel crashModel;
    private final Recorder recorder;
    private final Explorer explorer;
    private final DiskImage formatted;
    private final RunConfiguration run;
    private final HangWatch watch;

    private Bench(
            FileSystemTarget target,
            CrashModel crashModel,
            Recorder recorder,
            Explorer explorer,
            DiskImage image,
            RunConfiguration run,
            HangWatch watch) {
        this.run = run;
        this.watch = watch;
        this.target = target;
        this.crashModel = crashModel;
        this.recorder = recorder;
        this.explorer = explorer;
        this.formatted = image;
    }

    /** @throws UsageException when something that the setting names is not installed, or cannot be done */
    static Bench of(String targetName, Case.Setting setting, HangWatch watch) {
        return of(Installed.fileSystem(targetName), setting, watch);
    }

    static Bench of(FileSystemTarget target, Case.Setting setting) {
        return of(target, setting, HangWatch.NONE);
    }

    static Bench of(FileSystemTarget target, Case.Setting setting, HangWatch watch) {
        Installed.defect(target, setting.defect());
        CrashModel model = CrashModels.of(setting.crash());
        Fault fault = Installed.fault(setting.fault());
        FormatRequest format = Run.format(setting.format(), target);
        Recorder recorder = new Recorder(
                        target, setting.defect(), format, setting.mountOptions(), KernelOptions.DEFAULT)
                .with(fault);
        Explorer explorer =
                new Explorer(target, setting.defect(), setting.mountOptions(), Installed.oracles()).with(fault);
        RunConfiguration run =
                HangReport.ofCase(target.name()).withDefect(setting.defect()).withCrash(setting.crash());
        try {
            recorder.validate();
            return new Bench(target, model, recorder, explorer, target.format(format), run, watch);
        } catch (IllegalArgumentException e) {
            throw new UsageException("the disk of the case cannot be formatted: " + e.getMessage(), e);
        } catch (MountException e) {
            throw new UsageException("the disk of the case cannot be mounted: " + e.getMessage(), e);
        }
    }

    FileSystemTarget target() {
        return target;
    }

    CrashModel crashModel() {
        return crashModel;
    }

    Explorer explorer() {
        return explorer;
    }

    /** Does something that records, judges or examines; a target that hangs on the way is told of. */
    <T extends @Nullable Object> T watched(Supplier<T> work) {
        return watch.around(run, work);
    }

    Recording record(Scenario scenario) {
        return record(scenario, null);
    }

    /** @param choices told of each draw, or null */
    Recording record(Scenario scenario, @Nullable ChoiceRecorder choices) {
        watch.step();
        return recorder.record(formatted, scenario.workload(), scenario.choices(choices));
    }

    /** The choices that a scenario makes, save for the dull ones. */
    List<ChoiceOverride> drawn(Scenario scenario) {
        watch.step();
        List<ChoiceOverride> drawn = new ArrayList<>();
        recorder.record(formatted, scenario.workload(), scenario.choices((stream, index, kind, bound, value) -> {
            if (value != 0) {
                drawn.add(new ChoiceOverride(stream.path(), index, value));
            }
        }));
        return drawn;
    }

    /**
     * Judges crash states: all, or as many as a run with this budget would, drawn as it would draw them.
     *
     * @param states how many distinct crash images at most
     * @param recoveryDepth how often the power fails again during recovery, at most
     */
    Verdict judge(Recording recording, Scenario scenario, int states, int recoveryDepth) {
        return explorer.judge(
                recording,
                crashModel,
                scenario.choices(null).split(Run.CRASH_STATES_STREAM),
                states,
                recoveryDepth,
                (done, all) -> {
                    watch.step();
                    return true;
                });
    }

    /** Whether an oracle of this name judges recoveries that were cut, and so shows nothing unless they are. */
    boolean judgesInterruptedRecovery(String oracle) {
        for (Oracle one : Installed.oracles()) {
            if (one.name().equals(oracle)) {
                return one.judges(Evidence.Stage.INTERRUPTED_RECOVERY);
            }
        }
        return false;
    }

    /** What the target's external judge has against what recovery left. */
    List<Finding> judgedExternally(Verdict verdict) {
        return JudgeSession.of(RunConfiguration.Judging.ALL, target.externalJudge())
                .judge(verdict, RunMonitor.NONE)
                .findings();
    }
}
