package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.ext.E2fsprogs;
import org.junit.jupiter.api.Test;

/** How many flushes operations need, and the clean bit. */
class DurabilityTest {

    private static boolean isMarkedClean(DiskImage image) {
        return (image.sector(2).at(0x3A) & 1) != 0;
    }

    /** Flushes that an action needs on a filesystem that is in use and at rest. */
    private static long flushes(Rig rig, Runnable action) {
        long before = rig.disk.flushCount();
        action.run();
        return rig.disk.flushCount() - before;
    }

    private static Rig atRest() {
        Rig rig = new Rig(Rig.format());
        rig.process.mkdir("/d", 0755);
        rig.write("/d/other", pattern(9, 3000));
        rig.process.sync();
        rig.process.sync();
        return rig;
    }

    @Test
    void operationsThatPromiseNothingFlushNothing() {
        Rig rig = atRest();
        assertEquals(0, flushes(rig, () -> {
            rig.write("/d/a", pattern(1, 5000));
            rig.process.mkdir("/e", 0755);
            rig.process.symlink("target", "/d/link");
            rig.process.rename("/d/a", "/d/b");
            rig.process.chmod("/d/b", 0600);
        }));
    }

    @Test
    void aNewFileNeedsThreeFlushesToBeThereWithItsName() {
        Rig rig = atRest();
        rig.write("/d/a", pattern(1, 4096));
        // Data and bitmaps, then the inode that points to them.
        assertEquals(2, flushes(rig, () -> rig.fsync("/d/a")));
        // Then the entry.
        assertEquals(1, flushes(rig, () -> rig.fsync("/d")));
    }

    @Test
    void aNewDirectoryNeedsThreeFlushes() {
        Rig rig = atRest();
        rig.process.mkdir("/d/e", 0755);
        // Its first block and the bitmaps; the inodes; the entry.
        assertEquals(3, flushes(rig, () -> rig.fsync("/d")));
    }

    @Test
    void overwritingNeedsOneFlushAndAppendingTwo() {
        Rig rig = atRest();
        rig.write("/d/other", 100, pattern(2, 100));
        assertEquals(1, flushes(rig, () -> rig.fsync("/d/other")));
        rig.write("/d/other", 3000, pattern(3, 5000));
        assertEquals(2, flushes(rig, () -> rig.fsync("/d/other")));
    }

    @Test
    void replacingAFileSafelyNeedsThreeFlushesInASmallDirectory() {
        Rig rig = atRest();
        assertEquals(3, flushes(rig, () -> {
            rig.write("/d/new", pattern(4, 4096));
            rig.fsync("/d/new");
            rig.process.rename("/d/new", "/d/other");
            rig.fsync("/d");
        }));
    }

    @Test
    void syncOfNothingNewFlushesNothing() {
        Rig rig = atRest();
        assertEquals(0, flushes(rig, () -> {
            rig.process.sync();
            rig.fsync("/d/other");
            rig.fsync("/d");
        }));
    }

    @Test
    void fdatasyncDoesNotWriteAnInodeOfWhichOnlyTheTimesChanged() {
        Rig rig = atRest();
        rig.write("/d/other", 0, pattern(5, 10));
        int fd = rig.process.open("/d/other", OpenFlags.O_RDWR, 0);
        int before = rig.log.size();
        rig.process.fdatasync(fd);
        // The data and a flush.
        assertEquals(2, rig.log.size() - before);
        rig.process.fsync(fd);
        // The inode and a flush.
        assertEquals(4, rig.log.size() - before);
        rig.process.close(fd);
    }

    @Test
    void theCleanBitGoesWithTheFirstChangeAndComesBackAtTheEnd() {
        DiskImage image = Rig.format();
        Rig rig = new Rig(image);
        rig.process.stat("/");
        assertTrue(isMarkedClean(rig.disk.durableImage()));
        rig.process.mkdir("/d", 0755);
        assertFalse(isMarkedClean(rig.disk.durableImage()));
        rig.process.sync();
        assertFalse(isMarkedClean(rig.disk.durableImage()));
        assertTrue(isMarkedClean(rig.unmount()));
        assertEquals(rig.disk.image(), rig.disk.durableImage());
    }

    @Test
    void aMountThatOnlyReadsWritesNothing() {
        DiskImage image = Rig.format();
        Rig rig = new Rig(image);
        rig.process.stat("/lost+found");
        assertEquals(image, rig.unmount());
        assertEquals(0, rig.log.size());
    }

    @Test
    void anUncleanImageIsRecoveredByTheNextMount() {
        Rig rig = new Rig(Rig.format());
        rig.write("/kept", pattern(1, 2000));
        rig.fsync("/kept");
        rig.fsync("/");
        rig.write("/lost", pattern(2, 2000));
        Rig again = new Rig(rig.disk.durableImage());
        assertArrayEquals(pattern(1, 2000), again.read("/kept"));
        again.write("/more", pattern(3, 100));
        E2fsprogs.assertClean(again.unmount());
    }
}
