package dev.powercut.check.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.check.contract.LiveRun;
import dev.powercut.check.model.Effect;
import dev.powercut.check.model.Model;
import dev.powercut.check.target.Guarantees;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.MemoryFileSystem;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The executor on the kernel with a filesystem in memory. */
class ExecutorTest {

    private static final Guarantees EXACT = new Guarantees(true, true, false, true, 1, List.of());

    private final World world = World.withOneTask(Choices.zero());
    private final WriteLog log = new WriteLog(DiskImage.blank(8));
    private final SimulatedDisk disk = SimulatedDisk.logged(world, log);
    private final Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);

    private History run(int blockCount, String... script) {
        kernel.mountRoot(new MemoryFileSystem.Type(blockCount), disk, false, "");
        Process process = kernel.process(0, 0);
        int rootMode = process.stat("/").mode() & 07777;
        Model model = Model.empty();
        model = model.apply(0, new Operation.Chmod("/", rootMode)).next();
        return Executor.recording(world, kernel, process, disk, log)
                .run(ScriptWorkload.parse("test", String.join("\n", script)).steps(), model);
    }

    @Test
    void eachStepIsFramedByMarksWhosePositionsTheHistoryHolds() {
        History history = run(100, "creat /a 644", "sync", "17: write /a 0 700", "fsync /a");
        assertNull(history.mismatch());
        for (History.Entry entry : history.entries()) {
            assertEquals(new OperationMark.Begin(entry.step()), event(entry.beginPosition()));
            assertEquals(new OperationMark.End(entry.step(), entry.result()), event(entry.endPosition()));
        }
        assertEquals(
                "begin 17: write /a 0 700",
                event(history.entries().get(2).beginPosition()).text());
        assertEquals(
                "end 17: 700 bytes",
                event(history.entries().get(2).endPosition()).text());
    }

    private LogEntry.Event event(int position) {
        return assertInstanceOf(LogEntry.Mark.class, log.get(position)).event();
    }

    @Test
    void inodeNumbersAndTimesAreObserved() {
        History history = run(100, "sleep 3s", "creat /a 644");
        List<Effect> effects = history.entries().getLast().effects();
        assertEquals(
                1,
                effects.stream()
                        .filter(effect -> effect instanceof Effect.InodeSeen seen && seen.file() == 1)
                        .count());
        assertEquals(
                2,
                effects.stream()
                        .filter(effect -> effect instanceof Effect.ModifiedSet)
                        .count());
        assertEquals(1, history.last().lookup("/a"));
    }

    @Test
    void modelFollowsAFilesystemThatIsFull() {
        History history = run(4, "creat /a 644", "write /a 0 10000", "write /a 8000 1024", "read /a 0 20000");
        assertNull(history.mismatch());
        Result written = history.entries().get(1).result();
        int count = assertInstanceOf(Result.Written.class, written).count();
        assertEquals(true, count > 0 && count < 10_000, "as much as there was room for: " + count);
        assertEquals(new Result.Failed(Errno.ENOSPC), history.entries().get(2).result());
    }

    @Test
    void storesToAMappingTakeWhatTheFileHasBytesFor() {
        History history = run(
                100,
                "creat /a 6755",
                "write /a 0 5000",
                "sync",
                "sleep 3s",
                "mmap-write /a 300 1200",
                "sleep 3s",
                "mmap-write /a 4000 3000",
                "read /a 0 9000",
                "mmap-write /a 5000 10",
                "mmap-write /a 9000 10",
                "stat /a",
                "mkdir /d 0755",
                "mmap-write /d 0 10",
                "mmap-write /none 0 10");
        assertNull(history.mismatch());
        List<Result> results =
                history.entries().stream().map(History.Entry::result).toList();
        assertEquals(new Result.Written(1200), results.get(4));
        assertEquals(new Result.Written(1000), results.get(6));
        assertEquals(new Result.Written(0), results.get(8));
        assertEquals(new Result.Written(0), results.get(9));
        assertEquals(
                06755, assertInstanceOf(Result.Facts.class, results.get(10)).mode() & 07777);
        assertEquals(new Result.Failed(Errno.EISDIR), results.get(12));
        assertEquals(new Result.Failed(Errno.ENOENT), results.get(13));
    }

    @Test
    void storeToAHoleOfAFullFilesystemEndsWithThePageThatFits() {
        History history = run(
                5,
                "creat /a 0644",
                "truncate /a 8192",
                "mmap-write /a 0 8192",
                "mmap-write /a 4096 4096",
                "read /a 0 9000");
        assertNull(history.mismatch());
        assertEquals(new Result.Written(4096), history.entries().get(2).result());
        assertEquals(new Result.Failed(Errno.ENOSPC), history.entries().get(3).result());
    }

    @Test
    void filesystemThatDiffersIsFoundOutAtOnce() {
        kernel.mountRoot(new MemoryFileSystem.Type(100), disk, false, "");
        Process process = kernel.process(0, 0);
        process.close(process.creat("/there", 0644));
        History history = Executor.recording(world, kernel, process, disk, log)
                .run(ScriptWorkload.parse("test", "list /\nsync").steps(), Model.empty());
        Mismatch mismatch = Objects.requireNonNull(history.mismatch());
        assertEquals(Mismatch.Kind.LISTING, mismatch.kind());
        assertEquals("0 names", mismatch.expected());
        assertEquals("1 names there", mismatch.found());
        assertEquals(1, history.entries().size(), "nothing is run after a mismatch");
    }

    @Property(tries = 150, seed = "11")
    void randomWorkloadsGiveWhatTheModelGives(@ForAll @Size(max = 800) byte[] bytes) {
        check(Choices.fromBytes(bytes), 50, KernelOptions.DEFAULT);
    }

    @Property(tries = 100, seed = "12")
    void longRandomWorkloadsOnSmallCachesGiveWhatTheModelGives(@ForAll long seed) {
        check(Choices.seeded(seed), 300, new KernelOptions(4, 16, true));
    }

    private static void check(Choices choices, int operationCount, KernelOptions options) {
        LiveRun live = new LiveRun(new MemoryFileSystem.Type(4000), DiskImage.blank(8), options, choices);
        Model initial = Model.of(live.tree());
        List<Step> steps = new RandomWorkload(operationCount, initial)
                .steps(choices.split("workload")).stream()
                        .filter(step -> !(step.operation() instanceof Operation.Unmount))
                        .toList();
        History history = live.run(steps);
        assertNull(history.mismatch());
        assertEquals(List.of(), live.violations(history, EXACT, live.tree()));
    }
}
