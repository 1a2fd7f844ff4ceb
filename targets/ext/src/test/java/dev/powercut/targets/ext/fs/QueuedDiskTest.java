package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.block.RequestQueue;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.FlusherLimits;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import dev.powercut.targets.ext.E2fsprogs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several processes on a filesystem above a queue of requests, with write-back in the background. */
final class QueuedDiskTest {

    private static final int WRITERS = 3;
    private static final int FILES = 4;

    @Test
    void whatSeveralProcessesWriteThroughAQueueIsThereAndSound() {
        for (int seed = 1; seed <= 8; seed++) {
            Choices choices = Choices.seeded(seed);
            SimulatedDisk[] disk = new SimulatedDisk[1];
            RequestQueue[] queue = new RequestQueue[1];
            Outcome outcome = Scheduler.run(
                    choices, Strategy.randomWalk(choices.split("walk")), SchedulerOptions.usual(), world -> {
                        disk[0] = SimulatedDisk.logged(world, new WriteLog(Rig.format()));
                        queue[0] = new RequestQueue(world, disk[0], RequestQueue.Timing.DISK);
                        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.DEFAULT);
                        kernel.mountRoot(new Ext2Type(), queue[0], false, "");
                        kernel.startWriteBack(
                                new FlusherLimits(8, 24, 1_000_000_000L, 100_000_000L), choices.split("flusher"));
                        Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
                        assertEquals(
                                0,
                                processes.run("main", QueuedDiskTest::writers).status());
                        kernel.unmount("/");
                    });
            Throwable failure = outcome.failure();
            if (failure != null) {
                throw new AssertionError("seed " + seed + ": " + failure, failure);
            }
            assertEquals(List.of(), outcome.leaked());
            assertEquals(0, queue[0].depth());
            assertTrue(queue[0].completed() > 50);
            E2fsprogs.assertClean(disk[0].image());
            Rig after = new Rig(disk[0].image());
            for (int writer = 0; writer < WRITERS; writer++) {
                for (int file = 0; file < FILES; file++) {
                    assertArrayEquals(Rig.pattern(writer + file, 9000), after.read("/d" + writer + "/f" + file));
                }
            }
        }
    }

    private static int writers(UserProcess self) {
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            self.fork("writer" + i, child -> {
                child.mkdir("/d" + writer, 0755);
                for (int file = 0; file < FILES; file++) {
                    int fd = child.open("/d" + writer + "/f" + file, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
                    byte[] bytes = Rig.pattern(writer + file, 9000);
                    assertEquals(bytes.length, child.write(fd, bytes, 0, bytes.length));
                    if (file % 2 == 0) {
                        child.fsync(fd);
                    }
                    child.close(fd);
                }
                return 0;
            });
        }
        for (int i = 0; i < WRITERS; i++) {
            assertEquals(0, self.waitAny().status());
        }
        return 0;
    }
}
