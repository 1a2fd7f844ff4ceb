package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.Inode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.mkfs.DeviceTooSmallException;
import dev.powercut.targets.ext.mkfs.Mkfs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A machine with a mounted ext2 filesystem and a process of the super-user. */
final class Rig {

    static final int MIB = 1 << 20;

    final WriteLog log;
    final SimulatedDisk disk;
    final Kernel kernel;
    final Process process;
    final FileSystem fileSystem;

    Rig(DiskImage image) {
        this(image, KernelOptions.QUIET, Choices.zero(), new Ext2Type());
    }

    Rig(DiskImage image, KernelOptions options, Choices choices, FileSystemType type) {
        this(image, options, choices, type, "");
    }

    Rig(DiskImage image, KernelOptions options, Choices choices, FileSystemType type, String mountOptions) {
        World world = World.withOneTask(choices);
        log = new WriteLog(image);
        disk = SimulatedDisk.logged(world, log);
        kernel = new Kernel(world, 0, choices.split("kernel"), options);
        fileSystem = kernel.mountRoot(type, disk, false, mountOptions);
        process = kernel.process(0, 0);
        process.umask(0);
    }

    static DiskImage format(long bytes, UnaryOperator<MkfsOptions> change) {
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(bytes / Sector.BYTES));
        try {
            Mkfs.format(disk, change.apply(MkfsOptions.defaults().withDeviceIsZero(true)));
        } catch (DeviceTooSmallException e) {
            throw new IllegalArgumentException(e);
        }
        return disk.image();
    }

    static DiskImage format() {
        return format(8 * MIB, options -> options);
    }

    /** All block and inode sizes. */
    static List<DiskImage> formats() {
        List<DiskImage> images = new ArrayList<>();
        for (int blockSize : new int[] {1024, 2048, 4096}) {
            for (int inodeSize : new int[] {128, 256}) {
                images.add(format(
                        8 * MIB, options -> options.withBlockSize(blockSize).withInodeSize(inodeSize)));
            }
        }
        return images;
    }

    /** Unmounts and gives the image. */
    DiskImage unmount() {
        kernel.unmount("/");
        return disk.image();
    }

    void write(String path, byte[] contents) {
        write(path, 0, contents);
    }

    void write(String path, long position, byte[] contents) {
        int fd = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
        try {
            assertEquals(contents.length, process.pwrite(fd, contents, 0, contents.length, position));
        } finally {
            process.close(fd);
        }
    }

    byte[] read(String path) {
        return read(path, 0, (int) process.stat(path).sizeBytes());
    }

    byte[] read(String path, long position, int count) {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        byte[] buffer = new byte[count];
        int done = 0;
        while (done < count) {
            int read = process.pread(fd, buffer, done, count - done, position + done);
            if (read == 0) {
                break;
            }
            done += read;
        }
        process.close(fd);
        return Arrays.copyOf(buffer, done);
    }

    /** The filesystem's inode of a name in the root. */
    Inode inode(String name) {
        return Objects.requireNonNull(fileSystem.lookup(fileSystem.root(), name));
    }

    void fsync(String path) {
        int fd = process.open(path, OpenFlags.O_RDONLY, 0);
        process.fsync(fd);
        process.close(fd);
    }

    /** Bytes that tell where they belong. */
    static byte[] pattern(int seed, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed * 31 + i * 7 + i / 251 + 1);
        }
        return bytes;
    }

    static Errno errnoOf(Runnable call) {
        try {
            call.run();
        } catch (ErrnoException e) {
            return e.errno();
        }
        throw new AssertionError("the call did not fail");
    }
}
