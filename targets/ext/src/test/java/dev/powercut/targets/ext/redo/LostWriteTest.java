package dev.powercut.targets.ext.redo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.Oracles;
import dev.powercut.check.explore.CrashStates;
import dev.powercut.check.explore.ExplorationMonitor;
import dev.powercut.check.explore.Explorer;
import dev.powercut.check.explore.Recorder;
import dev.powercut.check.explore.Recording;
import dev.powercut.check.explore.Verdict;
import dev.powercut.check.image.ImageFormatException;
import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.tree.Node;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.block.RequestQueue;
import dev.powercut.kernel.process.ProcessLimits;
import dev.powercut.kernel.process.Processes;
import dev.powercut.kernel.process.UserProcess;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.disk.fault.Fault;
import dev.powercut.sim.disk.fault.MediumException;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.Ext3Target;
import dev.powercut.targets.ext.format.BlockRole;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.Geometry;
import dev.powercut.targets.ext.format.GroupTable;
import dev.powercut.targets.ext.format.Superblock;
import dev.powercut.targets.ext.fsck.Fsck;
import dev.powercut.targets.ext.fsck.FsckOptions;
import dev.powercut.targets.ext.fsck.FsckReport;
import dev.powercut.targets.ext.journal.JournalSuperblock;
import dev.powercut.targets.ext.journal.Recovery;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A write fails, each one of a small workload in turn: the log is aborted. */
final class LostWriteTest {

    private static final Ext3Target TARGET = new Ext3Target();

    /** The real e2fsck judges each of so many; {@code -Dpowercut.judged=0} has it judge all. */
    private static final int JUDGED = Integer.getInteger("powercut.judged", 12) == 0 ? 1 : 8;

    /** Whether one or all from one on fail. */
    private enum Fails {
        ONE,
        ALL_FROM_THEN_ON
    }

    /** A disk on which a write fails, and perhaps all that come after. */
    private static final class Failing implements BlockDevice {
        private final SimulatedDisk sound;
        private final WriteLog log;
        private final int position;
        private final Fails fails;
        private final boolean losesData;
        private int count;
        /** Entries of the log when the write failed; of another mount, more than there can be. */
        private int failedAt = Integer.MAX_VALUE;

        Failing(SimulatedDisk sound, WriteLog log, int position, Fails fails, boolean losesData) {
            this.sound = sound;
            this.log = log;
            this.position = position;
            this.fails = fails;
            this.losesData = losesData;
        }

        @Override
        public long sectorCount() {
            return sound.sectorCount();
        }

        @Override
        public boolean mayFail() {
            return true;
        }

        boolean hasFailed() {
            return failedAt < Integer.MAX_VALUE;
        }

        @Override
        public Completion submit(Request request) {
            boolean counts = request instanceof Request.Write write
                            && (losesData || !write.cause().kind().isFileData())
                    || request instanceof Request.Flush;
            if (counts) {
                int number = count++;
                if (number == position || number > position && fails == Fails.ALL_FROM_THEN_ON) {
                    failedAt = Math.min(failedAt, log.size());
                    return Completion.failed(new MediumException("cannot write", 0));
                }
            }
            return sound.submit(request);
        }
    }

    /** What a program did, and what it was told; the files that there are after each call. */
    private static final class Session {
        private final Failing device;
        private final SimulatedDisk disk;
        private final WriteLog log;
        private final Kernel kernel;
        private final Process process;
        private final List<TreeMap<String, Integer>> versions = new ArrayList<>();
        private final TreeMap<String, Integer> files = new TreeMap<>();
        private final List<Errno> told = new ArrayList<>();
        /** Versions that are promised to be there, by how much had been written when it was. */
        private final TreeMap<Integer, Integer> promised = new TreeMap<>();

        Session(String options, int position, Fails fails, boolean losesData) {
            World world = World.withOneTask(Choices.zero());
            log = new WriteLog(TARGET.format(TARGET.defaultFormat()));
            disk = SimulatedDisk.logged(world, log);
            device = new Failing(disk, log, position, fails, losesData);
            kernel = new Kernel(world, 0, Choices.zero(), new KernelOptions(8, 12, false));
            kernel.mountRoot(new Ext3Type(), device, false, options);
            process = kernel.process(0, 0);
            versions.add(new TreeMap<>());
            promised.put(0, 0);
        }

        private boolean attempt(Runnable call) {
            try {
                call.run();
                return true;
            } catch (ErrnoException e) {
                told.add(e.errno());
                return false;
            }
        }

        void mkdir(String path) {
            if (attempt(() -> process.mkdir(path, 0755))) {
                files.put(path, -1);
            }
            versions.add(new TreeMap<>(files));
        }

        void write(String path, int bytes) {
            int[] fd = {-1};
            if (attempt(() -> fd[0] = process.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644))) {
                files.put(path, 0);
                versions.add(new TreeMap<>(files));
                if (attempt(() -> process.write(fd[0], pattern(bytes), 0, bytes))) {
                    files.put(path, bytes);
                }
                process.close(fd[0]);
            }
            versions.add(new TreeMap<>(files));
        }

        void rename(String from, String to) {
            if (attempt(() -> process.rename(from, to))) {
                Integer moved = files.remove(from);
                files.put(to, moved == null ? -2 : moved);
            }
            versions.add(new TreeMap<>(files));
        }

        void unlink(String path) {
            if (attempt(() -> process.unlink(path))) {
                files.remove(path);
            }
            versions.add(new TreeMap<>(files));
        }

        /** All that was done so far is to be durable. */
        void sync() {
            boolean isTold = fsync("/");
            for (String path : files.keySet()) {
                isTold &= fsync(path);
            }
            if (isTold) {
                promised.put(log.size(), versions.size() - 1);
            }
        }

        private boolean fsync(String path) {
            int fd = process.open(path, OpenFlags.O_RDONLY, 0);
            try {
                return attempt(() -> process.fsync(fd));
            } finally {
                process.close(fd);
            }
        }

        void work() {
            mkdir("/a");
            write("/a/f", 3000);
            sync();
            write("/a/g", 20_000);
            mkdir("/b");
            rename("/a/f", "/b/f");
            sync();
            for (int i = 0; i < 6; i++) {
                mkdir("/b/d" + i);
                write("/b/d" + i + "/h", 1500 + i);
            }
            sync();
            unlink("/a/g");
            write("/late", 5000);
            sync();
            mkdir("/c");
            write("/c/x", 700);
            // Whoever can still look sees what programs did, not what the disk has.
            TreeMap<String, Integer> seen = filesOf(tree(process));
            if (device.losesData) {
                assertEquals(files.keySet(), seen.keySet());
            } else {
                assertEquals(files, seen);
            }
            process.sync();
            kernel.unmount("/");
        }
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 7 + i / 256 + 1);
        }
        return bytes;
    }

    private static Node.Directory tree(Process process) {
        return new TreeReader(TreeReader.Limits.DEFAULT).read(process, "/");
    }

    private static Node.Directory tree(DiskImage image) {
        World world = World.withOneTask(Choices.zero());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), SimulatedDisk.unlogged(world, image), true, "");
        return tree(kernel.process(0, 0));
    }

    /** The size of a file that holds what was written, else -2. */
    private static int sizeOf(Node.RegularFile file) {
        byte[] bytes = file.contents().flat();
        return Arrays.equals(bytes, pattern(bytes.length)) ? bytes.length : -2;
    }

    /** Sizes by path, -1 of directories. */
    private static TreeMap<String, Integer> filesOf(Node.Directory root) {
        TreeMap<String, Integer> files = new TreeMap<>();
        collect("", root, files);
        files.remove("/lost+found");
        return files;
    }

    private static void collect(String path, Node.Directory directory, TreeMap<String, Integer> files) {
        for (Node.Entry entry : directory.entries()) {
            String name = path + "/" + entry.name();
            switch (entry.node()) {
                case Node.Directory below -> {
                    files.put(name, -1);
                    collect(name, below, files);
                }
                case Node.RegularFile file -> files.put(name, sizeOf(file));
                default -> files.put(name, -3);
            }
        }
    }

    private static DiskImage recovered(DiskImage crash) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), crash);
        assertTrue(Fsck.ofExt3(RecoveryRules.ALL).recover(disk).recovered());
        return disk.image();
    }

    private static boolean saysErrors(DiskImage image) {
        byte[] superblock = new byte[1024];
        image.read(2, 2, superblock, 0);
        return (Superblock.state(superblock, 0) & Format.STATE_ERROR) != 0;
    }

    private static int countOf(String options, boolean losesData) {
        Session session = new Session(options, Integer.MAX_VALUE, Fails.ONE, losesData);
        session.work();
        assertEquals(List.of(), session.told);
        assertFalse(session.device.hasFailed());
        return session.device.count;
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                    ONE, 1",
        "'',                                    ALL_FROM_THEN_ON, 3",
        "'nofua,data_err=abort',                ONE, 3",
        "'data=journal',                        ONE, 1",
        "'data=writeback,journal_async_commit', ONE, 3",
    })
    void afterALostWriteNothingIsPromisedAndNothingPromisedIsLost(String options, Fails fails, int step) {
        boolean losesData = options.contains("data_err=abort") || options.contains("data=journal");
        int count = countOf(options, losesData);
        assertTrue(count > 60, "only " + count);
        for (int position = 0; position < count; position += JUDGED == 1 ? 1 : step) {
            Session session = new Session(options, position, fails, losesData);
            session.work();
            assertTrue(session.device.hasFailed());
            String where = "write " + position + ", told " + session.told;
            for (int i = 0; i < session.told.size(); i++) {
                Errno errno = session.told.get(i);
                boolean isDueToEarlier = i > 0 && errno == Errno.ENOENT;
                assertTrue(errno == Errno.EROFS || i == 0 && errno == Errno.EIO || isDueToEarlier, where);
            }
            judge(session, where);
            if (position % JUDGED == options.length() % JUDGED) {
                judgeByE2fsck(session, where);
            }
        }
    }

    /** The names of a version; of each file a first part, which is all that was promised. */
    private static boolean isLike(
            TreeMap<String, Integer> found, TreeMap<String, Integer> version, TreeMap<String, Integer> promised) {
        if (!found.keySet().equals(version.keySet())) {
            return false;
        }
        for (Map.Entry<String, Integer> each : found.entrySet()) {
            int most = version.getOrDefault(each.getKey(), 0);
            int least = Math.min(most, promised.getOrDefault(each.getKey(), Math.min(most, 0)));
            if (each.getValue() > most || each.getValue() < least) {
                return false;
            }
        }
        return true;
    }

    /** Wherever the power fails from then on, what was promised by then is there, and whole. */
    private static void judge(Session session, String where) {
        DiskImage image = session.log.base();
        for (int i = 0; i <= session.log.size(); i++) {
            if (i < session.device.failedAt) {
                image = WriteLog.apply(image, session.log.get(i));
                continue;
            }
            int from = session.promised.floorEntry(i).getValue();
            TreeMap<String, Integer> found = filesOf(tree(recovered(image)));
            assertTrue(
                    session.versions.subList(from, session.versions.size()).stream()
                            .anyMatch(version -> isLike(found, version, session.versions.get(from))),
                    where + ", cut at " + i + ": " + found);
            if (i < session.log.size()) {
                image = WriteLog.apply(image, session.log.get(i));
            }
        }
    }

    private static void judgeByE2fsck(Session session, String where) {
        DiskImage image = session.disk.image();
        assertEquals(tree(recovered(image)), tree(E2fsprogs.repairedByE2fsck(image, "-fy")), where);
    }

    /** Any write may fail, several times; up to where the program is told, every promise is kept at every cut. */
    @ParameterizedTest
    @ValueSource(strings = {"data_err=abort", "data=journal"})
    void randomLossesBreakNoPromise(String options) {
        int failed = 0;
        for (int seed = 1; seed <= 8; seed++) {
            Recording recording = new Recorder(TARGET, null, TARGET.defaultFormat(), options, KernelOptions.DEFAULT)
                    .with(Fault.parse("write-error:20"))
                    .record(new RandomWorkload(60), Choices.seeded(seed));
            Verdict verdict = new Explorer(TARGET, null, options, Oracles.all())
                    .explore(recording, CrashModel.PREFIX, Choices.seeded(seed), 150, 1, ExplorationMonitor.NONE);
            assertEquals(List.of(), verdict.findings(), "seed " + seed);
            failed += errnoIn(last(recording.log())) == 0 ? 0 : 1;
        }
        assertTrue(failed > 3, "only " + failed + " aborted");
    }

    private static DiskImage last(WriteLog log) {
        DiskImage image = log.base();
        for (int i = 0; i < log.size(); i++) {
            image = WriteLog.apply(image, log.get(i));
        }
        return image;
    }

    // ---- What the next mount, and fsck, make of it ----

    private static int errnoIn(DiskImage image) {
        byte[] b = new byte[1024];
        image.read(journalSector(image), 2, b, 0);
        return JournalSuperblock.errno(b, 0);
    }

    /** Where the journal's superblock is. */
    private static long journalSector(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        byte[] record = new byte[1024];
        disk.read(2, 2, record, 0);
        try {
            Geometry geometry = Geometry.ofExt3(record, 0, disk.sectorCount() * Sector.BYTES);
            byte[] table = new byte[geometry.descriptorBlocks() * geometry.blockSizeBytes()];
            disk.read(geometry.sectorOf(geometry.firstDescriptorBlock()), table.length / Sector.BYTES, table, 0);
            int block = new Recovery()
                    .map(disk, record, GroupTable.of(geometry, table, 0))
                    .homeOf(0);
            return geometry.sectorOf(block);
        } catch (ImageFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** An image whose log was aborted in the middle of the work. */
    private static DiskImage aborted() {
        Session session = new Session("", 40, Fails.ONE, false);
        session.work();
        assertEquals(-5, errnoIn(session.disk.image()));
        assertFalse(saysErrors(session.disk.image()));
        return session.disk.image();
    }

    @Test
    void theNextMountNotesTheErrorAndTheVolumeHasErrorsUntilFsckHasLookedAtAllOfIt() {
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, aborted());
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), disk, false, "");
        assertTrue(saysErrors(disk.image()));
        assertEquals(0, errnoIn(disk.image()));
        kernel.process(0, 0).mkdir("/again", 0755);
        kernel.unmount("/");
        DiskImage left = disk.image();
        assertTrue(saysErrors(left));
        assertEquals(0, errnoIn(left));
        assertEveryoneLooksInFull(left);
    }

    /** {@code fsck -p} does not pass over it, ours and the real one, and takes the mark away. */
    private static void assertEveryoneLooksInFull(DiskImage image) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        FsckReport report =
                Fsck.ofExt3(RecoveryRules.ALL).run(disk, new FsckOptions(CheckMode.PREEN, false, 1_800_000_000L));
        assertFalse(report.skipped());
        assertEquals(List.of(), report.problems());
        DiskImage theirs = E2fsprogs.repairedByE2fsck(image, "-p");
        assertFalse(saysErrors(disk.image()));
        assertFalse(saysErrors(theirs));
        assertEquals(0, errnoIn(disk.image()));
        assertEquals(0, errnoIn(theirs));
        assertEquals(tree(theirs), tree(disk.image()));
    }

    @Test
    void fsckRecoversWhatWasAbortedAndLooksAtAllOfIt() {
        assertEveryoneLooksInFull(aborted());
    }

    /** As an abort leaves it when everything else had been written. */
    @Test
    void errorOfAJournalThatNeedsNoRecoveryIsNotedToo() {
        DiskImage image = recovered(aborted());
        DiskImage clean = E2fsprogs.repairedByE2fsck(image, "-fp");
        SimulatedDisk changed = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), clean);
        byte[] b = new byte[1024];
        clean.read(journalSector(clean), 2, b, 0);
        JournalSuperblock.setErrno(b, 0, -5);
        changed.write(
                journalSector(clean), 2, b, 0, new Cause(BlockRole.JOURNAL_SUPERBLOCK.kind(), new Trigger.Recorded()));
        DiskImage marked = changed.image();
        assertEveryoneLooksInFull(marked);
        World world = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(world, marked);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), disk, true, "");
        assertEquals(-5, errnoIn(disk.image()));
        kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        kernel.mountRoot(new Ext3Type(), disk, false, "");
        assertTrue(saysErrors(disk.image()));
        assertEquals(0, errnoIn(disk.image()));
    }

    @Test
    void noCutOfTheRecoveryForgetsTheError() throws Exception {
        WriteLog written = new WriteLog(aborted());
        new Recovery().recover(SimulatedDisk.logged(World.withOneTask(Choices.zero()), written), 0);
        CrashStates states = CrashStates.of(written, CrashModel.REORDER);
        for (int i = 0; i < states.imageCount(); i++) {
            DiskImage cut = states.image(i);
            assertTrue(saysErrors(cut) || errnoIn(cut) == -5, "image " + i);
            SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), cut);
            new Recovery().recover(disk, 0);
            assertTrue(saysErrors(disk.image()), "image " + i);
        }
    }

    // ---- With a task of the journal ----

    /** Children make files, and sync each; what they were told is safe is added to a list, what failed to another. */
    private static int children(UserProcess self, List<String> safe, List<Errno> told) {
        for (int i = 0; i < 3; i++) {
            String folder = "/d" + i;
            self.fork("child" + i, child -> {
                try {
                    child.mkdir(folder, 0755);
                    for (int file = 0; file < 3; file++) {
                        String path = folder + "/f" + file;
                        int fd = child.open(path, OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
                        child.write(fd, pattern(1000), 0, 1000);
                        child.fsync(fd);
                        safe.add(path);
                    }
                } catch (ErrnoException e) {
                    told.add(e.errno());
                }
                return 0;
            });
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(0, self.waitAny().status());
        }
        return 0;
    }

    /** The commit goes on in the background: whoever waits for it is told, nobody waits for ever, and the mount can be ended. */
    @Test
    void whoWaitsForTheJournalsTaskIsTold() {
        int failed = 0;
        for (int position = 0; position < 60; position++) {
            int failing = position;
            List<Errno> told = new ArrayList<>();
            List<String> safe = new ArrayList<>();
            SimulatedDisk[] disk = new SimulatedDisk[1];
            Choices choices = Choices.seeded(position);
            Outcome outcome = Scheduler.run(
                    choices, Strategy.randomWalk(choices.split("walk")), SchedulerOptions.usual(), world -> {
                        WriteLog log = new WriteLog(TARGET.format(TARGET.defaultFormat()));
                        disk[0] = SimulatedDisk.logged(world, log);
                        Failing device = new Failing(disk[0], log, failing, Fails.ONE, false);
                        RequestQueue queue = new RequestQueue(world, device, RequestQueue.Timing.DISK);
                        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.QUIET);
                        kernel.mountRoot(new Ext3Type(), queue, false, "");
                        Processes processes = new Processes(kernel, choices.split("processes"), ProcessLimits.DEFAULT);
                        processes.run("main", self -> children(self, safe, told));
                        kernel.unmount("/");
                    });
            Throwable failure = outcome.failure();
            if (failure != null) {
                throw new AssertionError("write " + position + ": " + failure, failure);
            }
            assertEquals(List.of(), outcome.leaked());
            assertTrue(List.of(Errno.EIO, Errno.EROFS).containsAll(told), "write " + position + ": " + told);
            failed += told.isEmpty() ? 0 : 1;
            TreeMap<String, Integer> found = filesOf(tree(recovered(disk[0].image())));
            for (String path : safe) {
                assertEquals(1000, found.get(path), "write " + position + ": " + path);
            }
        }
        assertTrue(failed > 20, "only " + failed);
    }
}
