package dev.powercut.targets.logfs.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.Node;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damaged copies of sound images are mended, and nothing that was not touched is lost or changed. Further seeds with {@code
 * -Dpowercut.logfs.survival=N}.
 */
class FsckSurvivalTest {

    private static final int SEEDS = Integer.getInteger("powercut.logfs.survival", 60);
    private static final int FIRST = Integer.getInteger("powercut.logfs.survival.first", 0);

    private final Fsck fsck = Fsck.withPaths();

    @ParameterizedTest
    @CsvSource({"1024, 64", "4096, 16"})
    void whatIsNotTouchedSurvives(int blockSize, int segmentBlocks) {
        survive(blockSize, segmentBlocks, FIRST, SEEDS);
    }

    /** A block of extents now points to hundreds of blocks, of which no summary tells whose they are: more than there is room to copy. */
    @Test
    void whatAWrongTreeOfExtentsClaimsBeyondTheRoomIsGivenUp() {
        survive(1024, 64, 700_184, 1);
    }

    /** Neither checkpoint is valid, and no partial write has a payload that is as its checksum says. */
    @Test
    void recordsAreFoundThoughNothingInTheLogIsWhole() {
        survive(1024, 64, 700_464, 1);
    }

    /** A block of old records got over one of later records, in a partial write that so is not whole any more. */
    @Test
    void anOldRecordThatDamageBroughtBehindALaterOneIsNotTakenForTheNewest() {
        survive(1024, 64, 700_544, 1);
    }

    private void survive(int blockSize, int segmentBlocks, int first, int count) {
        DiskImage image = ImageBuilder.populated(2048L * blockSize, FsckCleanTest.options(blockSize, segmentBlocks))
                .image();
        DamagedCopy.Sound sound = new DamagedCopy.Sound(image);
        Map<String, Node> before = paths(image);
        for (int seed = first; seed < first + count; seed++) {
            String where = blockSize + ", seed " + seed;
            DamagedCopy copy = new DamagedCopy(sound, Choices.seeded(seed).split("damage"));
            try {
                trial(copy, before, where);
            } catch (RuntimeException e) {
                throw new AssertionError(where, e);
            }
        }
    }

    private void trial(DamagedCopy copy, Map<String, Node> before, String where) {
        SimulatedDisk disk = ImageBuilder.disk(copy.image);
        FsckReport found = fsck.check(disk);
        assertEquals(copy.image, disk.image(), where + ": -n writes nothing");
        FsckReport report = fsck.repair(disk);
        if (!copy.hasSoundSuperblock() && report.exitCode() == FsckReport.EXIT_OPERATIONAL) {
            return;
        }
        String lines = where + "\n  " + String.join("\n  ", found.lines()) + "\nthen exit " + report.exitCode() + "\n  "
                + String.join("\n  ", report.lines());
        assertTrue(report.recovered(), lines);
        assertEquals(List.of(), fsck.check(disk).lines(), lines);
        assertEquals(disk.durableImage(), disk.image(), where + ": all is flushed");
        Map<String, Node> after = paths(disk.image());
        if (!copy.hasNewestState()) {
            return;
        }
        Map<Long, Node> byNumber = new TreeMap<>();
        after.values().forEach(node -> byNumber.put(node.attributes().inodeNumber(), node));
        for (Map.Entry<String, Node> entry : before.entrySet()) {
            Node node = entry.getValue();
            if (!copy.isUntouched((int) node.attributes().inodeNumber())) {
                continue;
            }
            String what = entry.getKey() + " (inode " + node.attributes().inodeNumber() + ") in " + lines;
            Node now = byNumber.get(node.attributes().inodeNumber());
            assertNotNull(now, "lost: " + what);
            assertEquals(null, Trees.differenceOfOne(node, now), what);
            if (areParentsUntouched(copy, before, entry.getKey())) {
                Node there = after.get(entry.getKey());
                assertNotNull(there, "has lost its name: " + what);
                assertEquals(
                        node.attributes().inodeNumber(), there.attributes().inodeNumber(), "another is at " + what);
            }
        }
    }

    private static boolean areParentsUntouched(DamagedCopy copy, Map<String, Node> before, String path) {
        for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
            Node parent = before.get(path.substring(0, slash));
            if (parent == null || !copy.isUntouched((int) parent.attributes().inodeNumber())) {
                return false;
            }
        }
        return true;
    }

    /** Everything in an image by its path; the root is the empty one. */
    static Map<String, Node> paths(DiskImage image) {
        Map<String, Node> paths = new TreeMap<>();
        add("", SecondReader.read(image), paths);
        return paths;
    }

    private static void add(String path, Node node, Map<String, Node> paths) {
        paths.put(path, node);
        if (node instanceof Node.Directory directory) {
            for (Node.Entry entry : directory.entries()) {
                add(path + "/" + entry.name(), entry.node(), paths);
            }
        }
    }
}
