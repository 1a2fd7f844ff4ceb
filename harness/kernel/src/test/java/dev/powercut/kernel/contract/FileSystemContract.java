package dev.powercut.kernel.contract;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.Process;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each filesystem under the simulated kernel must do: inherit this in a test class and say how to mount a fresh one.
 *
 * <pre>
 * class MyFileSystemContractTest extends FileSystemContract {
 *     &#64;Override
 *     protected Kernel mounted(World world) {
 *         Kernel kernel = new Kernel(world, 0, world.choices(), KernelOptions.QUIET);
 *         kernel.mountRoot(new MyType(), freshDisk(world), false, "");
 *         return kernel;
 *     }
 * }
 * </pre>
 *
 * <p>It needs room for some 2 MiB and some 200 files. The same cases are played on the real kernel, which is what makes them right.
 */
public abstract class FileSystemContract extends PosixContract {

    private static final long TICK_NANOS = 2_000_000_000L;

    /** A kernel with a fresh filesystem mounted as its root. */
    protected abstract Kernel mounted(World world);

    /** Called after each case, when all processes have ended: the place to unmount and to check the image. */
    protected void afterCase(Kernel kernel) {
        kernel.unmount("/");
    }

    @Override
    protected final Stage stage() {
        return new Simulated();
    }

    private final class Simulated implements Stage {

        private final World world = World.withOneTask(Choices.zero());
        private final Kernel kernel = mounted(world);
        private final Map<String, Process> processes = new LinkedHashMap<>();

        Simulated() {
            Process root = kernel.process(0, 0);
            root.mkdir("/w", 0777);
            root.chmod("/w", 0777);
            root.exit();
        }

        @Override
        public PosixCalls user(int uid, int gid, int... groups) {
            return new ProcessCalls(processes.computeIfAbsent(uid + " " + gid + Arrays.toString(groups), key -> {
                Process process = kernel.process(0, 0);
                process.setgroups(groups);
                process.setresgid(gid, gid, gid);
                process.setresuid(uid, uid, uid);
                process.chdir("/w");
                return process;
            }));
        }

        @Override
        public String absolute(String name) {
            return "/w/" + name;
        }

        @Override
        public void tick() {
            world.runner().sleepUntil(world.clock().nowNanos() + TICK_NANOS);
        }

        @Override
        public void close() {
            for (Process process : processes.values()) {
                process.exit();
            }
            afterCase(kernel);
        }
    }
}
