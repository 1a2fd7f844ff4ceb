package dev.powercut.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** A kernel with a {@link MemoryFileSystem} at the root, a process of the super-user, and the moves that tests make all the time. */
public final class Sandbox {

    public final World world;
    public final Kernel kernel;
    public final MemoryFileSystem fileSystem;
    public final Process root;

    public Sandbox() {
        this(new KernelOptions(64, 64, false), Choices.zero(), 1000, "");
    }

    public Sandbox(KernelOptions options, Choices choices, long blockCount, String mountOptions) {
        world = World.withOneTask(choices);
        kernel = new Kernel(world, 0, choices.split("kernel"), options);
        fileSystem =
                (MemoryFileSystem) kernel.mountRoot(new MemoryFileSystem.Type(blockCount), disk(), false, mountOptions);
        root = kernel.process(0, 0);
    }

    /** A device to mount on; the filesystem in memory does not look at it. */
    public SimulatedDisk disk() {
        return SimulatedDisk.unlogged(world, DiskImage.blank(1));
    }

    public void write(String path, String text) {
        int fd = root.creat(path, 0x1A4);
        writeAll(root, fd, text);
        root.close(fd);
    }

    public static void writeAll(Process process, int fd, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(bytes.length, process.write(fd, bytes, 0, bytes.length));
    }

    public String read(String path) {
        int fd = root.open(path, OpenFlags.O_RDONLY, 0);
        try {
            return readAll(root, fd);
        } finally {
            root.close(fd);
        }
    }

    public static String readAll(Process process, int fd) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[1000];
        for (int count = process.read(fd, buffer, 0, 1000); count > 0; count = process.read(fd, buffer, 0, 1000)) {
            text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** Names in a directory, without {@code .} and {@code ..}. */
    public List<String> list(String path) {
        int fd = root.open(path, OpenFlags.O_DIRECTORY, 0);
        List<String> names = new ArrayList<>();
        for (DirectoryEntry entry : root.readdir(fd)) {
            if (!entry.name().equals(".") && !entry.name().equals("..")) {
                names.add(entry.name());
            }
        }
        root.close(fd);
        return names;
    }

    public static void assertFails(Errno errno, Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }
}
