package dev.powercut.targets.logfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** As many seeds as {@code -Dlogfs.soak=N} says, under all models, on volumes of all sorts, cut again during recovery. */
@EnabledIfSystemProperty(named = "logfs.soak", matches = "\\d+", disabledReason = "takes as long as it is told to")
class LogfsSoakTest {

    private static final List<FormatRequest> FORMATS = List.of(
            new LogfsTarget().defaultFormat(),
            new FormatRequest(512 << 10, 1024, "segment=8K"),
            new FormatRequest(8 << 20, 4096, "segment=256K"),
            new FormatRequest(2 << 20, 2048, "segment=16K"),
            new FormatRequest(768 << 10, 1024, "segment=8K,used=95"));

    private static final List<String> MOUNTS = List.of("", "cleaner=cost-benefit", "discard", "cleaner=thread");

    @Test
    void noCrashStateIsDamaged() {
        int first = Integer.getInteger("logfs.first", 1);
        int last = first + Integer.getInteger("logfs.soak") - 1;
        LogfsTarget target = new LogfsTarget();
        for (int seed = first; seed <= last; seed++) {
            CrashModel model = CrashModel.PRESETS.get(seed % 3);
            FormatRequest format = FORMATS.get(seed / 3 % FORMATS.size());
            String mount = MOUNTS.get(seed / 15 % MOUNTS.size());
            KernelOptions kernel = new KernelOptions(seed % 2 == 0 ? 64 : 6, 64, true);
            Recording recording = new Recorder(target, null, format, mount, kernel)
                    .record(new RandomWorkload(120), Choices.seeded(seed));
            String what = "seed " + seed + " " + model.name() + " " + format + " " + mount;
            assertNull(recording.failure(), what);
            assertNull(Objects.requireNonNull(recording.history()).mismatch(), what);
            Verdict verdict = new Explorer(target, null, mount, LogfsCrashTest.oracles())
                    .explore(recording, model, Choices.seeded(seed), 2_000, 1, ExplorationMonitor.NONE);
            for (Finding finding : verdict.findings()) {
                assertEquals("", what + "\n" + finding);
            }
        }
    }
}
