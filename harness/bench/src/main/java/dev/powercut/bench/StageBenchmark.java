package dev.powercut.bench;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.promises.PromiseJudge;
import dev.powercut.check.promises.Violation;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.Checker;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The stages that a crash state goes through, one by one, on the last state of a workload: the fullest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class StageBenchmark {

    private final Workbench bench = new Workbench("ext2", false);
    private final Recording recording = bench.record(1);
    private final Checker checker = bench.target.newChecker();
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);
    private final PromiseJudge judge =
            Objects.requireNonNull(recording.promises()).newJudge();
    private final Sector sector = Sector.copyOf(filled(), 0);
    private final int lastPosition = recording.log().size();

    private DiskImage crash = DiskImage.blank(1);
    private DiskImage recovered = DiskImage.blank(1);
    private Node.Directory root = new Node.Directory(new Node.Attributes(2, 0x41ED, 2, 0, 0, 0, 0, 0), List.of());

    private static byte[] filled() {
        byte[] bytes = new byte[Sector.BYTES];
        java.util.Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    /** Makes the states. */
    @Setup
    public void prepare() {
        CrashStates states = CrashStates.of(recording.log(), CrashModel.PREFIX);
        crash = states.image(states.imageCount() - 1);
        SimulatedDisk disk = disk(crash);
        checker.recover(disk);
        recovered = disk.image();
        root = mountAndRead();
    }

    private static SimulatedDisk disk(DiskImage image) {
        return SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
    }

    /** One sector of an image replaced. */
    @Benchmark
    public DiskImage imageWith() {
        return crash.with(1_000, sector);
    }

    /** All crash states of a log enumerated. */
    @Benchmark
    public CrashStates enumerate() {
        return CrashStates.of(recording.log(), CrashModel.PREFIX);
    }

    /** A check that changes nothing. */
    @Benchmark
    public CheckResult check() {
        return checker.check(disk(recovered));
    }

    /** A recovery. */
    @Benchmark
    public CheckResult recover() {
        return checker.recover(disk(crash));
    }

    /** A mount, and everything read. */
    @Benchmark
    public Node.Directory mountAndRead() {
        Kernel kernel = new Kernel(World.withOneTask(Choices.zero()), 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(bench.target.fileSystem(null), disk(recovered), false, "");
        return reader.read(kernel.process(0, 0), "/");
    }

    /** A tree judged by the promises at one position. */
    @Benchmark
    public List<Violation> judgePromises() {
        return judge.judge(root, lastPosition);
    }
}
