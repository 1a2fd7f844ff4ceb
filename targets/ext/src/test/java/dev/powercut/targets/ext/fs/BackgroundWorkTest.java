package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.block.RequestQueue;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FlusherLimits;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.MediumException;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the kernel writes and reads in the background, above a queue of requests: late errors, and read-ahead. */
final class BackgroundWorkTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int PAGE = 4096;

    /** A disk whose writes of data fail for as long as a test says, and that tells what is read. */
    private static final class Watched implements BlockDevice {
        private final BlockDevice sound;
        private final TreeSet<Long> read = new TreeSet<>();
        private boolean failsData;

        Watched(BlockDevice sound) {
            this.sound = sound;
        }

        @Override
        public long sectorCount() {
            return sound.sectorCount();
        }

        @Override
        public boolean mayFail() {
            return true;
        }

        @Override
        public Completion submit(Request request) {
            if (request instanceof Request.Read asked) {
                read.add(asked.sector());
            }
            return failsData
                            && request instanceof Request.Write write
                            && write.cause().kind().isFileData()
                    ? Completion.failed(new MediumException("cannot be written", write.sector()))
                    : sound.submit(request);
        }
    }

    private final Watched[] disk = new Watched[1];
    private final Kernel[] kernels = new Kernel[1];

    private DiskImage run(DiskImage image, boolean readsAhead, Program program) {
        SimulatedDisk[] below = new SimulatedDisk[1];
        Choices choices = Choices.zero();
        Outcome outcome = Scheduler.run(choices, Strategy.roundRobin(), SchedulerOptions.usual(), world -> {
            below[0] = SimulatedDisk.logged(world, new WriteLog(image));
            disk[0] = new Watched(below[0]);
            Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.QUIET);
            RequestQueue queue = new RequestQueue(world, disk[0], RequestQueue.Timing.DISK);
            kernels[0] = kernel;
            kernel.mountRoot(new Ext2Type(), queue, false, "");
            kernel.startWriteBack(new FlusherLimits(64, 128, SECOND, SECOND / 10), choices.split("flusher"));
            if (readsAhead) {
                kernel.startReadAhead();
            }
            Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
            assertEquals(0, processes.run("main", program).status());
            kernel.unmount("/");
        });
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw new AssertionError(failure);
        }
        assertEquals(List.of(), outcome.leaked());
        return below[0].image();
    }

    private static int create(UserProcess self, String path) {
        return self.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
    }

    private static void tellsOnce(UserProcess self, int fd) {
        assertEquals(
                Errno.EIO,
                assertThrows(ErrnoException.class, () -> self.fsync(fd)).errno());
        self.fsync(fd);
    }

    @Test
    void lateWriteErrorIsToldOnceToEachOpenDescriptionOfTheFileAndWriteBackGoesOn() {
        DiskImage left = run(Rig.format(), false, self -> {
            int first = create(self, "/a");
            int second = self.open("/a", OpenFlags.O_RDONLY, 0);
            int other = create(self, "/b");
            self.fsync(first);
            assertEquals(PAGE, self.write(first, Rig.pattern(1, PAGE), 0, PAGE));
            disk[0].failsData = true;
            self.signals().nanosleep(5 * SECOND);
            disk[0].failsData = false;

            self.fsync(other);
            tellsOnce(self, first);
            tellsOnce(self, second);
            int later = self.open("/a", OpenFlags.O_RDONLY, 0);
            self.fsync(later);

            assertEquals(PAGE, self.write(other, Rig.pattern(2, PAGE), 0, PAGE));
            self.signals().nanosleep(5 * SECOND);
            assertEquals(0, kernels[0].vfs().dirtyPages());
            return 0;
        });
        assertEquals(PAGE, new Rig(left).read("/b").length);
    }

    @Test
    void errorThatNobodyWasToldOfIsToldToWhoOpensTheFileAfter() {
        run(Rig.format(), false, self -> {
            int fd = create(self, "/a");
            assertEquals(PAGE, self.write(fd, Rig.pattern(1, PAGE), 0, PAGE));
            disk[0].failsData = true;
            self.signals().nanosleep(5 * SECOND);
            disk[0].failsData = false;
            self.close(fd);
            tellsOnce(self, self.open("/a", OpenFlags.O_RDONLY, 0));
            return 0;
        });
    }

    private static DiskImage withFile(BackgroundWorkTest test, int pages) {
        return test.run(Rig.format(), false, self -> {
            int fd = create(self, "/f");
            assertEquals(pages * PAGE, self.write(fd, Rig.pattern(1, pages * PAGE), 0, pages * PAGE));
            return 0;
        });
    }

    /** How many sectors have been asked for when a program has read some pages, and waited. */
    private int requestsAfter(DiskImage image, boolean readsAhead, long... pages) {
        int[] count = new int[1];
        run(image, readsAhead, self -> {
            int fd = self.open("/f", OpenFlags.O_RDONLY, 0);
            byte[] page = new byte[PAGE];
            self.pread(fd, page, 0, 0, 0);
            for (long index : pages) {
                assertEquals(PAGE, self.pread(fd, page, 0, PAGE, index * PAGE));
                assertEquals(Rig.pattern(1, 64 * PAGE)[(int) index * PAGE], page[0]);
                self.signals().nanosleep(SECOND);
            }
            count[0] = disk[0].read.size();
            return 0;
        });
        return count[0];
    }

    @Test
    void sequentialReaderFindsTheNextPagesReadAndTheWindowDoubles() {
        DiskImage image = withFile(this, 64);
        int without = requestsAfter(image, false, 0);
        assertTrue(requestsAfter(image, true, 0) > without);
        int four = requestsAfter(image, true, 0, 1);
        int more = requestsAfter(image, true, 0, 1, 2);
        assertTrue(more >= four);
        assertTrue(requestsAfter(image, true, 0, 1, 2, 3, 4, 5, 6, 7, 8) > more);
    }

    @Test
    void readerThatJumpsAboutGetsNothingReadAhead() {
        DiskImage image = withFile(this, 64);
        assertEquals(requestsAfter(image, false, 40, 20, 50, 7), requestsAfter(image, true, 40, 20, 50, 7));
    }
}
