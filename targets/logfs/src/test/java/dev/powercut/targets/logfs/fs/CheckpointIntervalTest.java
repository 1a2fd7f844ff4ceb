package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.logfs.format.Checksum;
import dev.powercut.targets.logfs.format.Geometry;
import dev.powercut.targets.logfs.reader.SecondReader;
import org.junit.jupiter.api.Test;

/** When a checkpoint is written though nobody asks for one: after 30 s of virtual time, and when the log has grown by an eighth of the segments. */
class CheckpointIntervalTest {

    private static final long SECOND = 1_000_000_000L;

    private final Rig rig = Rig.mount(Rig.format(4 << 20, 1024, "segment=32K"), "");

    private long newest() {
        try {
            Geometry g = VolumeReader.superblock(rig.disk);
            return VolumeReader.newestCheckpoint(rig.disk, g, new Checksum(g.volumeId()), Discipline.correct())
                    .sequence();
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
    }

    private void writeAndSync(String path) {
        int fd = rig.open(path);
        rig.process.pwrite(fd, new byte[100], 0, 100, 0);
        rig.process.fsync(fd);
        rig.process.close(fd);
    }

    private void idle(long nanos) {
        rig.world.clock().advanceTo(rig.world.clock().nowNanos() + nanos);
    }

    @Test
    void thirtySecondsAfterTheLastOneTheNextCallWritesOne() {
        writeAndSync("/a");
        long first = newest();
        idle(29 * SECOND);
        writeAndSync("/b");
        assertEquals(first, newest(), "not yet");
        assertEquals(2, SecondReader.groupsBehindCheckpoint(rig.disk.image()));
        idle(2 * SECOND);
        rig.process.stat("/a");
        assertEquals(first + 1, newest());
        assertEquals(0, SecondReader.groupsBehindCheckpoint(rig.disk.image()), "nothing to roll forward");
        writeAndSync("/c");
        assertEquals(first + 1, newest(), "time counts from the last one");
    }

    @Test
    void withoutAnythingNewTimeAloneWritesNone() {
        writeAndSync("/a");
        rig.process.sync();
        DiskImage before = rig.disk.image();
        idle(3600 * SECOND);
        rig.process.stat("/a");
        assertEquals(before, rig.disk.image());
    }

    @Test
    void theLogBehindOneIsNeverLongerThanAnEighthOfTheSegmentsAndAGroup() {
        int blocks = (4 << 20) / 1024;
        byte[] some = new byte[8 << 10];
        int fd = rig.open("/a");
        long first = newest();
        int most = 0;
        for (int i = 0; i < 300; i++) {
            rig.process.pwrite(fd, some, 0, some.length, (i % 20) * 8192L);
            rig.process.fsync(fd);
            most = Math.max(most, SecondReader.groupsBehindCheckpoint(rig.disk.image()));
        }
        int groupBlocks = 11;
        assertTrue(most * groupBlocks <= blocks / 8 + 2 * groupBlocks, "groups " + most);
        assertTrue(most * groupBlocks > blocks / 16, "groups " + most);
        assertTrue(newest() > first + 3);
    }
}
