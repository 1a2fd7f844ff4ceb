package dev.powercut.bridge.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.bridge.Recordings;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckOptions;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The recordings of the Linux kernel's ext3: from every prefix of what it wrote, our recovery gives a clean filesystem, and the tree
 * that the real {@code e2fsck -fy} gives. It is asked about the first prefix of each tree that our recovery gives, and about every
 * prefix with {@code -Dpowercut.recordings.all=true}, which takes two minutes.
 */
class JournalRecordingsTest {

    @SuppressWarnings("unused") // named by @FieldSource
    private static final Iterable<String> NAMES = Recordings.EXT3;

    /** Each recording has more trees than this. */
    private static final int FEWEST_TREES = 20;

    private static final int REORDERED = 100;

    private final Fsck fsck = Fsck.ofExt3(RecoveryRules.ALL);
    private final TreeReader reader = new TreeReader(TreeReader.Limits.DEFAULT);

    private static ReplayStates states(String name) {
        return ReplayStates.of(new ReplayOptions(Recordings.base(name), Recordings.log(name)));
    }

    /** What a repaired image holds: the ext2 of ours reads it, whose log is empty. */
    private Map<String, String> tree(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        Kernel kernel = new Kernel(World.withOneTask(Choices.zero()), 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext2Type(), disk, true, "");
        Node.Directory root = reader.read(kernel.process(0, 0), "/");
        Map<String, String> tree = new TreeMap<>();
        describe("", root, tree);
        return tree;
    }

    /** All that a user sees of everything. */
    private static void describe(String path, Node node, Map<String, String> tree) {
        tree.put(
                path,
                switch (node) {
                    case Node.RegularFile file ->
                        file.attributes() + " " + file.contents().sha256();
                    case Node.Symlink link -> link.toString();
                    case Node.Directory directory -> directory.attributes().toString();
                    case Node.Special special -> special.toString();
                });
        if (node instanceof Node.Directory directory) {
            directory.entries().forEach(entry -> describe(path + "/" + entry.name(), entry.node(), tree));
        }
    }

    private DiskImage recovered(DiskImage crash, String where) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), crash);
        FsckReport report = fsck.run(disk, FsckOptions.PREEN);
        assertTrue(report.recovered(), () -> where + ": " + report.lines());
        assertEquals(List.of(), report.lines(), where);
        return disk.image();
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyPrefixIsRecoveredToWhatE2fsckMakesOfIt(String name) throws Exception {
        ReplayStates states = states(name);
        boolean judgesAll = Boolean.getBoolean("powercut.recordings.all");
        Set<Map<String, String>> trees = new HashSet<>();
        List<String> different = new ArrayList<>();
        for (int image : states.chosen()) {
            DiskImage ours = recovered(states.image(image), name + " " + image);
            Map<String, String> tree = tree(ours);
            if (trees.add(tree) || judgesAll) {
                ImageCommand.Outcome outcome = new ImageCommand("e2fsck -fy {}", true)
                        .run(List.of(states.image(image)))
                        .getFirst();
                assertTrue(outcome.exitCode() <= 1, () -> name + " " + image + outcome.lines());
                if (!tree(Objects.requireNonNull(outcome.after())).equals(tree)) {
                    different.add(name + " " + image + ": " + outcome.lines());
                }
            }
        }
        assertEquals(List.of(), different);
        assertTrue(trees.size() > FEWEST_TREES, () -> name + ": only " + trees.size() + " trees");
    }

    /** The kernel flushes where it must: whatever the device reorders between two flushes, nothing that was promised is lost. */
    @ParameterizedTest
    @FieldSource("NAMES")
    void whateverTheDeviceReordersKeepsWhatTheMarksSay(String name) throws Exception {
        ReplayOptions options = new ReplayOptions(
                Recordings.base(name),
                Recordings.log(name),
                CrashModel.REORDER,
                List.of(new ReplayCheck.Fsck()),
                "ext3",
                null,
                0,
                REORDERED);
        ReplayResult result = ReplayLog.run(options, ReplayProgress.NONE);
        assertEquals(List.of(), result.violations(), String.join("\n", result.lines()));
    }
}
