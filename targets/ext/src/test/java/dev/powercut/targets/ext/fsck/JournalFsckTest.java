package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.target.ImageTool.CheckMode;
import dev.powercut.check.target.ImageTool.CheckReport;
import dev.powercut.check.target.ImageTool.CheckRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.BigEndian;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.Ext3ImageTool;
import dev.powercut.targets.ext.format.Features;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.journal.JournalFormat;
import dev.powercut.targets.ext.journal.RecoveryRules;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What fsck makes of journals that are not what they should be, held against what e2fsck makes of them. */
class JournalFsckTest {

    private static DiskImage clean = DiskImage.blank(1);

    /** A log with a transaction that writes block 3000, and the image's flag that says so. */
    private static DiskImage dirty = DiskImage.blank(1);

    private static final long SUPERBLOCK = Format.SUPERBLOCK_OFFSET_BYTES;

    @BeforeAll
    static void makeImages() {
        clean = E2fsprogs.mke2fs(8 << 20, List.of("-t", "ext3", "-b", "1024", "-J", "size=1"), "");
        dirty = E2fsprogs.changedByDebugfs(clean, "jo\njw -b 3000 /usr/bin/env\njc\n");
    }

    private record Run(FsckReport report, DiskImage image) {}

    private static Run run(DiskImage image, FsckOptions options) {
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        return new Run(Fsck.ofExt3(RecoveryRules.ALL).run(disk, options), disk.image());
    }

    private static DiskImage with(DiskImage image, long offset, Consumer<byte[]> change) {
        byte[] sector = new byte[Sector.BYTES];
        long number = offset / Sector.BYTES;
        image.read(number, 1, sector, 0);
        byte[] field = Arrays.copyOfRange(sector, (int) (offset % Sector.BYTES), Sector.BYTES);
        change.accept(field);
        System.arraycopy(field, 0, sector, (int) (offset % Sector.BYTES), field.length);
        return image.with(number, Sector.copyOf(sector, 0));
    }

    /** Byte offset of the journal's superblock, as the volume's superblock knows it. */
    private static long journal(DiskImage image) {
        byte[] b = new byte[Format.SUPERBLOCK_BYTES];
        image.read(2, 2, b, 0);
        return LittleEndian.u32(b, Format.S_JNL_BLOCKS) * 1024L;
    }

    /** -n finds it and writes nothing; -p leaves it; -y mends it, which e2fsck agrees with; then there is a journal again. */
    private static DiskImage assertMended(DiskImage image, ProblemKind kind) {
        Run look = run(image, FsckOptions.CHECK);
        assertEquals(kind.slug(), look.report.kind());
        assertEquals(image, look.image);
        Run preen = run(image, FsckOptions.PREEN);
        assertEquals(FsckReport.EXIT_UNCORRECTED, preen.report.exitCode());
        Run repair = run(image, FsckOptions.REPAIR);
        assertEquals(FsckReport.EXIT_CORRECTED, repair.report.exitCode(), repair.report.lines()::toString);
        E2fsprogs.assertClean(repair.image);
        Run again = run(repair.image, FsckOptions.CHECK);
        assertEquals(List.of(), again.report.lines());
        assertTrue(E2fsprogs.dumpe2fs(repair.image).contains("Total journal blocks:     1024"));
        return repair.image;
    }

    @Test
    void cleanImageIsClean() {
        for (FsckOptions options : List.of(FsckOptions.CHECK, FsckOptions.PREEN, FsckOptions.REPAIR)) {
            Run run = run(clean, options);
            assertEquals(FsckReport.EXIT_CLEAN, run.report.exitCode(), run.report.lines()::toString);
            assertNull(run.report.recovery());
        }
    }

    @Test
    void recoveryIsNoErrorAndIsDoneByEveryModeThatWrites() {
        for (FsckOptions options : List.of(FsckOptions.PREEN, FsckOptions.REPAIR)) {
            Run run = run(dirty, options);
            assertEquals(FsckReport.EXIT_CLEAN, run.report.exitCode(), run.report.lines()::toString);
            assertEquals(1, Objects.requireNonNull(run.report.recovery()).transactions());
            E2fsprogs.assertClean(run.image);
        }
        Run look = run(dirty, FsckOptions.CHECK);
        assertEquals(FsckReport.EXIT_CLEAN, look.report.exitCode());
        assertEquals(dirty, look.image, "-n has written");
        assertNotNull(look.report.recovery());
    }

    @Test
    void lostInodeIsRestoredFromTheCopyInTheSuperblock() {
        DiskImage image = E2fsprogs.changedByDebugfs(clean, "clri <8>\n");
        DiskImage ours = assertMended(image, ProblemKind.JOURNAL_INODE_LOST);
        assertEquals(journal(clean), journal(ours));
    }

    @Test
    void lostInodeDoesNotHinderRecovery() {
        DiskImage image = E2fsprogs.changedByDebugfs(dirty, "clri <8>\n");
        Run run = run(image, FsckOptions.REPAIR);
        assertEquals(1, Objects.requireNonNull(run.report.recovery()).transactions());
        assertEquals(FsckReport.EXIT_CORRECTED, run.report.exitCode(), run.report.lines()::toString);
        E2fsprogs.assertClean(run.image);
    }

    @Test
    void journalWithoutInodeOrCopyIsMadeAnew() {
        DiskImage image = with(
                E2fsprogs.changedByDebugfs(clean, "clri <8>\n"), SUPERBLOCK + Format.S_JNL_BACKUP_TYPE, b -> b[0] = 0);
        assertMended(image, ProblemKind.JOURNAL_INODE_INVALID);
    }

    @Test
    void journalThatPointsOutOfTheVolumeIsMadeAnew() {
        DiskImage image = with(
                E2fsprogs.changedByDebugfs(dirty, "sif <8> block[5] 9000000\n"),
                SUPERBLOCK + Format.S_JNL_BACKUP_TYPE,
                b -> b[0] = 0);
        assertMended(image, ProblemKind.JOURNAL_INODE_INVALID);
    }

    @Test
    void truncatedJournalIsFoundByItsCopy() {
        assertMended(E2fsprogs.changedByDebugfs(clean, "sif <8> size 500000\n"), ProblemKind.JOURNAL_INODE_LOST);
    }

    @Test
    void superblocksOfGarbageAreMadeAnew() {
        long at = journal(clean);
        for (DiskImage image : List.of(
                with(dirty, at + JournalFormat.H_MAGIC, b -> b[0] = 1),
                with(clean, at + JournalFormat.H_BLOCKTYPE, b -> b[3] = 1),
                with(clean, at + JournalFormat.S_BLOCKSIZE, b -> BigEndian.put32(b, 0, 4096)),
                with(clean, at + JournalFormat.S_MAXLEN, b -> BigEndian.put32(b, 0, 1 << 22)),
                with(clean, at + JournalFormat.S_MAXLEN, b -> BigEndian.put32(b, 0, -1)),
                with(dirty, at + JournalFormat.S_START, b -> BigEndian.put32(b, 0, 1024)),
                with(dirty, at + JournalFormat.S_START, b -> BigEndian.put32(b, 0, -5)))) {
            assertMended(image, ProblemKind.JOURNAL_SUPERBLOCK_INVALID);
        }
    }

    @Test
    void wrongMeasuresOfTheRingArePutRight() {
        long at = journal(clean);
        for (int first : new int[] {0, 2, 1024, -1}) {
            assertMended(
                    with(clean, at + JournalFormat.S_FIRST, b -> BigEndian.put32(b, 0, first)),
                    ProblemKind.JOURNAL_MEASURES_WRONG);
        }
        assertMended(
                with(dirty, at + JournalFormat.S_MAXLEN, b -> BigEndian.put32(b, 0, 1000)),
                ProblemKind.JOURNAL_MEASURES_WRONG);
    }

    @Test
    void journalOfAnUnknownKindIsLeftAlone() {
        DiskImage image =
                with(dirty, journal(clean) + JournalFormat.S_FEATURE_INCOMPAT, b -> BigEndian.put32(b, 0, 0x80));
        for (FsckOptions options : List.of(FsckOptions.CHECK, FsckOptions.PREEN, FsckOptions.REPAIR)) {
            Run run = run(image, options);
            assertEquals(ProblemKind.JOURNAL_UNSUPPORTED.slug(), run.report.kind());
            assertEquals(FsckReport.EXIT_OPERATIONAL, run.report.exitCode());
            assertEquals(image, run.image);
        }
    }

    @Test
    void logThatTheSuperblockDoesNotKnowOfIsReplayedWhenAllowed() {
        DiskImage image = with(
                dirty,
                SUPERBLOCK + Format.S_FEATURE_INCOMPAT,
                b -> LittleEndian.put32(b, 0, LittleEndian.s32(b, 0) & ~Features.INCOMPAT_RECOVER));
        DiskImage ours = assertMended(image, ProblemKind.JOURNAL_NOT_FLAGGED);
        byte[] block = new byte[1024];
        ours.read(6000, 2, block, 0);
        assertTrue(block[0] != 0, "the transaction was not replayed");
    }

    @Test
    void staleCopyOfTheInodeIsCopiedAgain() {
        DiskImage image = with(clean, SUPERBLOCK + Format.S_JNL_BLOCKS + 4, b -> b[0]++);
        assertEquals(
                ProblemKind.JOURNAL_BACKUP_WRONG.slug(),
                run(image, FsckOptions.CHECK).report.kind());
        Run run = run(image, FsckOptions.PREEN);
        assertEquals(FsckReport.EXIT_CORRECTED, run.report.exitCode());
        assertEquals(journal(clean), journal(run.image));
        assertEquals(
                FsckReport.EXIT_CLEAN, run(run.image, FsckOptions.CHECK).report.exitCode());
    }

    @Test
    void transactionsThatAreDamagedAreDroppedAndThatIsNoCleanImage() {
        DiskImage image = with(dirty, journal(dirty) + 1024, b -> BigEndian.put32(b, 12, 100_000));
        Run look = run(image, FsckOptions.CHECK);
        assertEquals(FsckReport.EXIT_UNCORRECTED, look.report.exitCode());
        assertEquals(image, look.image);
        for (FsckOptions options : List.of(FsckOptions.PREEN, FsckOptions.REPAIR)) {
            Run run = run(image, options);
            assertEquals(FsckReport.EXIT_CORRECTED, run.report.exitCode());
            assertEquals(
                    List.of(
                            "journal: 0 transactions replayed, 0 blocks",
                            "journal: dropped transaction 1, and what may follow it: a block is to go where none can be"),
                    Objects.requireNonNull(run.report.recovery()).lines());
            E2fsprogs.assertClean(run.image);
            assertEquals(FsckReport.EXIT_CLEAN, run(run.image, options).report.exitCode());
        }
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        CheckReport told = new Ext3ImageTool().check(disk, new CheckRequest(CheckMode.YES, Map.of(), 0));
        assertEquals(1, told.exitCode());
        assertTrue(
                told.summary()
                        .startsWith(
                                "ext3: transactions in the journal are damaged, and were dropped; nothing else is wrong"),
                told.summary());
    }

    @Test
    void orphansAreReleasedOrCutAsByE2fsck() {
        // Two files: one that has lost its name, one whose truncation was under way.
        DiskImage image = E2fsprogs.changedByDebugfs(clean, """
                write /usr/bin/env gone
                write /usr/bin/env cut
                mkdir folder
                sif gone links_count 0
                sif gone dtime 13
                sif cut size 3000
                ssv last_orphan 12
                unlink gone
                """);
        DiskImage theirs = E2fsprogs.repairedByE2fsck(image, "-fp");
        Run ours = run(image, FsckOptions.PREEN);
        assertEquals(FsckReport.EXIT_CLEAN, ours.report.exitCode(), ours.report.lines()::toString);
        assertEquals(1, Objects.requireNonNull(ours.report.recovery()).released());
        assertEquals(1, Objects.requireNonNull(ours.report.recovery()).truncated());
        E2fsprogs.assertClean(ours.image);
        String commands = "stat cut\nls -l /\nffb 5\n";
        assertEquals(E2fsprogs.debugfs(theirs, commands), E2fsprogs.debugfs(ours.image, commands));
        assertTrue(E2fsprogs.debugfs(ours.image, "stat cut").contains("Blockcount: 6"));
    }

    @Test
    void listOfOrphansThatLeadsNowhereEnds() {
        DiskImage image = E2fsprogs.changedByDebugfs(
                clean, "write /etc/hostname a\nsif a dtime 12\nsif a links_count 0\nunlink a\nssv last_orphan 12\n");
        Run loop = run(image, FsckOptions.REPAIR);
        assertEquals(
                FsckReport.EXIT_CLEAN, run(loop.image, FsckOptions.CHECK).report.exitCode());
        E2fsprogs.assertClean(loop.image);
        DiskImage nowhere = E2fsprogs.changedByDebugfs(clean, "ssv last_orphan 4000000\n");
        Run run = run(nowhere, FsckOptions.REPAIR);
        assertEquals(false, Objects.requireNonNull(run.report.recovery()).orphansSound());
        E2fsprogs.assertClean(run.image);
    }
}
