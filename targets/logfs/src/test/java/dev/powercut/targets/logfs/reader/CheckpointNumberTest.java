package dev.powercut.targets.logfs.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.tree.Node;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.LogfsTarget;
import dev.powercut.targets.logfs.format.Checkpoint;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.format.Summary;
import dev.powercut.targets.logfs.format.Superblock;
import dev.powercut.targets.logfs.fs.Sites;
import dev.powercut.targets.logfs.fsck.Fsck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A recovery that is cut short gives a number to partial writes, and perhaps a checkpoint, that the next one gives again. */
class CheckpointNumberTest {

    private final LogfsTarget target = new LogfsTarget();
    private final DiskImage crash = crash();
    private final Geometry geometry = geometry(crash);
    private final Checksum checksum = new Checksum(geometry.volumeId());

    /** An image with two groups behind its checkpoint, of which recovery must complete one. */
    private DiskImage crash() {
        ScriptWorkload workload = ScriptWorkload.parse("two groups", """
                mkdir /d 755
                sync
                creat /d/a 644
                write /d/a 0 3000
                creat /b 644
                fsync /b
                write /b 0 2000
                fsync /b
                """);
        Recording recording = new Recorder(target, null, target.defaultFormat(), "", KernelOptions.QUIET)
                .record(workload, Choices.zero());
        assertNull(recording.failure());
        DiskImage image = recording.log().base();
        for (LogEntry.Write write : writes(recording.log())) {
            image = applied(image, write);
            if (SecondReader.groupsBehindCheckpoint(image) == 2) {
                return image;
            }
        }
        throw new AssertionError("no image with two groups");
    }

    private static List<LogEntry.Write> writes(WriteLog log) {
        List<LogEntry.Write> writes = new ArrayList<>();
        for (LogEntry entry : log.entries()) {
            if (entry instanceof LogEntry.Write write) {
                writes.add(write);
            }
        }
        return writes;
    }

    private static DiskImage applied(DiskImage image, LogEntry.Write write) {
        return image.with(write.sector(), write.contents(), 0, write.contents().length);
    }

    private static Geometry geometry(DiskImage image) {
        byte[] b = new byte[Sector.BYTES];
        image.read(0, 1, b, 0);
        try {
            return Superblock.decode(b, 0, image.sectorCount() * Sector.BYTES, 0);
        } catch (ImageFormatException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Checkpoint region(DiskImage image, int block) {
        byte[] b = new byte[geometry.checkpointBlocks() * geometry.blockSizeBytes()];
        image.read((long) block * geometry.sectorsPerBlock(), b.length / Sector.BYTES, b, 0);
        return Objects.requireNonNull(
                Checkpoint.decode(geometry, checksum, b, Checkpoint.lengthBytes(geometry, b)), "checkpoint");
    }

    private Checkpoint newest(DiskImage image) {
        Checkpoint a = region(image, geometry.checkpointA());
        Checkpoint b = region(image, geometry.checkpointB());
        return a.sequence() > b.sequence() ? a : b;
    }

    private DiskImage with(DiskImage image, int block, Checkpoint checkpoint) {
        byte[] b = checkpoint.encode(checksum);
        DiskImage changed = image;
        for (int i = 0; i < b.length / Sector.BYTES; i++) {
            changed = changed.with((long) block * geometry.sectorsPerBlock() + i, Sector.copyOf(b, i * Sector.BYTES));
        }
        return changed;
    }

    private static Checkpoint numbered(Checkpoint c, long number, long nextSequence, int next, int nextEnd) {
        return new Checkpoint(
                number,
                c.timeNanos(),
                nextSequence,
                next,
                nextEnd,
                c.inodesUsed(),
                c.extentBlocks(),
                c.mapBlocks(),
                c.usageBlocks());
    }

    /** What recovery, or fsck, writes to an image. */
    private List<LogEntry.Write> recovery(boolean byFsck) {
        WriteLog log = new WriteLog(crash);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
        boolean recovered = byFsck
                ? new Fsck().recover(disk).recovered()
                : target.newChecker().recover(disk).recovered();
        assertTrue(recovered);
        return writes(log);
    }

    @Test
    void whatACutRecoveryLeftIsNotTakenForTheLogOfTheCheckpointWhoseNumberItHas() {
        for (boolean byFsck : new boolean[] {false, true}) {
            DiskImage left = crash;
            int first = 0;
            for (LogEntry.Write write : recovery(byFsck)) {
                if (write.cause().kind().equals(Sites.SEGMENT)) {
                    first = first == 0 ? (int) (write.sector() / geometry.sectorsPerBlock()) : first;
                    left = applied(left, write);
                }
            }
            byte[] summary = new byte[geometry.blockSizeBytes()];
            left.read((long) first * geometry.sectorsPerBlock(), geometry.sectorsPerBlock(), summary, 0);
            long number = Summary.checkpoint(summary, 0);
            int end = geometry.segmentStart(geometry.segmentOf(first)) + geometry.segmentBlocks();
            Checkpoint same = numbered(newest(crash), number, Summary.sequence(summary, 0), first, end);
            DiskImage image = with(left, geometry.checkpointBlock(number), same);
            assertEquals(0, SecondReader.groupsBehindCheckpoint(image));
            assertEquals(0, new Fsck().check(ImageBuilder.disk(image)).rolledGroups());
            String difference = Trees.difference(SecondReader.read(image), Trees.mounted(image, true));
            assertNull(difference);
        }
    }

    @Test
    void ofTwoCheckpointsWithTheSameNumberTheFirstOneCountsForAll() {
        for (boolean aIsNewer : new boolean[] {false, true}) {
            Checkpoint a = region(crash, geometry.checkpointA());
            Checkpoint b = region(crash, geometry.checkpointB());
            long number = newest(crash).sequence();
            Checkpoint inA = aIsNewer == (a.sequence() > b.sequence()) ? a : b;
            Checkpoint inB = inA == a ? b : a;
            DiskImage image = with(
                    with(crash, geometry.checkpointA(), renumbered(inA, number)),
                    geometry.checkpointB(),
                    renumbered(inB, number));
            Node.Directory read = SecondReader.read(image);
            String difference = Trees.difference(read, Trees.mounted(image, true));
            assertNull(difference);
            assertEquals(
                    SecondReader.groupsBehindCheckpoint(image),
                    new Fsck().check(ImageBuilder.disk(image)).rolledGroups());
            DiskImage alone = with(image, geometry.checkpointB(), renumbered(inB, number - 1));
            String other = Trees.difference(read, SecondReader.read(alone));
            assertNull(other);
        }
    }

    private static Checkpoint renumbered(Checkpoint c, long number) {
        return numbered(c, number, c.nextSequence(), c.nextBlock(), c.nextEnd());
    }
}
