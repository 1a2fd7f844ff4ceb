package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A file on logfs that a process has mapped, and the power fails. */
final class MappedFilesTest {

    private static final int PAGE = 4096;
    private static final int BOTH = Protection.PROT_READ | Protection.PROT_WRITE;

    private static byte[] pages(int letter, int count) {
        byte[] bytes = new byte[count * PAGE];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    @Test
    void whatIsStoredIsNotDurableUntilMsync() {
        DiskImage[] left = new DiskImage[3];
        Choices choices = Choices.seeded(1);
        DiskImage empty = Rig.format(4 << 20, 1024, "segment=32K");
        Outcome outcome =
                Scheduler.run(choices, Strategy.randomWalk(choices.split("walk")), SchedulerOptions.usual(), world -> {
                    SimulatedDisk disk = SimulatedDisk.logged(world, new WriteLog(empty));
                    Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.QUIET);
                    kernel.mountRoot(new LogfsType(), disk, false, "");
                    Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
                    assertEquals(
                            0,
                            processes
                                    .run("main", self -> work(self, disk, left))
                                    .status());
                });
        Throwable failure = outcome.failure();
        assertNull(failure, () -> String.valueOf(failure));
        byte[] half = pages('a', 2);
        Arrays.fill(half, 0, PAGE, (byte) 'b');
        assertArrayEquals(pages('a', 2), contents(left[0]));
        assertArrayEquals(pages('a', 2), contents(left[1]));
        assertArrayEquals(half, contents(left[2]));
    }

    /** Leaves what a power cut leaves: after the store, after a request to write it, and when that has been waited for. */
    private static int work(UserProcess self, SimulatedDisk disk, DiskImage[] left) {
        int fd = self.open("/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
        self.write(fd, pages('a', 2), 0, 2 * PAGE);
        self.sync();
        long address = self.memory().mmap(0, 2 * PAGE, BOTH, Protection.MAP_SHARED, fd, 0);
        self.close(fd);
        self.memory().putBytes(address, pages('b', 2));
        left[0] = disk.durableImage();
        self.memory().msync(address, PAGE, Protection.MS_ASYNC);
        left[1] = disk.durableImage();
        self.memory().msync(address, PAGE, Protection.MS_SYNC);
        left[2] = disk.powerCut(CrashModel.REORDER, Choices.seeded(2)).image();
        return 0;
    }

    private static byte[] contents(DiskImage crash) {
        return Rig.mount(Rig.recover(crash), "").read("/f");
    }
}
