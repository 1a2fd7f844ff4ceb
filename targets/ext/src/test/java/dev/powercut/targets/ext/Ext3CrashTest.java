package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Finding;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.oracle.Grade;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on ext3, cut everywhere, in each mode: all oracles agree that nothing is lost that must not be. */
class Ext3CrashTest {

    /** How many seeds of each configuration; more than the one that is quick by a system property. */
    private static final int SEEDS = Integer.getInteger("powercut.ext3.seeds", 1);

    /** How many crash states of each seed, with one more cut during recovery. */
    private static final int STATES = Integer.getInteger("powercut.ext3.states", 150);

    @ParameterizedTest
    @CsvSource({
        "prefix,  1024, '', '', 64, 256",
        "reorder, 1024, '', '', 64, 256",
        "torn,    1024, inode-size=256, nofua, 64, 256",
        "torn,    2048, '', journal_checksum, 64, 256",
        "reorder, 4096, inode-size=256, '', 64, 256",
        "prefix,  1024, '', nobarrier, 4, 6",
        "reorder, 1024, inodes=64, '', 16, 16",
        "prefix,  1024, '', data=journal, 64, 256",
        "torn,    1024, '', 'data=journal,journal_async_commit', 64, 256",
        "reorder, 4096, '', 'data=journal,nofua', 4, 6",
        "reorder, 1024, '', data=writeback, 64, 256",
        "torn,    1024, '', 'data=writeback,journal_async_commit', 64, 256",
        "torn,    1024, journal-checksum=v3, '', 64, 256",
        "torn,    1024, journal-checksum=v2, nofua, 64, 256",
        "reorder, 4096, journal-checksum=v3, 'data=journal', 16, 16",
        "torn,    2048, journal-checksum=v3, 'data=journal,journal_async_commit', 64, 256",
        "torn,    1024, journal-checksum=v2, 'data=writeback,journal_async_commit', 64, 256"
    })
    void everyCrashStateIsRecovered(
            String model, int blockSize, String options, String mountOptions, int pages, int buffers) {
        Ext3Target target = new Ext3Target();
        assertTrue(target.guarantees(mountOptions).withstands(model));
        FormatRequest format = new FormatRequest(8 << 20, blockSize, options);
        for (int seed = 1; seed <= SEEDS; seed++) {
            Recorder recorder =
                    new Recorder(target, null, format, mountOptions, new KernelOptions(pages, buffers, true));
            Recording recording = recorder.record(new RandomWorkload(100), Choices.seeded(seed));
            assertNull(recording.failure());
            assertNull(Objects.requireNonNull(recording.history()).mismatch());
            Verdict verdict = new Explorer(target, null, mountOptions, Oracles.all())
                    .explore(recording, model(model), Choices.seeded(seed), STATES, 1, ExplorationMonitor.NONE);
            assertEquals(List.of(), failing(verdict), "seed " + seed);
            assertTrue(verdict.imagesExamined() > 50, "states " + verdict.imagesExamined());

            List<Verdict.RecoveredImage> recovered = verdict.recoveredImages();
            for (int i = 0; i < recovered.size(); i += Math.max(1, recovered.size() / 5)) {
                E2fsprogs.assertClean(recovered.get(i).image());
            }
        }
    }

    @Test
    void garbageInSectorsInFlightIsNotWithstoodAndToldAsAdvisory() {
        Ext3Target target = new Ext3Target();
        CrashModel garbage = CrashModel.TORN.leavingGarbage();
        assertFalse(target.guarantees("").withstands(garbage.name()));
        assertTrue(target.weakness().contains("no checksum"));
        Verdict verdict = explore("", garbage, 1, 1_500);
        assertEquals(List.of(), failing(verdict));
        assertTrue(!verdict.findings().isEmpty(), "garbage does no harm, so that it should be declared");
    }

    @Test
    void staleDataIsFoundInWritebackAloneAndToldAsDeclared() {
        assertTrue(new Ext3Target().guarantees("data=writeback").unsyncedDataMayBeStale());
        TreeSet<String> kinds = new TreeSet<>();
        for (int seed = 1; seed <= 6 && kinds.isEmpty(); seed++) {
            for (Finding finding :
                    explore("data=writeback", CrashModel.REORDER, seed, 600).findings()) {
                assertEquals(Grade.ADVISORY, finding.grade());
                kinds.add(finding.violation().kind());
            }
        }
        assertEquals(new TreeSet<>(List.of("stale-data")), kinds);
        for (String options : List.of("data=ordered", "data=journal")) {
            assertFalse(new Ext3Target().guarantees(options).unsyncedDataMayBeStale());
            assertEquals(List.of(), explore(options, CrashModel.REORDER, 1, 300).findings());
        }
    }

    private static Verdict explore(String mountOptions, CrashModel crash, int seed, int states) {
        Ext3Target target = new Ext3Target();
        Recording recording = new Recorder(target, null, target.defaultFormat(), mountOptions, KernelOptions.DEFAULT)
                .record(new RandomWorkload(100), Choices.seeded(seed));
        return new Explorer(target, null, mountOptions, Oracles.all())
                .explore(recording, crash, Choices.seeded(seed), states, 0, ExplorationMonitor.NONE);
    }

    /** All but stale data, where they are declared. */
    private static List<Finding> failing(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> finding.violation().grade() != Grade.ADVISORY)
                .toList();
    }

    private static CrashModel model(String name) {
        return CrashModel.PRESETS.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
