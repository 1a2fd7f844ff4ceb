package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.LiveRun;
import dev.powercut.check.model.Model;
import dev.powercut.check.workload.History;
import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fsck.Fsck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Filesystems that mke2fs made, in all shapes that it offers for ext2, some with files in them: our ext2 works on them as the
 * model says, and what it leaves is clean for e2fsck, unmounted, and recovered after power cuts.
 *
 * <p>System properties: {@code powercut.mke2fs.images} (25), from seed {@code powercut.mke2fs.from} (1).
 */
class Mke2fsWorkloadTest {

    private static final int IMAGES = Integer.getInteger("powercut.mke2fs.images", 25);
    private static final int FROM = Integer.getInteger("powercut.mke2fs.from", 1);
    private static final int CUTS = 3;
    private static final int MIB = 1 << 20;

    private static final List<String> FEATURES =
            List.of("filetype", "sparse_super", "large_file", "dir_index", "ext_attr");

    @TempDir
    Path folder;

    @Test
    void whatOursLeavesIsCleanForE2fsck() throws IOException {
        try (E2fsprogs.Judge judge = new E2fsprogs.Judge()) {
            for (int seed = FROM; seed < FROM + IMAGES; seed++) {
                Choices choices = Choices.seeded(seed);
                long sizeBytes = (long) MIB * choices.between("mib", 2, 24);
                List<String> arguments = arguments(choices.split("mke2fs"), sizeBytes);
                DiskImage image = E2fsprogs.mke2fs(sizeBytes, arguments, "");
                work(image, choices, "seed " + seed + ", mke2fs " + String.join(" ", arguments), judge);
            }
        }
    }

    private List<String> arguments(Choices choices, long sizeBytes) throws IOException {
        List<String> all = new ArrayList<>(List.of("-t", "ext2"));
        int blockSize = 1024 << choices.choose("block-size", 3);
        boolean smallGroups = choices.choose("groups", 3) == 1;
        all.addAll(List.of("-b", String.valueOf(blockSize)));
        int inodeSize = 128;
        if (choices.choose("revision", 8) == 1) {
            all.addAll(List.of("-r", "0", "-I", "128"));
        } else {
            inodeSize = 128 << choices.choose("inode-size", Integer.numberOfTrailingZeros(blockSize / 128) + 1);
            // One inode for each 8 KiB, as those of 4 KiB would else leave no room.
            all.addAll(List.of("-I", String.valueOf(inodeSize), "-i", "8192"));
            all.addAll(List.of("-O", String.join(",", features(choices, smallGroups))));
        }
        if (smallGroups) {
            all.addAll(List.of("-g", String.valueOf(256 * choices.between("group", 1, blockSize / 256 * 8))));
        }
        if (choices.choose("inodes", 3) == 1) {
            int most = (int) Math.min(2_000, sizeBytes / 3 / inodeSize);
            all.addAll(List.of("-N", String.valueOf(choices.between("count", 64, most))));
        }
        all.addAll(List.of("-m", String.valueOf(choices.choose("reserved", 11))));
        if (choices.choose("filled", 2) == 1) {
            all.addAll(List.of("-d", tree(choices).toString()));
        }
        return all;
    }

    private static List<String> features(Choices choices, boolean smallGroups) {
        List<String> features = new ArrayList<>();
        for (String feature : FEATURES) {
            switch (choices.choose(feature, 3)) {
                case 1 -> features.add("^" + feature);
                case 2 -> features.add(feature);
                default -> {}
            }
        }
        boolean backupsEverywhere = features.contains("^sparse_super");
        if (backupsEverywhere && choices.choose("sparse2", 2) == 1) {
            features.add("sparse_super2");
        }
        // A resize inode needs sparse backups; and where small groups have no room for it, mke2fs takes meta_bg by
        // itself,
        // which our ext2 refuses by name.
        features.add(
                backupsEverywhere || smallGroups || choices.choose("resize", 2) == 1
                        ? "^resize_inode"
                        : "resize_inode");
        return features;
    }

    /** Some files of the host, which mke2fs puts into the image. */
    private Path tree(Choices choices) throws IOException {
        Path tree = Files.createTempDirectory(folder, "tree");
        Path sub = Files.createDirectory(tree.resolve("sub"));
        int files = choices.choose("files", 40);
        for (int i = 0; i < files; i++) {
            byte[] bytes = new byte[choices.choose("bytes", 40_000)];
            Arrays.fill(bytes, (byte) (1 + i));
            Files.write((i % 3 == 0 ? tree : sub).resolve("host-file-" + i), bytes);
        }
        Files.createSymbolicLink(sub.resolve("link"), Path.of("x".repeat(1 + choices.choose("target", 100))));
        return tree;
    }

    private static void work(DiskImage image, Choices choices, String what, E2fsprogs.Judge judge) {
        Ext2Target target = new Ext2Target();
        LiveRun live = new LiveRun(target.fileSystem(null), image, KernelOptions.DEFAULT, choices);
        List<Step> steps =
                new ArrayList<>(new RandomWorkload(120, Model.of(live.tree())).steps(choices.split("workload")));
        steps.removeIf(step -> step.operation() instanceof Operation.Unmount);
        steps.add(new Step(steps.size(), new Operation.Unmount()));
        History history = live.run(steps);
        assertNull(history.mismatch(), what);
        assertEquals(List.of(), live.violations(history, target.guarantees(""), live.remounted()), what);
        assertClean(live.image(), judge, what);
        for (int i = 0; i < CUTS; i++) {
            int position = choices.choose("cut", live.log().size() + 1);
            SimulatedDisk disk = SimulatedDisk.unlogged(
                    World.withOneTask(Choices.zero()), live.log().image(new Kept.Prefix(position, 0)));
            assertTrue(new Fsck().recover(disk).recovered(), what + ", cut at " + position);
            assertClean(disk.image(), judge, what + ", cut at " + position);
        }
    }

    private static void assertClean(DiskImage image, E2fsprogs.Judge judge, String what) {
        E2fsprogs.Result result = judge.e2fsck(image);
        assertEquals(0, result.exit(), () -> what + "\n" + result.output());
    }
}
