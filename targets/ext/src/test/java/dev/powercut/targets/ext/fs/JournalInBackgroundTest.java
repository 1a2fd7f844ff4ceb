package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.block.RequestQueue;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal's own task, on a disk that takes its time. */
final class JournalInBackgroundTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int WRITERS = 3;
    private static final int FILES = 60;
    private static final int FILE_BYTES = 4000;

    private record Began(String what) implements LogEntry.Event {
        @Override
        public String text() {
            return what;
        }
    }

    private static DiskImage format() {
        return Rig.format(8 * Rig.MIB, options -> options.withJournal(1024));
    }

    private static WriteLog run(long seed, String mountOptions, Function<SimulatedDisk, Program> program) {
        Choices choices = Choices.seeded(seed);
        WriteLog log = new WriteLog(format());
        Outcome outcome =
                Scheduler.run(choices, Strategy.randomWalk(choices.split("walk")), SchedulerOptions.usual(), world -> {
                    SimulatedDisk disk = SimulatedDisk.logged(world, log);
                    RequestQueue queue = new RequestQueue(world, disk, RequestQueue.Timing.DISK);
                    Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.QUIET);
                    kernel.mountRoot(new Ext3Type(), queue, false, mountOptions);
                    Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
                    assertEquals(0, processes.run("main", program.apply(disk)).status());
                    kernel.unmount("/");
                });
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw new AssertionError("seed " + seed + ": " + failure, failure);
        }
        assertEquals(List.of(), outcome.leaked());
        assertEquals(List.of(), outcome.lockCycles());
        return log;
    }

    private static DiskImage last(WriteLog log) {
        DiskImage image = log.base();
        for (LogEntry entry : log.entries()) {
            image = WriteLog.apply(image, entry);
        }
        return image;
    }

    private static boolean isThere(DiskImage image, String path) {
        Rig rig = new Rig(image, KernelOptions.QUIET, Choices.zero(), new Ext3Type());
        try {
            return rig.process.stat(path).linkCount() > 0;
        } catch (ErrnoException e) {
            return false;
        }
    }

    @Test
    void whatNobodySyncsIsDurableWhenItIsFiveSecondsOld() {
        run(1, "nofua", disk -> self -> {
            self.mkdir("/early", 0755);
            self.signals().nanosleep(4 * SECOND);
            assertTrue(!isThere(disk.durableImage(), "/early"));
            self.mkdir("/late", 0755);
            self.signals().nanosleep(2 * SECOND);
            assertTrue(isThere(disk.durableImage(), "/early"));
            self.mkdir("/next", 0755);
            self.signals().nanosleep(3 * SECOND);
            assertTrue(!isThere(disk.durableImage(), "/next"));
            return 0;
        });
    }

    @Test
    void howOldATransactionGrowsIsAMountOption() {
        run(2, "nofua,commit=1", disk -> self -> {
            self.mkdir("/early", 0755);
            self.signals().nanosleep(2 * SECOND);
            assertTrue(isThere(disk.durableImage(), "/early"));
            return 0;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data=journal", "data=writeback"})
    void operationsGoOnWhileATransactionIsWrittenAndWaitWhenThereIsNoRoom(String mountOptions) {
        int goneOn = 0;
        for (int seed = 1; seed <= 3; seed++) {
            WriteLog log = run(seed, mountOptions, disk -> self -> writers(self, disk));
            goneOn += begunWithinCommits(log);
            DiskImage left = last(log);
            E2fsprogs.assertClean(left);
            Rig after = new Rig(left, KernelOptions.QUIET, Choices.zero(), new Ext3Type());
            for (int writer = 0; writer < WRITERS; writer++) {
                for (int file = 0; file < FILES; file++) {
                    assertArrayEquals(Rig.pattern(writer + file, FILE_BYTES), after.read("/d" + writer + "/f" + file));
                }
            }
        }
        assertTrue(goneOn > 10, goneOn + " operations began while a transaction was written");
    }

    private static int writers(UserProcess self, SimulatedDisk disk) {
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            self.fork("writer" + i, child -> {
                child.mkdir("/d" + writer, 0755);
                for (int file = 0; file < FILES; file++) {
                    disk.mark(new Began(writer + " " + file));
                    int fd = child.open("/d" + writer + "/f" + file, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
                    byte[] bytes = Rig.pattern(writer + file, FILE_BYTES);
                    assertEquals(bytes.length, child.write(fd, bytes, 0, bytes.length));
                    if (writer == 0 && file % 4 == 0) {
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

    /** How many operations began between the first write of a transaction to the log and its commit record. */
    private static int begunWithinCommits(WriteLog log) {
        int begun = 0;
        int within = -1;
        for (int i = 0; i < log.size(); i++) {
            LogEntry entry = log.get(i);
            if (entry instanceof LogEntry.Mark && within >= 0) {
                within++;
            } else if (entry instanceof LogEntry.Write write) {
                if (write.cause().kind().equals(BlockRole.JOURNAL_DESCRIPTOR.kind()) && within < 0) {
                    within = 0;
                } else if (write.cause().kind().equals(BlockRole.JOURNAL_COMMIT.kind())) {
                    begun += Math.max(0, within);
                    within = -1;
                }
            }
        }
        return begun;
    }
}
