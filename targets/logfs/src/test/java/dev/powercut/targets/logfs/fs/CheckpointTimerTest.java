package dev.powercut.targets.logfs.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.block.RequestQueue;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FlusherLimits;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.DeadlockException;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.MediumException;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import dev.powercut.targets.logfs.reader.SecondReader;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With tasks in the background, a checkpoint comes by itself 30 s of virtual time after the last one, if there is anything new. */
class CheckpointTimerTest {

    private static final long SECOND = 1_000_000_000L;

    /** A device that cannot be written to when it is told so. */
    private static final class Failing implements BlockDevice {
        private final BlockDevice sound;
        private boolean failsWrites;

        Failing(BlockDevice sound) {
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
            return failsWrites && request instanceof Request.Write write
                    ? Completion.failed(new MediumException("cannot be written", write.sector()))
                    : sound.submit(request);
        }
    }

    /** A machine whose tasks take turns; what it does between system calls does not go through the kernel. */
    private record Machine(
            World world, Kernel kernel, Process process, SimulatedDisk disk, Failing device, WriteLog log) {

        /** Without a system call: nothing but time goes by. */
        void idle(long nanos) {
            world.runner().sleepUntil(world.clock().nowNanos() + nanos);
        }

        void mkdir(String path) {
            process.mkdir(path, 0755);
        }

        int checkpoints() {
            int count = 0;
            for (LogEntry entry : log.entries()) {
                boolean isRegion = entry instanceof LogEntry.Write write
                        && write.cause().kind().equals(Sites.CHECKPOINT);
                count += isRegion ? 1 : 0;
            }
            return count;
        }

        boolean isDurable(String path) {
            Rig rig = Rig.mount(disk.durableImage(), "");
            try {
                return rig.process.stat(path).linkCount() > 0;
            } catch (ErrnoException e) {
                return false;
            }
        }
    }

    private static Outcome outcome(long seed, DiskImage image, String options, Consumer<Machine> body) {
        Choices choices = Choices.seeded(seed);
        Strategy strategy = seed == 0 ? Strategy.firstCome() : Strategy.randomWalk(choices.split("walk"));
        return Scheduler.run(choices, strategy, SchedulerOptions.usual(), world -> {
            WriteLog log = new WriteLog(image);
            SimulatedDisk disk = SimulatedDisk.logged(world, log);
            Failing device = new Failing(new RequestQueue(world, disk, RequestQueue.Timing.DISK));
            Kernel kernel = new Kernel(world, 0, choices.split("kernel"), new KernelOptions(16, 64, false));
            kernel.mountRoot(new LogfsType(), device, false, options);
            body.accept(new Machine(world, kernel, kernel.process(0, 0), disk, device, log));
        });
    }

    /** Runs under a schedule, 0 for the dull one, and unmounts. */
    private static Outcome run(long seed, DiskImage image, String options, Consumer<Machine> body) {
        SimulatedDisk[] left = new SimulatedDisk[1];
        Outcome outcome = outcome(seed, image, options, machine -> {
            left[0] = machine.disk;
            body.accept(machine);
            machine.kernel.unmount("/");
        });
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw new AssertionError("seed " + seed + ": " + failure, failure);
        }
        assertEquals(List.of(), outcome.leaked(), "seed " + seed);
        assertEquals(List.of(), outcome.lockCycles(), "seed " + seed);
        assertEquals(left[0].durableImage(), left[0].image());
        Rig.assertClean(left[0].image());
        assertEquals(0, SecondReader.groupsBehindCheckpoint(left[0].image()));
        return outcome;
    }

    private static DiskImage volume() {
        return Rig.format(4 << 20, 1024, "segment=32K");
    }

    @Test
    void whatNobodySyncsIsDurableThirtySecondsAfterTheLastCheckpointWithoutAFurtherCall() {
        for (long seed = 0; seed < 5; seed++) {
            run(seed, volume(), "", machine -> {
                machine.mkdir("/early");
                machine.idle(29 * SECOND);
                assertFalse(machine.isDurable("/early"));
                machine.idle(2 * SECOND);
                assertTrue(machine.isDurable("/early"));
                assertEquals(0, SecondReader.groupsBehindCheckpoint(machine.disk.durableImage()));
                machine.mkdir("/late");
                machine.idle(28 * SECOND);
                assertFalse(machine.isDurable("/late"));
                machine.idle(2 * SECOND);
                assertTrue(machine.isDurable("/late"));
            });
        }
    }

    @Test
    void contentsThatWriteBackHandsOverAreDurableAnIntervalLater() {
        byte[] bytes = new byte[5000];
        bytes[4999] = 7;
        run(0, volume(), "", machine -> {
            machine.kernel.startWriteBack(FlusherLimits.DEFAULT, Choices.zero());
            int fd = machine.process.open("/a", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            machine.process.write(fd, bytes, 0, bytes.length);
            machine.idle(67 * SECOND);
            assertArrayEquals(bytes, Rig.mount(machine.disk.durableImage(), "").read("/a"));
            machine.process.close(fd);
        });
    }

    /** Names removed while open, files without a name, holes that are known: nothing of that is a reason to write again and again. */
    @ParameterizedTest
    @CsvSource({
        "512, 8K, 0, ''",
        "512, 8K, 95, ''",
        "512, 8K, 95, cleaner=cost-benefit",
        "512, 8K, 95, cleaner=thread",
        "4096, 32K, 0, discard",
        "4096, 32K, 0, cleaner=thread"
    })
    void anIdleWorldWritesOneCheckpointAndNoMore(int kib, String segment, int used, String options) {
        DiskImage image = Rig.format((long) kib << 10, 1024, "segment=" + segment + ",used=" + used);
        run(0, image, options, machine -> {
            int fd = machine.process.open("/gone", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            machine.process.write(fd, new byte[4000], 0, 4000);
            machine.process.fsync(fd);
            machine.process.unlink("/gone");
            machine.mkdir("/new");
            int before = machine.checkpoints();
            machine.idle(31 * SECOND);
            assertEquals(before + 1, machine.checkpoints());
            int entries = machine.log.size();
            machine.idle(7200 * SECOND);
            assertEquals(entries, machine.log.size(), "nothing is written while nothing is changed");
            machine.process.close(fd);
            machine.idle(31 * SECOND);
            assertEquals(before + 2, machine.checkpoints());
        });
    }

    @Test
    void nothingNewWritesNothing() {
        run(0, volume(), "", machine -> {
            machine.idle(100 * SECOND);
            assertThrows(ErrnoException.class, () -> machine.process.stat("/none"));
            machine.idle(100 * SECOND);
            assertEquals(0, machine.log.size());
        });
    }

    /** Unmounted before the interval is over, when it is just over, and while the checkpoint is on its way. */
    @Test
    void unmountEndsItWheneverItComesAndTheSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 40; seed++) {
            long idle = 29 * SECOND + seed % 4 * SECOND / 2 + seed * 100_000;
            Consumer<Machine> body = machine -> {
                for (int i = 0; i < 20; i++) {
                    machine.mkdir("/d" + i);
                }
                machine.idle(idle);
            };
            long first = run(seed, volume(), "", body).world().trace().hash();
            assertEquals(first, run(seed, volume(), "", body).world().trace().hash(), "seed " + seed);
        }
    }

    @Test
    void othersGoOnWhileItWaitsAndASyncPutsItOff() {
        run(0, volume(), "", machine -> {
            machine.mkdir("/a");
            machine.idle(20 * SECOND);
            machine.process.sync();
            int before = machine.checkpoints();
            machine.mkdir("/b");
            machine.idle(20 * SECOND);
            assertEquals(before, machine.checkpoints(), "20 s after the sync");
            machine.idle(11 * SECOND);
            assertEquals(before + 1, machine.checkpoints());
            assertTrue(machine.isDurable("/b"));
        });
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsToldToTheNextFsync() {
        Outcome outcome = outcome(0, volume(), "", machine -> {
            int fd = machine.process.open("/a", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            machine.process.fsync(fd);
            machine.mkdir("/b");
            machine.device.failsWrites = true;
            machine.idle(31 * SECOND);
            machine.device.failsWrites = false;
            assertTrue(machine.kernel.hasUntoldErrors());
            ErrnoException told = assertThrows(ErrnoException.class, () -> machine.process.fsync(fd));
            assertEquals(Errno.EIO, told.errno());
            machine.process.fsync(fd);
            machine.process.close(fd);
            machine.kernel.unmount("/");
        });
        assertNull(outcome.failure());
        assertEquals(List.of(), outcome.leaked());
    }

    @Test
    void aDeadlockIsStillSeen() {
        Outcome outcome = outcome(0, volume(), "", machine -> {
            machine.mkdir("/a");
            machine.world.runner().block(new WaitQueue("what never comes"));
        });
        assertInstanceOf(DeadlockException.class, outcome.failure());
    }
}
