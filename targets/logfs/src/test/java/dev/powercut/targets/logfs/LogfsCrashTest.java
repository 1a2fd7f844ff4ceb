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

    static void explore(FormatRequest format, String mount, int pages, String model, int seed, int operations) {
        LogfsTarget target = new LogfsTarget();
        Recorder recorder = new Recorder(target, null, format, mount, new KernelOptions(pages, 64, true));
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
        assertTrue(verdict.imagesExamined() > 50, "states " + verdict.imagesExamined());
    }
}
