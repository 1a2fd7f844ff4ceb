package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;

/** Damages copies of one sound image, repairs them, and holds what is found against what was there. */
final class SurvivalTrial implements AutoCloseable {

    private final Fsck fsck = new Fsck();
    private final E2fsprogs.Judge judge = new E2fsprogs.Judge();
    private final String name;
    private final TreeSnapshot sound;
    private final int[][] blocks;

    SurvivalTrial(String name, DiskImage image) {
        this.name = name;
        this.sound = new TreeSnapshot(image);
        this.blocks = DamagedCopy.blocksOf(sound);
        assertEquals(List.of(), fsck.check(Surgery.disk(image)).lines());
        E2fsprogs.assertClean(image);
    }

    /** One copy; fails with the seed and what happened. */
    void run(int seed, boolean judged) {
        Choices choices = Choices.seeded(seed).split(name);
        String where = name + ", seed " + seed;
        try {
            repair(new DamagedCopy(sound, blocks[0], blocks[1], choices), where, judged);
        } catch (RuntimeException e) {
            throw new AssertionError(where, e);
        }
    }

    @Override
    public void close() {
        judge.close();
    }

    private void repair(DamagedCopy copy, String where, boolean judged) {
        SimulatedDisk disk = Surgery.disk(copy.image);
        FsckReport before = fsck.check(disk);
        assertEquals(copy.image, disk.image(), where + ": -n writes nothing");
        FsckReport report = fsck.repair(disk);
        if (report.exitCode() == 8) {
            // As e2fsck does: a superblock that asks for features that are not known is believed, whatever its backups
            // say.
            boolean forFeatures = report.worstLine().contains("features");
            assertTrue(forFeatures || !copy.hasSoundSuperblock(), () -> where + report.lines());
            assertEquals(copy.image, disk.image(), where + ": what is refused is left alone");
            return;
        }
        assertTrue(report.recovered(), () -> where + ": exit " + report.exitCode() + "\n" + lines(before, report));
        assertEquals(List.of(), fsck.check(disk).lines(), () -> where + "\n" + lines(before, report));
        DiskImage repaired = disk.durableImage();
        assertEquals(repaired, disk.image(), where + ": all is flushed");
        if (judged) {
            E2fsprogs.Result result = judge.e2fsck(repaired);
            assertEquals(0, result.exit(), () -> where + "\n" + result.output() + lines(before, report));
        }
        if (copy.hasSoundSuperblock()) {
            compare(copy, new TreeSnapshot(repaired), where, before, report);
        }
    }

    private void compare(DamagedCopy copy, TreeSnapshot now, String where, FsckReport before, FsckReport report) {
        for (String path : sound.paths.keySet()) {
            TreeSnapshot.Node node = sound.node(path);
            if (path.isEmpty() || !copy.isUntouched(node)) {
                continue;
            }
            TreeSnapshot.Node found = now.nodes.get(node.inode());
            String what = where + ": " + path + " (inode " + node.inode() + ")";
            if (found == null) {
                fail(what + " is lost\n" + lines(before, report));
            } else if (found.directory() != node.directory() || found.contents() != node.contents()) {
                fail(what + " has changed\n" + lines(before, report));
            } else if (copy.areParentsUntouched(path) && now.paths.getOrDefault(path, 0) != node.inode()) {
                fail(what + " has lost its name\n" + lines(before, report));
            }
        }
    }

    private static String lines(FsckReport before, FsckReport report) {
        return "before:\n  " + String.join("\n  ", before.lines()) + "\nthen:\n  "
                + String.join("\n  ", report.lines());
    }
}
