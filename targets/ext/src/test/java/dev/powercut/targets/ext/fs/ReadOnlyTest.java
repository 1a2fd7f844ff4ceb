package dev.powercut.targets.ext.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.AtFlags;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadOnlyTest {

    private static final int CREATE = OpenFlags.O_CREAT | OpenFlags.O_WRONLY;

    static Stream<Arguments> calls() {
        return Stream.of(
                call("open to write", Errno.EROFS, p -> p.open("/f", OpenFlags.O_WRONLY, 0)),
                call("open with O_TRUNC", Errno.EROFS, p -> p.open("/f", OpenFlags.O_TRUNC, 0)),
                call("create", Errno.EROFS, p -> p.open("/new", CREATE, 0644)),
                call("create what is there", Errno.EEXIST, p -> p.open("/f", CREATE | OpenFlags.O_EXCL, 0644)),
                call("truncate", Errno.EROFS, p -> p.truncate("/f", 0)),
                call("mkdir", Errno.EROFS, p -> p.mkdir("/new", 0755)),
                call("mkdir what is there", Errno.EEXIST, p -> p.mkdir("/d", 0755)),
                call("mkfifo", Errno.EROFS, p -> p.mkfifo("/new", 0644)),
                call("symlink", Errno.EROFS, p -> p.symlink("x", "/new")),
                call("link", Errno.EROFS, p -> p.link("/f", "/new")),
                call("unlink", Errno.EROFS, p -> p.unlink("/f")),
                call("rmdir", Errno.EROFS, p -> p.rmdir("/d")),
                call("rename", Errno.EROFS, p -> p.rename("/f", "/new")),
                call("chmod", Errno.EROFS, p -> p.chmod("/f", 0600)),
                call("chown", Errno.EROFS, p -> p.chown("/f", 1, 1)),
                call("utimens", Errno.EROFS, p -> p.utimens("/f", 1, 1)),
                call("access to write", Errno.EROFS, p -> p.access("/f", 2)),
                call(
                        "access to write, effective",
                        Errno.EROFS,
                        p -> p.faccessat(AtFlags.AT_FDCWD, "/d", 2, AtFlags.AT_EACCESS)),
                call("rename what is not there", Errno.EROFS, p -> p.rename("/missing", "/new")));
    }

    private static Arguments call(String name, Errno errno, Consumer<Process> call) {
        return arguments(name, errno, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void aReadOnlyMountTakesNoChange(String name, Errno errno, Consumer<Process> call) {
        Rig rig = new Rig(Rig.format());
        rig.write("/f", new byte[] {1, 2, 3});
        rig.process.mkdir("/d", 0755);
        rig.process.mkfifo("/p", 0644);
        DiskImage image = rig.unmount();
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, image);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext2Type(), disk, true, "");
        Process process = kernel.process(0, 0);
        assertEquals(errno, Rig.errnoOf(() -> call.accept(process)));
        int fd = process.open("/f", OpenFlags.O_RDONLY, 0);
        assertEquals(3, process.read(fd, new byte[9], 0, 9));
        process.fsync(fd);
        process.close(fd);
        int fifo = process.open("/p", OpenFlags.O_RDWR, 0);
        assertEquals(1, process.write(fifo, new byte[1], 0, 1));
        process.close(fifo);
        kernel.unmount("/");
        assertEquals(image.hash(), disk.image().hash());
    }
}
