package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Oracle;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.targets.logfs.reader.SecondReaderAgrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations, cut everywhere: all oracles, and the second reader, agree that nothing is lost that must not be. */
class LogfsCrashTest {

    static List<Oracle> oracles() {
        List<Oracle> oracles = new ArrayList<>(Oracles.all());
        oracles.add(new SecondReaderAgrees());
        return oracles;
    }

    @ParameterizedTest
    @CsvSource({
        "4M, 1024, segment=32K, 64, prefix, 1",
        "4M, 1024, segment=32K, 16, prefix, 2",
        "8M, 4096, segment=64K, 64, prefix, 3",
        "4M, 2048, segment=32K, 4, prefix, 4",
        "4M, 1024, segment=32K, 64, reorder, 5",
        "4M, 1024, segment=32K, 64, torn, 6",
        "1M, 1024, segment=8K, 16, prefix, 7",
        "1M, 1024, segment=8K, 16, reorder, 8",
        "1M, 1024, 'segment=8K,used=95', 16, prefix, 9",
        "1M, 1024, 'segment=8K,used=100', 16, torn, 10"
    })
    void everyCrashStateIsRecovered(String size, int blockSize, String options, int pages, String model, int seed) {
        long bytes = Long.parseLong(size.substring(0, size.length() - 1)) << 20;
        explore(new FormatRequest(bytes, blockSize, options), "", pages, model, seed, 80);
    }

    /** The first workload of each exploration of logfs in corpus/gate.json, so that the second reader sees what the gate recovers. */
    @ParameterizedTest
    @CsvSource({
        "'', 0, '', '', prefix, 200",
        "'', 0, '', '', reorder, 60",
        "'', 0, '', '', torn, 60",
        "640K, 0, segment=8K, '', prefix, 150",
        "512K, 1024, 'segment=8K,used=95', cleaner=greedy, prefix, 100",
        "512K, 1024, 'segment=8K,used=95', cleaner=cost-benefit, reorder, 60",
        "512K, 1024, 'segment=8K,used=95', cleaner=thread, torn, 60"
    })
    void theSecondReaderSeesWhatTheGateRecovers(
            String size, int blockSize, String options, String mount, String model, int operations) {
        FormatRequest usual = new LogfsTarget().defaultFormat();
        FormatRequest format = new FormatRequest(
                size.isEmpty() ? usual.sizeBytes() : Long.parseLong(size.substring(0, size.length() - 1)) << 10,
                blockSize == 0 ? usual.blockSizeBytes() : blockSize,
                options.isEmpty() ? usual.options() : options);
        int states = explore(format, mount, KernelOptions.DEFAULT, model, 1, operations);
        assertTrue(states > 30, "states " + states);
    }

    static void explore(FormatRequest format, String mount, int pages, String model, int seed, int operations) {
        int states = explore(format, mount, new KernelOptions(pages, 64, true), model, seed, operations);
        assertTrue(states > 50, "states " + states);
    }

    /** Returns how many states there were. */
    private static int explore(
            FormatRequest format, String mount, KernelOptions kernel, String model, int seed, int operations) {
        LogfsTarget target = new LogfsTarget();
        Recorder recorder = new Recorder(target, null, format, mount, kernel);
        Recording recording = recorder.record(new RandomWorkload(operations), Choices.seeded(seed));
        assertNull(recording.failure());
        assertNull(Objects.requireNonNull(recording.history()).mismatch());
        CrashModel crashes = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        Verdict verdict = new Explorer(target, null, mount, oracles())
                .explore(recording, crashes, 3_000, ExplorationMonitor.NONE);
        assertEquals(List.of(), verdict.findings());
        return verdict.imagesExamined();
    }
}
