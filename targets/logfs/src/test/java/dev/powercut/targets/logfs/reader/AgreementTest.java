package dev.powercut.targets.logfs.reader;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.Overwriting;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Three that share nothing but the specification agree on what crash states hold: the filesystem (mounting them, and its recovery), fsck with
 * its own roll-forward, and the second reader.
 */
class AgreementTest {

    private static final int IMAGES = Integer.getInteger("powercut.logfs.agreement", 60);

    private final LogfsTarget target = new LogfsTarget();

    @ParameterizedTest
    @CsvSource({
        "4M, 1024, segment=32K, 64, prefix, 1",
        "4M, 1024, segment=32K, 16, torn, 2",
        "8M, 4096, segment=64K, 64, reorder, 3",
        "4M, 2048, segment=32K, 4, reorder, 4",
        "1M, 1024, segment=8K, 16, prefix, 5",
        "1M, 1024, segment=8K, 16, torn, 6"
    })
    void allReadTheSameInCrashStates(String size, int blockSize, String options, int pages, String model, int seed) {
        long bytes = Long.parseLong(size.substring(0, size.length() - 1)) << 20;
        FormatRequest format = new FormatRequest(bytes, blockSize, options);
        Recorder recorder = new Recorder(target, null, format, "", new KernelOptions(pages, 64, true));
        agreeInSome(recorder.record(new RandomWorkload(100), Choices.seeded(seed)), model, seed);
    }

    @ParameterizedTest
    @CsvSource({
        "cleaner=greedy, reorder, 7",
        "cleaner=cost-benefit, torn, 8",
        "cleaner=thread, prefix, 9",
        "cleaner=thread, torn, 10"
    })
    void allReadTheSameWhereTheCleanerWasAtWork(String mount, String model, int seed) {
        Choices choices = Choices.seeded(seed);
        Recorder recorder = new Recorder(target, null, Overwriting.FORMAT, mount, new KernelOptions(8, 64, true));
        agreeInSome(recorder.record(Overwriting.workload(choices), choices.split("run")), model, seed);
    }

    private void agreeInSome(Recording recording, String model, int seed) {
        assertNull(recording.failure());
        assertNull(Objects.requireNonNull(recording.history()).mismatch());
        CrashModel crashes = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        CrashStates states = CrashStates.of(recording.log(), crashes, Choices.seeded(seed), StateBounds.USUAL);
        int rolled = 0;
        int step = Math.max(1, states.imageCount() / IMAGES);
        for (int number = 0; number < states.imageCount(); number += step) {
            rolled += ThreeReaders.agree(states.image(number), "image " + number) > 0 ? 1 : 0;
        }
        assertTrue(rolled > 5, "images with a log to roll forward: " + rolled);
    }
}
