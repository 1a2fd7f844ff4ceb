package dev.powercut.targets.ext.fs;

import static dev.powercut.targets.ext.fs.Rig.pattern;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.OpenFlags;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the bytes of an image are, calls succeed or fail with an errno: no exception of Java, no hang. */
class HostileImageTest {

    private static final int MOST_REQUESTS = 300_000;
    private static final List<DiskImage> BASES = bases();

    private static List<DiskImage> bases() {
        List<DiskImage> bases = new ArrayList<>();
        for (DiskImage format : List.of(
                Rig.format(Rig.MIB, options -> options),
                Rig.format(Rig.MIB, options -> options.withBlockSize(4096).withInodeSize(256)))) {
            Rig rig = new Rig(format);
            rig.process.mkdir("/d", 0755);
            rig.process.mkdir("/d/e", 0755);
            rig.write("/d/file", pattern(1, 3000));
            rig.write("/d/indirect", pattern(2, 60_000));
            rig.write("/sparse", 5_000_000, pattern(3, 2000));
            rig.process.symlink("d/file", "/short");
            rig.process.symlink("y".repeat(100), "/long");
            rig.process.link("/d/file", "/d/e/linked");
            for (int i = 0; i < 30; i++) {
                rig.write("/d/e/some-name-that-is-long-" + i, pattern(i, 10));
            }
            bases.add(rig.unmount());
        }
        return bases;
    }

    /** Fails a device that is asked too often. */
    private record Limited(BlockDevice device, int[] left) implements BlockDevice {
        @Override
        public long sectorCount() {
            return device.sectorCount();
        }

        @Override
        public Completion submit(Request request) {
            if (left[0]-- == 0) {
                throw new IllegalStateException("more than " + MOST_REQUESTS + " requests");
            }
            return device.submit(request);
        }
    }

    @Property(tries = 400, seed = "1")
    void randomBytesOfUsedSectorsGiveErrnosOnly(@ForAll long seed) {
        Choices choices = Choices.seeded(seed);
        DiskImage base = BASES.get(choices.choose("base", BASES.size()));
        List<Long> used = new ArrayList<>();
        base.forEachNonZero((number, contents) -> used.add(number));
        DiskImage image = base;
        int count = choices.between("count", 1, 6);
        for (int i = 0; i < count; i++) {
            // The first sectors are metadata, the rest mostly data: prefer the former.
            int bound = choices.chance("anywhere", 1, 4) ? used.size() : Math.min(used.size(), 150);
            long number = used.get(choices.choose("sector", bound));
            byte[] bytes = new byte[Sector.BYTES];
            image.sector(number).copyTo(bytes, 0);
            mutate(bytes, choices);
            image = image.with(number, Sector.copyOf(bytes, 0));
        }
        use(image, choices.split("use"));
    }

    private static void mutate(byte[] bytes, Choices choices) {
        int at = choices.choose("word", Sector.BYTES / 4) * 4;
        switch (choices.choose("how", 5)) {
            case 0 -> bytes[choices.choose("byte", Sector.BYTES)] ^= (byte) (1 << choices.choose("bit", 8));
            case 1 -> putWord(bytes, at, choices.choose("small", 2000));
            case 2 -> putWord(bytes, at, -1 - choices.choose("negative", 3));
            case 3 -> putWord(bytes, at, choices.choose("any", Integer.MAX_VALUE));
            default -> {
                int to = choices.choose("to", Sector.BYTES / 4) * 4;
                int length = Math.min(choices.between("length", 4, 128), Sector.BYTES - Math.max(at, to));
                System.arraycopy(bytes.clone(), at, bytes, to, length);
            }
        }
    }

    private static void putWord(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Calls of all sorts; each may fail with an errno. */
    static void use(DiskImage image, Choices choices) {
        World world = World.withOneTask(choices);
        BlockDevice device = new Limited(SimulatedDisk.unlogged(world, image), new int[] {MOST_REQUESTS});
        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), new KernelOptions(16, 24, true));
        try {
            kernel.mountRoot(new Ext2Type(), device, false, "");
        } catch (MountException e) {
            assertTrue(
                    e.getMessage() != null && e.getMessage().contains(";"), "says what would help: " + e.getMessage());
            return;
        }
        Process process = kernel.process(0, 0);
        String[] paths = {
            "/",
            "/d",
            "/d/e",
            "/d/file",
            "/d/indirect",
            "/sparse",
            "/short",
            "/long",
            "/d/e/linked",
            "/lost+found",
            "/d/e/some-name-that-is-long-7",
            "/new",
            "/d/new",
            "/d/e/new",
            "/d/e/some-name-that-is-long-29"
        };
        for (int i = 0; i < 40; i++) {
            String one = paths[choices.choose("path", paths.length)];
            String other = paths[choices.choose("other", paths.length)];
            int what = choices.choose("call", 14);
            tolerant(() -> call(process, what, one, other, choices));
        }
        tolerant(() -> kernel.unmount("/"));
    }

    private static void tolerant(Runnable call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            assertTrue(e.getStackTrace().length == 0, "an errno is not a crash");
        }
    }

    private static void call(Process process, int what, String one, String other, Choices choices) {
        switch (what) {
            case 0 -> process.stat(one);
            case 1 -> process.readdir(process.open(one, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0));
            case 2 -> readAndWrite(process, one, choices);
            case 3 -> process.mkdir(one + "x", 0755);
            case 4 -> process.rmdir(one);
            case 5 -> process.unlink(one);
            case 6 -> process.rename(one, other);
            case 7 -> process.link(one, other);
            case 8 -> process.symlink("z".repeat(80), other);
            case 9 -> process.truncate(one, choices.choose("size", 100_000));
            case 10 -> process.readlink(one);
            case 11 -> process.sync();
            case 12 -> process.close(process.creat(other, 0644));
            default -> {
                int fd = process.open(one, OpenFlags.O_RDONLY, 0);
                process.fsync(fd);
                process.close(fd);
            }
        }
    }

    private static void readAndWrite(Process process, String path, Choices choices) {
        int fd = process.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT, 0644);
        byte[] buffer = new byte[10_000];
        tolerant(() -> process.read(fd, buffer, 0, buffer.length));
        tolerant(() -> process.pwrite(fd, buffer, 0, buffer.length, choices.choose("position", 200_000)));
        process.close(fd);
    }
}
