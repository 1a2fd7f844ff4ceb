package dev.powercut.bench;

import dev.powercut.campaign.CrashModels;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.sim.disk.CrashModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Explores the same recordings again and again on one thread, and prints distinct crash states per second of processor time: the
 * quick look while tuning, and something to attach a sampling profiler to. The measurement to quote is {@link CrashStatesBenchmark}.
 */
final class SteadyState {

    private SteadyState() {}

    /**
     * Arguments: target (default ext2), how many rounds (default 20), how many seeds (default 5), crash model (default prefix), how often
     * the power fails again during recovery (default 0); -Dpruning=false to let no states share recovery.
     */
    public static void main(String[] arguments) {
        String target = arguments.length > 0 ? arguments[0] : "ext2";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
        int seeds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        CrashModel model = arguments.length > 3 ? CrashModels.of(arguments[3]) : CrashModel.PREFIX;
        int recoveryDepth = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        Workbench bench = new Workbench(target, !"false".equals(System.getProperty("pruning")));
        List<Recording> recordings = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            recordings.add(bench.record(seed));
        }
        for (int round = 1; round <= rounds; round++) {
            long states = 0;
            long findings = 0;
            long recovered = 0;
            long comparisons = 0;
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (Recording recording : recordings) {
                Verdict verdict = bench.explore(recording, model, recoveryDepth);
                states += verdict.imagesExamined();
                recovered += verdict.recoveredImages().size();
                comparisons += verdict.comparisons();
                findings += verdict.findings().size();
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
            System.out.printf(
                    "round %d: %d distinct states, %d recovered images, %d comparisons, %d findings: %d states a second%n",
                    round, states, recovered, comparisons, findings, states * 1_000_000_000L / nanos);
        }
    }
}
