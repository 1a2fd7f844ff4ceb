package dev.powercut.bench;

import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Distinct crash states a second on one core, read off the counter {@code states}: each is recovered, checked again, mounted, read,
 * compared with all that had been promised, and worked on with a follow-up workload.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 10)
@Measurement(iterations = 5, time = 10)
public class CrashStatesBenchmark {

    /** Seeds of the workloads that are explored in turn. */
    @Param("5")
    private int seeds;

    /** The filesystem. */
    @Param({"ext2", "ext3", "logfs"})
    private String target = "ext2";

    /** Whether images that agree in all that was read share recovery: the tool's way; without, each state is done in full. */
    @Param({"true", "false"})
    private boolean pruning = true;

    private Workbench bench = new Workbench(target, pruning);
    private Recording[] recordings = new Recording[0];
    private int next;

    /** What is counted beside calls. */
    @State(Scope.Thread)
    @AuxCounters
    public static class Counters {
        /** Distinct crash states examined. */
        public long states;
    }

    /** Records the workloads. */
    @Setup
    public void record() {
        bench = new Workbench(target, pruning);
        recordings = new Recording[seeds];
        for (int i = 0; i < seeds; i++) {
            recordings[i] = bench.record(i + 1);
        }
    }

    /** Explores one workload's log. */
    @Benchmark
    public Verdict explore(Counters counters) {
        Verdict verdict = bench.explore(recordings[next]);
        next = (next + 1) % recordings.length;
        counters.states += verdict.imagesExamined();
        return verdict;
    }
}
