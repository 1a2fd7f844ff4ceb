package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.Installed;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskTiming;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Small files on all filesystems, side by side, under one model of a disk: 1,000 are made, 10 in each of 100 folders, and made durable folder by
 * folder; then all are overwritten in an order that has nothing to do with where they are, and made durable ten at a time. {@code
 * -Dpowercut.costs=1} prints the table.
 */
class SmallFileCostTest {

    private static final int FOLDERS = 100;
    private static final int FILES_IN_EACH = 10;
    private static final int FILES = FOLDERS * FILES_IN_EACH;
    private static final int FILE_BYTES = 1024;

    /** Prime to the number of files, so that all have their turn. */
    private static final int STRIDE = 387;

    private static final FormatRequest FORMAT = new FormatRequest(64 << 20, 4096, "inodes=4096");

    /** What it took to make the files, and to overwrite them. */
    private record Costs(DiskTiming.Cost create, DiskTiming.Cost overwrite) {}

    @Test
    void aLogOverwritesSmallFilesFasterThanFilesystemsThatUpdateInPlace() {
        Map<String, Costs> costs = new LinkedHashMap<>();
        for (String name : new String[] {"ext2", "ext3", "logfs"}) {
            costs.put(name, costs(Installed.fileSystem(name)));
        }
        if (System.getProperty("powercut.costs") != null) {
            costs.forEach((name, both) -> {
                print(name, "create", both.create);
                print(name, "overwrite", both.overwrite);
            });
        }
        Costs log = Objects.requireNonNull(costs.get("logfs"));
        for (String name : new String[] {"ext2", "ext3"}) {
            Costs other = Objects.requireNonNull(costs.get(name));
            assertTrue(log.create.nanos() < other.create.nanos(), costs::toString);
            assertTrue(log.overwrite.nanos() < other.overwrite.nanos(), costs::toString);
        }
    }

    private static void print(String name, String what, DiskTiming.Cost cost) {
        System.out.printf(
                "| %s | %s | %d | %d | %d | %d | %.0f ms | %.0f files/s |%n",
                name,
                what,
                cost.requests(),
                cost.sectors(),
                cost.flushes(),
                cost.seeks(),
                cost.nanos() / 1e6,
                FILES * 1e9 / cost.nanos());
    }

    private static Costs costs(FileSystemTarget target) {
        World world = World.withOneTask(Choices.zero());
        WriteLog log = new WriteLog(target.format(FORMAT));
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(target.fileSystem(null), disk, false, "");
        Process process = kernel.process(0, 0);
        for (int folder = 0; folder < FOLDERS; folder++) {
            process.mkdir("/" + folder, 0755);
            for (int file = 0; file < FILES_IN_EACH; file++) {
                write(process, folder * FILES_IN_EACH + file, file);
            }
            process.sync();
        }
        int made = log.size();
        for (int i = 0; i < FILES; i++) {
            write(process, i * STRIDE % FILES, i);
            if (i % FILES_IN_EACH == FILES_IN_EACH - 1) {
                process.sync();
            }
        }
        return new Costs(DiskTiming.DESKTOP.of(log, 0, made), DiskTiming.DESKTOP.of(log, made, log.size()));
    }

    private static void write(Process process, int file, int fill) {
        byte[] bytes = new byte[FILE_BYTES];
        java.util.Arrays.fill(bytes, (byte) fill);
        String path = "/" + file / FILES_IN_EACH + "/" + file % FILES_IN_EACH;
        int fd = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
        process.write(fd, bytes, 0, bytes.length);
        process.close(fd);
    }
}
