package dev.powercut.targets.ext;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

/**
 * What careful ordering and the redo log cost, side by side: 1,000 small files are made and written, 10 in each of 100 folders, and
 * made durable. {@code -Dpowercut.costs} prints the table.
 */
class UpdateCostTest {

    private static final int FOLDERS = 100;
    private static final int FILES_IN_EACH = 10;
    private static final int FILE_BYTES = 1024;

    @Test
    void aRedoLogSeeksLessThanCarefulOrdering() {
        Map<String, DiskTiming.Cost> costs = new LinkedHashMap<>();
        costs.put("ext2", cost(new Ext2Target(), ""));
        for (String mode : new String[] {"journal", "ordered", "writeback"}) {
            costs.put("ext3 data=" + mode, cost(new Ext3Target(), "data=" + mode));
        }
        if (System.getProperty("powercut.costs") != null) {
            costs.forEach(UpdateCostTest::print);
        }
        DiskTiming.Cost careful = costs.get("ext2");
        DiskTiming.Cost ordered = costs.get("ext3 data=ordered");
        assertTrue(careful != null && ordered != null && ordered.flushes() < careful.flushes(), costs::toString);
        assertTrue(careful != null && ordered != null && ordered.nanos() < careful.nanos(), costs::toString);
    }

    private static void print(String name, DiskTiming.Cost cost) {
        double written = (double) cost.sectors() * 512 / (FOLDERS * FILES_IN_EACH * FILE_BYTES);
        System.out.printf(
                "| %s | %d | %d | %d | %.1f | %d | %.0f |%n",
                name, cost.requests(), cost.sectors(), cost.flushes(), written, cost.seeks(), cost.nanos() / 1e6);
    }

    private static DiskTiming.Cost cost(FileSystemTarget target, String options) {
        World world = World.withOneTask(Choices.zero());
        WriteLog log = new WriteLog(target.format(new FormatRequest(64 << 20, 4096, "inodes=4096")));
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(target.fileSystem(null), disk, false, options);
        Process process = kernel.process(0, 0);
        byte[] bytes = new byte[FILE_BYTES];
        for (int folder = 0; folder < FOLDERS; folder++) {
            process.mkdir("/" + folder, 0755);
            for (int file = 0; file < FILES_IN_EACH; file++) {
                int fd = process.open("/" + folder + "/" + file, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
                process.write(fd, bytes, 0, bytes.length);
                process.close(fd);
            }
            process.sync();
        }
        kernel.unmount("/");
        return DiskTiming.DESKTOP.of(log, 0, log.size());
    }
}
