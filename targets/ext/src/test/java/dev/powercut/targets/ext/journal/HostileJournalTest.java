package dev.powercut.targets.ext.journal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.format.InodeRecord;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Journals that a fuzzer, or somebody with bad intentions, made. */
class HostileJournalTest {

    @Test
    void garbageInAnyFieldIsRefusedOrDropped() {
        JournalTrial trial = new JournalTrial();
        for (int seed = 0; seed < Integer.getInteger("powercut.journals", 600); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] input = new byte[1 + (1 + random.nextInt(4)) * (6 + random.nextInt(8))];
            random.nextBytes(input);
            for (int at = 5; at < input.length; at += 6) {
                // Small numbers, all ones and zeroes do more harm than others.
                input[at] = switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> -1;
                    case 2 -> (byte) random.nextInt(8);
                    default -> input[at];
                };
            }
            trial.run(FuzzedJournal.of(input));
        }
    }

    private static LogBuilder log() throws Exception {
        return new LogBuilder(RecoveryCasesTest.empty(), JournalChecksum.NONE, 1, 1);
    }

    private static void assertRefused(LogBuilder log) {
        DiskImage image = log.image();
        SimulatedDisk disk = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), image);
        // The copy in the superblock would lead to the journal all the same.
        byte[] superblock = new byte[1024];
        disk.read(2, 2, superblock, 0);
        superblock[Format.S_JNL_BACKUP_TYPE] = 0;
        log.write(1, superblock);
        SimulatedDisk without = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), log.image());
        assertThrows(ImageFormatException.class, () -> new Recovery().recover(without, 0));
        new JournalTrial().run(image);
        new JournalTrial().run(log.image());
    }

    @Test
    void pointersThatGoInCirclesAreRefused() throws Exception {
        LogBuilder log = log();
        int table = log.groups.blockOfInode(Format.JOURNAL_INODE);
        byte[] inodes = log.block(table);
        int at = log.geometry.offsetInBlockOfInode(Format.JOURNAL_INODE);
        int node = InodeRecord.pointer(inodes, at, Format.DOUBLE_INDIRECT);
        byte[] pointers = log.block(node);
        for (int i = 0; i < pointers.length; i += 4) {
            LittleEndian.put32(pointers, i, node);
        }
        log.write(node, pointers);
        assertRefused(log);
    }

    @Test
    void blocksThatTheJournalHasTwiceAreRefused() throws Exception {
        LogBuilder log = log();
        int table = log.groups.blockOfInode(Format.JOURNAL_INODE);
        byte[] inodes = log.block(table);
        int at = log.geometry.offsetInBlockOfInode(Format.JOURNAL_INODE);
        InodeRecord.setPointer(inodes, at, 3, InodeRecord.pointer(inodes, at, 7));
        log.write(table, inodes);
        assertRefused(log);
    }

    @Test
    void journalInTheMetadataIsRefused() throws Exception {
        LogBuilder log = log();
        int table = log.groups.blockOfInode(Format.JOURNAL_INODE);
        byte[] inodes = log.block(table);
        int at = log.geometry.offsetInBlockOfInode(Format.JOURNAL_INODE);
        InodeRecord.setPointer(inodes, at, 3, log.groups.blockBitmap(0));
        log.write(table, inodes);
        assertRefused(log);
    }
}
