package dev.powercut.targets.logfs.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.CheckResult;
import dev.powercut.check.tree.Node;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.fsck.Fsck;
import dev.powercut.targets.logfs.fsck.FsckReport;
import dev.powercut.targets.logfs.fsck.ProblemKind;
import java.util.ArrayList;
import java.util.List;

/** Has the filesystem, fsck and the second reader read a crash state, and what each of the first two makes of it. */
public final class ThreeReaders {

    private ThreeReaders() {}

    /**
     * Fails when they do not read the same.
     *
     * @return groups behind the checkpoint
     */
    public static int agree(DiskImage crash, String where) {
        int groups = SecondReader.groupsBehindCheckpoint(crash);
        Node.Directory read = SecondReader.read(crash);
        same(Trees.mounted(crash, true), read, where + ", mounted as the crash left it");

        FsckReport report = new Fsck().check(ImageBuilder.disk(crash));
        assertEquals(List.of(), withoutTornRegion(report), where);
        assertEquals(groups, report.rolledGroups(), where);

        SimulatedDisk disk = ImageBuilder.disk(crash);
        CheckResult recovery = new LogfsTarget().newChecker().recover(disk);
        assertTrue(recovery.recovered(), where + recovery.lines());
        DiskImage recovered = disk.image();
        same(read, SecondReader.read(recovered), where + ", recovered by the filesystem");
        assertEquals(0, SecondReader.groupsBehindCheckpoint(recovered), where);
        assertEquals(List.of(), withoutTornRegion(new Fsck().check(ImageBuilder.disk(recovered))), where);

        SimulatedDisk preened = ImageBuilder.disk(crash);
        assertTrue(new Fsck().recover(preened).recovered(), where);
        assertEquals(List.of(), new Fsck().check(preened).lines(), where);
        same(read, SecondReader.read(preened.image()), where + ", recovered by fsck -p");
        same(read, Trees.mounted(preened.image(), true), where + ", recovered by fsck -p, and mounted");
        return groups;
    }

    private static List<String> withoutTornRegion(FsckReport report) {
        List<String> lines = new ArrayList<>();
        report.problems().forEach(problem -> {
            if (problem.kind() != ProblemKind.CHECKPOINT_INVALID) {
                lines.add(problem.text());
            }
        });
        return lines;
    }

    private static void same(Node.Directory a, Node.Directory b, String where) {
        String difference = Trees.difference(a, b);
        assertNull(difference, () -> where + ": " + difference);
    }
}
