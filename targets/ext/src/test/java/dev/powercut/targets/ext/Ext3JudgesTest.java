package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.StateBounds;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.journal.RecoveryRules;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Crash states of ext3, their logs still full, go to who knows nothing of us: what is found afterwards is what our own recovery gives, of
 * fsck and of mount. {@code -Dpowercut.judged=N} says how many states of each configuration, {@code 0} for all.
 */
class Ext3JudgesTest {

    private static final int JUDGED = Integer.getInteger("powercut.judged", 12);

    @ParameterizedTest
    @CsvSource({
        "prefix,  1024, '', '', 11",
        "reorder, 4096, '', 'nofua', 12",
        "torn,    1024, '', 'data=journal', 13",
        "torn,    1024, '', 'data=writeback,journal_async_commit', 14",
        "reorder, 1024, '', 'journal_checksum', 16",
        "reorder, 1024, journal-checksum=v2, '', 17",
        "reorder, 1024, journal-checksum=v3, 'data=journal,nofua', 18",
        "prefix,  4096, journal-checksum=v3, 'data=writeback,journal_async_commit', 19"
    })
    void theRealE2fsckFindsTheSameTree(String model, int blockSize, String format, String options, int seed) {
        CrashStates states = states(model, blockSize, format, options, seed);
        for (int image = 0; image < states.imageCount(); image += step(states, JUDGED)) {
            DiskImage crash = states.image(image);
            Node.Directory ours = tree(recovered(crash), true);
            assertEquals(ours, tree(E2fsprogs.repairedByE2fsck(crash, "-fy"), true), "image " + image);
            assertEquals(ours, tree(crash, false), "image " + image + " recovered by mount");
        }
    }

    @Test
    void theRealKernelFindsTheSameTree() throws IOException {
        CrashStates states = states("reorder", 1024, "", "", 15);
        for (int image = 0; image < states.imageCount(); image += step(states, JUDGED / 2)) {
            DiskImage crash = states.image(image);
            DiskImage left;
            LoopMount mount = new LoopMount(crash, "ext3", "loop");
            try {
                assertTrue(Files.isDirectory(mount.root().resolve("lost+found")));
            } finally {
                left = mount.closeAndRead();
            }
            E2fsprogs.assertClean(left);
            assertEquals(tree(recovered(crash), true), tree(left, true), "image " + image);
        }
    }

    private static int step(CrashStates states, int wanted) {
        return wanted <= 0 ? 1 : Math.max(1, states.imageCount() / wanted);
    }

    private static CrashStates states(String model, int blockSize, String formatOptions, String options, int seed) {
        Ext3Target target = new Ext3Target();
        FormatRequest format = new FormatRequest(8 << 20, blockSize, formatOptions);
        Recording recording = new Recorder(target, null, format, options, KernelOptions.DEFAULT)
                .record(new RandomWorkload(120), Choices.seeded(seed));
        CrashModel crash = CrashModel.PRESETS.stream()
                .filter(preset -> preset.name().equals(model))
                .findFirst()
                .orElseThrow();
        return CrashStates.of(recording.log(), crash, Choices.seeded(seed), StateBounds.USUAL.withTotal(5_000));
    }

    private static DiskImage recovered(DiskImage crash) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), crash);
        assertTrue(Fsck.ofExt3(RecoveryRules.ALL).recover(disk).recovered());
        return disk.image();
    }

    /** What a mount shows; one that may write recovers first. */
    private static Node.Directory tree(DiskImage image, boolean readOnly) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), SimulatedDisk.unlogged(world, image), readOnly, "");
        return new TreeReader(TreeReader.Limits.DEFAULT).read(kernel.process(0, 0), "/");
    }
}
