package dev.powercut.check.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.explore.StepLimitedDevice;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;

/** Mounts any image and makes calls of all sorts on it; each may fail with an errno, and with nothing else. */
public final class RoughUse {

    /** As creat(2), but a FIFO that nobody reads does not make the only task wait. */
    private static final int WRITE_ANEW =
            OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_NONBLOCK;

    /** More than any honest volume of a few MiB needs. */
    private static final long MOST_STEPS = 1_000_000;

    private static final int MANY_CALLS = 40;

    private final Process process;
    private final Choices choices;
    private final List<String> paths = new ArrayList<>(List.of("/", "/new"));

    private RoughUse(Process process, Choices choices) {
        this.process = process;
        this.choices = choices;
    }

    public static void of(FileSystemType type, DiskImage image, Choices choices) {
        of(type, image, choices, MANY_CALLS);
    }

    /** Makes so many calls, after a look at a few files more than half as many. */
    public static void of(FileSystemType type, DiskImage image, Choices choices, int calls) {
        World world = World.withOneTask(choices);
        BlockDevice device = new StepLimitedDevice(SimulatedDisk.unlogged(world, image), MOST_STEPS);
        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), new KernelOptions(16, 24, true));
        try {
            kernel.mountRoot(type, device, false, "");
        } catch (MountException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(";"), "says what would help: " + e.getMessage());
            return;
        }
        RoughUse use = new RoughUse(kernel.process(0, 0), choices);
        int mostPaths = 8 + calls / 2;
        for (int i = 0; i < use.paths.size() && use.paths.size() < mostPaths; i++) {
            use.explore(use.paths.get(i), mostPaths);
        }
        for (int i = 0; i < calls; i++) {
            use.tolerant(use::call);
        }
        use.tolerant(() -> kernel.unmount("/"));
    }

    private void tolerant(Runnable call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            assertEquals(0, e.getStackTrace().length);
        }
    }

    private void explore(String path, int mostPaths) {
        tolerant(() -> {
            int fd = process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
            for (DirectoryEntry entry : process.readdir(fd)) {
                if (paths.size() < mostPaths && !entry.name().startsWith(".")) {
                    paths.add((path.equals("/") ? "" : path) + "/" + entry.name());
                }
            }
            process.close(fd);
        });
    }

    private void call() {
        String one = paths.get(choices.choose("path", paths.size()));
        String other = paths.get(choices.choose("other", paths.size()));
        switch (choices.choose("call", 14)) {
            case 0 -> process.stat(one);
            case 1 -> process.readdir(process.open(one, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0));
            case 2 -> readAndWrite(one);
            case 3 -> process.mkdir(one + "x", 0755);
            case 4 -> process.rmdir(one);
            case 5 -> process.unlink(one);
            case 6 -> process.rename(one, other);
            case 7 -> process.link(one, other + "y");
            case 8 -> process.symlink("z".repeat(80), other + "z");
            case 9 -> process.truncate(one, choices.choose("size", 100_000));
            case 10 -> process.readlink(one);
            case 11 -> process.sync();
            case 12 -> process.close(process.open(other, WRITE_ANEW, 0644));
            default -> {
                int fd = process.open(one, OpenFlags.O_RDONLY | OpenFlags.O_NONBLOCK, 0);
                process.fsync(fd);
                process.close(fd);
            }
        }
    }

    private void readAndWrite(String path) {
        int fd = process.open(path, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_NONBLOCK, 0644);
        byte[] buffer = new byte[10_000];
        tolerant(() -> process.read(fd, buffer, 0, buffer.length));
        tolerant(() -> process.pwrite(fd, buffer, 0, buffer.length, choices.choose("position", 200_000)));
        process.close(fd);
    }
}
