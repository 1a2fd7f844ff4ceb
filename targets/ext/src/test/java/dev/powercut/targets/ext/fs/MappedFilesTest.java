package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.Program;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.process.WaitResult;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystemType;
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
import dev.powercut.targets.ext.redo.Ext3Type;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that processes have mapped, on a filesystem with a disk. */
@ParameterizedClass
@EnumSource
final class MappedFilesTest {

    private static final int PAGE = 4096;
    private static final int BOTH = Protection.PROT_READ | Protection.PROT_WRITE;

    /** Where the files are, and which letters a crash may leave of two pages that were overwritten at once, and sometimes does. */
    enum Volume {
        EXT2(new Ext2Type(), "", List.of("aa", "ab", "ba", "bb")) {
            @Override
            DiskImage format() {
                return Rig.format();
            }
        },
        /** Data goes to its place before the commit, and neighbours go in one request. */
        EXT3(new Ext3Type(), "nofua", List.of("aa", "bb")),
        /** Both pages are in one transaction. */
        EXT3_WITH_DATA_IN_THE_JOURNAL(new Ext3Type(), "nofua,data=journal", List.of("aa", "bb"));

        private final FileSystemType type;
        private final String mountOptions;
        private final List<String> kept;

        Volume(FileSystemType type, String mountOptions, List<String> kept) {
            this.type = type;
            this.mountOptions = mountOptions;
            this.kept = kept;
        }

        DiskImage format() {
            return Rig.format(8 * Rig.MIB, options -> options.withJournal(1024));
        }
    }

    private final Volume volume;

    MappedFilesTest(Volume volume) {
        this.volume = volume;
    }

    /** A disk and what came of a program on it. */
    private record Ran(SimulatedDisk disk, WaitResult end) {}

    /** Runs a program that is given its process and its disk; the machine stays as it is when the program ends. */
    private Ran run(DiskImage image, KernelOptions options, Choices choices, Function<SimulatedDisk, Program> made) {
        Ran[] ran = new Ran[1];
        Outcome outcome =
                Scheduler.run(choices, Strategy.randomWalk(choices.split("walk")), SchedulerOptions.usual(), world -> {
                    SimulatedDisk disk = SimulatedDisk.logged(world, new WriteLog(image));
                    Kernel kernel = new Kernel(world, 0, choices.split("kernel"), options);
                    kernel.mountRoot(volume.type, disk, false, volume.mountOptions);
                    Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
                    ran[0] = new Ran(disk, processes.run("main", made.apply(disk)));
                });
        Throwable failure = outcome.failure();
        if (failure != null) {
            throw new AssertionError(failure.toString(), failure);
        }
        return ran[0];
    }

    private static byte[] pages(int letter, int count) {
        byte[] bytes = new byte[count * PAGE];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    /** A durable file of so many pages of one letter, mapped. */
    private static long mapped(UserProcess self, int letter, int count) {
        int fd = self.open("/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
        assertEquals(count * PAGE, self.write(fd, pages(letter, count), 0, count * PAGE));
        self.fsync(fd);
        self.sync();
        long address = self.memory().mmap(0, count * PAGE, BOTH, Protection.MAP_SHARED, fd, 0);
        self.close(fd);
        return address;
    }

    private byte[] contents(DiskImage image) {
        return new Rig(image, KernelOptions.QUIET, Choices.zero(), volume.type).read("/f");
    }

    @Test
    void whatIsStoredIsNotDurableUntilMsync() {
        DiskImage image = volume.format();
        Ran ran = run(image, KernelOptions.QUIET, Choices.seeded(1), disk -> self -> {
            long address = mapped(self, 'a', 2);
            self.memory().putBytes(address, pages('b', 2));
            assertArrayEquals(pages('a', 2), contents(disk.image()));
            self.memory().msync(address, PAGE, Protection.MS_ASYNC);
            assertArrayEquals(pages('a', 2), contents(disk.image()));
            self.memory().msync(address, PAGE, Protection.MS_SYNC);
            byte[] half = pages('a', 2);
            Arrays.fill(half, 0, PAGE, (byte) 'b');
            assertArrayEquals(half, contents(disk.durableImage()));
            return 0;
        });
        assertEquals(0, ran.end.status());
        byte[] half = pages('a', 2);
        Arrays.fill(half, 0, PAGE, (byte) 'b');
        assertArrayEquals(half, contents(ran.disk.durableImage()));
    }

    @Test
    void fsyncOfAnyDescriptorMakesWhatIsStoredDurable() {
        Ran ran = run(volume.format(), KernelOptions.QUIET, Choices.seeded(2), disk -> self -> {
            long address = mapped(self, 'a', 2);
            self.fork(child -> {
                child.memory().putBytes(address + PAGE, pages('c', 1));
                return 0;
            });
            self.waitAny();
            int fd = self.open("/f", OpenFlags.O_RDONLY, 0);
            self.fsync(fd);
            return 0;
        });
        byte[] expected = pages('a', 2);
        Arrays.fill(expected, PAGE, 2 * PAGE, (byte) 'c');
        assertArrayEquals(expected, contents(ran.disk.durableImage()));
    }

    @Test
    void aPowerCutKeepsAnyPartOfWhatWriteBackWasAt() {
        TreeSet<String> seen = new TreeSet<>();
        DiskImage image = volume.format();
        for (int seed = 0; seed < 40; seed++) {
            Choices choices = Choices.seeded(seed);
            run(image, KernelOptions.DEFAULT, choices, disk -> self -> {
                long address = mapped(self, 'a', 2);
                for (int i = 0; i < 2; i++) {
                    self.memory().putBytes(address + i * PAGE, pages('b', 1));
                }
                for (int i = 0; i < 8; i++) {
                    // A moment at which the kernel may write back.
                    self.umask(0);
                    DiskImage left = disk.powerCut(CrashModel.REORDER, choices.split("cut", i))
                            .image();
                    byte[] found = contents(left);
                    seen.add((char) found[0] + "" + (char) found[PAGE]);
                }
                return 0;
            });
        }
        assertEquals(new TreeSet<>(volume.kept), seen);
    }

    @Test
    void aHoleThatCanHaveNoSpaceGivesSigbus() {
        Ran ran = run(volume.format(), KernelOptions.QUIET, Choices.seeded(3), disk -> self -> {
            int fd = self.open("/f", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            self.ftruncate(fd, 4 * PAGE);
            long address = self.memory().mmap(0, 4 * PAGE, BOTH, Protection.MAP_SHARED, fd, 0);
            self.memory().putByte(address, 1);
            int filler = self.open("/filler", OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
            try {
                while (true) {
                    self.write(filler, pages('x', 16), 0, 16 * PAGE);
                }
            } catch (ErrnoException full) {
                assertEquals(28, full.errno().number());
            }
            self.memory().putByte(address + 1, 2);
            assertEquals(0, self.memory().getByte(address + PAGE));
            self.memory().putByte(address + PAGE, 3);
            return 0;
        });
        assertEquals(Signal.SIGBUS, ran.end.termSignal());
    }
}
