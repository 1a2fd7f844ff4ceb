package dev.powercut.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.campaign.FindingReport;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.Run;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.RunConfiguration.Judging;
import dev.powercut.campaign.RunMonitor;
import dev.powercut.campaign.RunOutcome;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.MediumException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program sees of a device that goes wrong, and what exploration makes of it. */
final class FaultTest {

    private static final int SEEDS = 12;

    /** A device whose reads or writes fail for as long as a test says. */
    private static final class Breakable implements BlockDevice {
        private final BlockDevice sound;
        private boolean failsReads;
        private boolean failsWrites;

        Breakable(BlockDevice sound) {
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
            boolean fails = request instanceof Request.Read ? failsReads : failsWrites;
            return fails ? Completion.failed(new MediumException("cannot use", 0)) : sound.submit(request);
        }
    }

    private final World world = World.withOneTask(Choices.zero());
    private final FileSystemTarget target = ext2();
    private final Breakable device =
            new Breakable(SimulatedDisk.logged(world, new WriteLog(target.format(target.defaultFormat()))));

    private static FileSystemTarget ext2() {
        return Installed.targets().stream()
                .filter(FileSystemTarget.class::isInstance)
                .map(FileSystemTarget.class::cast)
                .filter(target -> target.name().equals("ext2"))
                .findFirst()
                .orElseThrow();
    }

    private Process mounted(KernelOptions options) {
        Kernel kernel = new Kernel(world, 0, Choices.zero(), options);
        kernel.mountRoot(target.fileSystem(null), device, false, "");
        return kernel.process(0, 0);
    }

    private static void assertEio(Executable call) {
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, call).errno());
    }

    @Test
    void readErrorIsToldByTheCallAndMayPass() {
        Process process = mounted(new KernelOptions(4, 4, false));
        process.close(process.creat("/a", 0644));
        for (int i = 0; i < 40; i++) {
            process.mkdir("/d" + i, 0755);
        }
        device.failsReads = true;
        assertEio(() -> process.readdir(process.open("/d3", OpenFlags.O_RDONLY, 0)));
        device.failsReads = false;
        assertEquals(0, process.stat("/a").sizeBytes());
    }

    @Test
    void lostWriteIsToldByTheNextFsyncOfEachDescriptionOnce() {
        Process process = mounted(KernelOptions.DEFAULT);
        int first = process.creat("/a", 0644);
        int second = process.open("/a", OpenFlags.O_WRONLY, 0);
        process.write(first, new byte[5_000], 0, 5_000);
        device.failsWrites = true;
        assertEio(() -> process.fsync(first));
        device.failsWrites = false;
        process.fsync(first);
        assertEio(() -> process.fsync(second));
        process.fsync(second);
        int third = process.open("/a", OpenFlags.O_WRONLY, 0);
        process.fsync(third);
    }

    @Test
    void deviceThatCannotBeReadIsNotMounted() {
        device.failsReads = true;
        assertEquals(
                Errno.EIO,
                assertThrows(dev.powercut.kernel.vfs.MountException.class, () -> mounted(KernelOptions.DEFAULT))
                        .errno());
    }

    private static RunOutcome explore(String fault, long seed) {
        RunConfiguration run = RunConfiguration.of("ext2", seed)
                .withOperations(60)
                .withStates(60)
                .withJudge(Judging.NONE)
                .withFault(fault);
        return new Run(run, ext2(), Installed.oracles()).execute(RunMonitor.NONE);
    }

    /** Neither exceptions nor hangs, whatever the device does; errors that it tells of are never passed over in silence. */
    @ParameterizedTest
    @CsvSource({"read-error:20", "write-error:20", "latent:20", "bit-rot:20", "misdirected:20", "dropped:20"})
    void faultsMakeTheFilesystemNeitherFailNorHang(String fault) {
        List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunOutcome outcome = explore(fault, seed);
            assertEquals(outcome.exploration(), explore(fault, seed).exploration());
            for (FindingReport finding : outcome.findings()) {
                assertTrue(finding.advisory(), finding.sentence());
                if (finding.oracle().equals("follows-model")
                        && !finding.recoveryLines().isEmpty()) {
                    wrong.add(seed + ": " + finding.sentence() + finding.recoveryLines());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void unknownFaultIsRefusedWithTheNearestName() {
        UsageException refused = assertThrows(UsageException.class, () -> explore("read-eror", 1));
        assertTrue(String.valueOf(refused.getMessage()).contains("did you mean 'read-error'"), refused.getMessage());
    }
}
