package dev.powercut.campaign.concurrent;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.cases.Case;
import dev.powercut.check.concurrent.Call;
import dev.powercut.check.concurrent.ConcurrentBench;
import dev.powercut.check.concurrent.ConcurrentBench.Recording;
import dev.powercut.check.concurrent.ConcurrentOutcome;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.trace.LayerTrace;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.KernelOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The way of the calls of a saved case through the layers, as an indented timeline. */
public final class CaseLayers {

    private CaseLayers() {}

    /** Of a case with one process. */
    public static List<String> of(Case saved) {
        FileSystemTarget target = Installed.fileSystem(saved.target());
        Case.Setting setting = saved.setting();
        LayerTrace trace = new LayerTrace();
        Recorder recorder = new Recorder(
                        target,
                        setting.defect(),
                        Run.format(setting.format(), target),
                        setting.mountOptions(),
                        KernelOptions.DEFAULT,
                        trace)
                .with(Installed.fault(setting.fault()));
        History history = recorder.record(
                        saved.scenario().workload(), saved.scenario().choices(null))
                .history();
        Map<Integer, String> operations = new TreeMap<>();
        for (Step step : saved.scenario().steps()) {
            operations.put(step.number(), step.toString());
        }
        if (history != null) {
            for (History.Entry entry : history.entries()) {
                operations.put(
                        entry.step().number(),
                        entry.step() + " -> " + entry.result().text());
            }
        }
        return trace.lines(operations, List.of());
    }

    /** Of a case with several. */
    public static List<String> of(ConcurrentCase saved) {
        FileSystemTarget target = Installed.fileSystem(saved.target());
        ConcurrentBench bench =
                ConcurrentBench.of(saved.setting(target), saved.scenario().program());
        if (bench == null) {
            throw new UsageException("the target cannot set up what the case begins with");
        }
        LayerTrace trace = new LayerTrace();
        ConcurrentOutcome outcome = bench.run(
                saved.scenario().choices(null), saved.scenario().schedule().strategy(), Recording.NOTHING, trace);
        Map<Integer, String> operations = new TreeMap<>();
        for (Step step : saved.scenario().program().steps()) {
            operations.put(step.number(), step + ", which is not reached");
        }
        for (List<Call> own : outcome.calls()) {
            for (Call call : own) {
                String end = call.hasEnded() ? call.result().text() : "does not come back";
                operations.put(call.step().number(), call.step() + " -> " + end);
            }
        }
        return trace.lines(operations, outcome.schedule().taskNames());
    }
}
