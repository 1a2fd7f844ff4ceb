package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations, cut at every sector of the log: all oracles agree that nothing is lost that must not be. */
class Ext2CrashTest {

    @ParameterizedTest
    @CsvSource({
        "1024, '', 64, 256, 1",
        "1024, inode-size=256, 64, 256, 2",
        "2048, '', 64, 256, 8",
        "4096, inode-size=256, 64, 256, 4",
        "1024, '', 4, 6, 5",
        "1024, inodes=64, 16, 16, 6"
    })
    void everyCrashStateIsRecovered(int blockSize, String options, int pages, int buffers, int seed) {
        Ext2Target target = new Ext2Target();
        FormatRequest format = new FormatRequest(8 << 20, blockSize, options);
        Recorder recorder = new Recorder(target, null, format, "", new KernelOptions(pages, buffers, true));
        Recording recording = recorder.record(new RandomWorkload(80), Choices.seeded(seed));
        assertNull(recording.failure());
        assertNull(Objects.requireNonNull(recording.history()).mismatch());
        Verdict verdict = new Explorer(target, null, "", Oracles.all())
                .explore(recording, CrashModel.PREFIX, Integer.MAX_VALUE, ExplorationMonitor.NONE);
        assertEquals(List.of(), verdict.findings());
        assertTrue(verdict.imagesExamined() > 50, "states " + verdict.imagesExamined());

        List<Verdict.RecoveredImage> recovered = verdict.recoveredImages();
        for (int i = 0; i < recovered.size(); i += Math.max(1, recovered.size() / 8)) {
            E2fsprogs.assertClean(recovered.get(i).image());
        }
    }
}
