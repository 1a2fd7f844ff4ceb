package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put16;
import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.put64;
import static dev.powercut.sim.bytes.LittleEndian.put8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.tree.UnreadableTreeException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.format.DirectoryBlock;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.reader.SecondReader;
import dev.powercut.targets.logfs.reader.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each wound is found by its name, told in a line that names the place, and mended; then the image is clean. */
class FsckProblemsTest {

    private static final int SIZE = 1024;

    /** A volume with known things in it, and ways to change single fields; checksums stay right unless a wound says otherwise. */
    private static final class Patient {
        final ImageBuilder b =
                new ImageBuilder(2 << 20, FsckCleanTest.options(SIZE, 64).withInodeCount(200));
        final int home = b.directory(1, "home");
        final int file = b.file(home, "file", 3, 2);
        final int other = b.file(home, "other", 2, 1);
        final int link = b.symlink(home, "link", "target");
        final int deep = b.directory(home, "deep");
        final int tree = b.file(deep, "tree", 40, 2);

        Patient() {
            b.checkpoint();
            b.checkpoint();
        }

        void record(int inode, int field, long value, int bytes) {
            put(b.recordAt(inode) + field, value, bytes);
        }

        void put(int at, long value, int bytes) {
            switch (bytes) {
                case 1 -> put8(b.bytes(), at, (int) value);
                case 2 -> put16(b.bytes(), at, (int) value);
                case 4 -> put32(b.bytes(), at, (int) value);
                default -> put64(b.bytes(), at, value);
            }
            FuzzedImage.seal(b.g, b.bytes(), at / SIZE);
        }

        int entry(int directory, String name) {
            int block = b.blockOf(directory, 0);
            byte[] copy = Arrays.copyOfRange(b.bytes(), block * SIZE, (block + 1) * SIZE);
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return block * SIZE + DirectoryBlock.find(copy, bytes, 0, bytes.length);
        }

        int region(long sequence) {
            return b.g.checkpointBlock(sequence) * SIZE;
        }

        int summaryOf(int block) {
            int at = block;
            while (dev.powercut.sim.bytes.LittleEndian.s32(b.bytes(), at * SIZE) != Format.SUMMARY_MAGIC) {
                at--;
            }
            return at;
        }
    }

    private interface Doing {
        void to(Patient p);
    }

    private enum Wound {
        SUPERBLOCK(ProblemKind.SUPERBLOCK_CORRUPT, p -> p.b.bytes()[3] ^= 1),
        BACKUP(ProblemKind.BACKUP_SUPERBLOCK_WRONG, p -> p.b.bytes()[p.b.g.backupBlock() * SIZE + 90] ^= 1),
        OLDER_CHECKPOINT(
                ProblemKind.CHECKPOINT_INVALID, p -> p.b.bytes()[p.region(p.b.checkpointNumber() - 1) + 20] ^= 1),
        NEWEST_CHECKPOINT(ProblemKind.CHECKPOINT_INVALID, p -> p.b.bytes()[p.region(p.b.checkpointNumber()) + 20] ^= 1),
        BOTH_CHECKPOINTS(ProblemKind.NO_CHECKPOINT, p -> {
            p.b.bytes()[p.region(0) + 20] ^= 1;
            p.b.bytes()[p.region(1) + 20] ^= 1;
        }),
        OLD_CHECKPOINT(ProblemKind.CHECKPOINT_OLD, p -> {
            int at = p.region(p.b.checkpointNumber() - 1);
            put64(p.b.bytes(), at + Format.CP_POINTERS + 504, p.b.checkpointNumber() + 7);
            p.put(at + Format.CP_SEQUENCE, p.b.checkpointNumber() + 7, 8);
        }),
        REPAIR_CUT_SHORT(ProblemKind.CHECKPOINT_BEFORE_REPAIR, p -> {
            int at = p.region(p.b.checkpointNumber() - 1);
            put64(p.b.bytes(), at + Format.CP_POINTERS + 504, p.b.checkpointNumber() - Rewriting.NUMBERS);
            p.put(at + Format.CP_SEQUENCE, p.b.checkpointNumber() - Rewriting.NUMBERS, 8);
        }),
        LOG_RECORD(ProblemKind.LOG_RECORD_INVALID, p -> {
            p.b.write(p.file, 0, (byte) 9);
            p.b.group();
            p.record(p.file, Format.INO_NUMBER, 0xF009, 4);
        }),
        LOG_OPERATION(ProblemKind.LOG_OPERATION_INVALID, p -> {
            int block = p.b.logEnd() + 1;
            p.b.operation(Format.OP_LINK, 8, p.file, 2, 0, "", p.home, "again", 0, 0);
            p.b.group();
            p.put(block * SIZE + Format.OPS_RECORDS + Format.OP_LENGTH, 0, 2);
        }),
        REPLACED_RECORD(ProblemKind.REPLACED_RECORD_WRONG, p -> {
            int before = p.b.recordAt(p.file);
            p.b.write(p.file, 0, (byte) 9);
            p.b.group();
            p.put(before + Format.INO_EXTENT_COUNT, 4, 4);
        }),
        MAP_ENTRY(ProblemKind.MAP_ENTRY_INVALID, p -> p.put(p.b.mapEntryAt(p.file), 1, 4)),
        MAP_SLOT(ProblemKind.MAP_RECORD_WRONG, p -> p.put(p.b.mapEntryAt(p.file) + Format.MAP_SLOT, 0, 4)),
        MAP_VERSION(ProblemKind.MAP_RECORD_WRONG, p -> p.put(p.b.mapEntryAt(p.file) + Format.MAP_VERSION, 77, 8)),
        ROOT_LOST(ProblemKind.ROOT_MISSING, p -> {
            p.b.bytes()[p.b.recordAt(1) + Format.INO_LINKS] = 0;
            p.put(p.b.recordAt(1) + Format.INO_VERSION, -5, 8);
            p.put(p.b.mapEntryAt(1), 0, 4);
            p.put(p.b.g.segmentStart(0) * SIZE + SIZE + Format.INO_VERSION, -5, 8);
        }),
        ROOT_FILE(ProblemKind.ROOT_NOT_A_DIRECTORY, p -> p.record(1, Format.INO_MODE, Mode.REGULAR | 0644, 4)),
        MODE(ProblemKind.MODE_INVALID, p -> p.record(p.file, Format.INO_MODE, 0x0FFF, 4)),
        SIZE_NEGATIVE(ProblemKind.SIZE_INVALID, p -> p.record(p.file, Format.INO_SIZE, -4, 8)),
        TARGET(ProblemKind.SYMLINK_INVALID, p -> p.record(p.link, Format.INO_SIZE, 0, 8)),
        EXTENT_COUNT(ProblemKind.EXTENT_TREE_INVALID, p -> p.record(p.file, Format.INO_EXTENT_COUNT, -1, 4)),
        EXTENT_ADDRESS(ProblemKind.EXTENTS_INVALID, p -> p.record(p.file, Format.INO_AREA + 8, 1, 4)),
        EXTENT_ORDER(ProblemKind.EXTENTS_INVALID, p -> p.record(p.file, Format.INO_AREA + 16, 0, 8)),
        EXTENT_BLOCK(ProblemKind.EXTENT_BLOCK_INVALID, p -> p.record(p.tree, Format.INO_AREA, 1, 4)),
        DIRECTORY_SIZE(ProblemKind.DIRECTORY_HOLE, p -> p.record(p.home, Format.INO_SIZE, 5 * SIZE, 8)),
        FOREIGN_BLOCK(
                ProblemKind.BLOCK_OF_ANOTHER, p -> p.record(p.file, Format.INO_AREA + 8, p.b.blockOf(p.other, 0), 4)),
        NO_SUMMARY(
                ProblemKind.BLOCK_WITHOUT_SUMMARY,
                p -> Arrays.fill(
                        p.b.bytes(),
                        p.summaryOf(p.b.blockOf(p.file, 0)) * SIZE,
                        p.summaryOf(p.b.blockOf(p.file, 0)) * SIZE + 64,
                        (byte) 0)),
        DATA_ROT(ProblemKind.PAYLOAD_WRONG, p -> p.b.bytes()[p.b.blockOf(p.file, 0) * SIZE + 100] ^= 4),
        RECORD_LENGTH(
                ProblemKind.DIRECTORY_BLOCK_CORRUPT, p -> p.put(p.entry(p.home, "other") + Format.DIR_LENGTH, 3, 2)),
        ENTRY_BEYOND(ProblemKind.ENTRY_INODE_INVALID, p -> p.put(p.entry(p.home, "other"), 4444, 4)),
        ENTRY_UNUSED(ProblemKind.ENTRY_INODE_UNUSED, p -> p.put(p.entry(p.home, "other"), 190, 4)),
        ENTRY_LOST(ProblemKind.ENTRY_INODE_LOST, p -> p.put(p.b.mapEntryAt(p.file), 0, 4)),
        ENTRY_ROOT(ProblemKind.ENTRY_NAMES_ROOT, p -> p.put(p.entry(p.home, "other"), 1, 4)),
        ENTRY_TYPE(ProblemKind.ENTRY_TYPE_WRONG, p -> p.put(p.entry(p.home, "other") + Format.DIR_TYPE, 4, 1)),
        ENTRY_TWICE(ProblemKind.ENTRY_NAME_REPEATED, p -> {
            int at = p.entry(p.home, "file") + Format.DIR_NAME;
            System.arraycopy("link".getBytes(StandardCharsets.UTF_8), 0, p.b.bytes(), at, 4);
            FuzzedImage.seal(p.b.g, p.b.bytes(), at / SIZE);
        }),
        DIRECTORY_TWICE(ProblemKind.DIRECTORY_NAMED_TWICE, p -> {
            p.put(p.entry(p.home, "other") + Format.DIR_TYPE, 4, 1);
            p.put(p.entry(p.home, "other"), p.deep, 4);
        }),
        PARENT(ProblemKind.PARENT_WRONG, p -> p.record(p.deep, Format.INO_PARENT, 1, 4)),
        LOOP(ProblemKind.DIRECTORY_LOOP, p -> {
            p.put(p.entry(1, "home") + Format.DIR_TYPE, 8, 1);
            p.put(p.entry(1, "home"), p.other, 4);
            p.put(p.entry(p.deep, "tree") + Format.DIR_TYPE, 4, 1);
            p.put(p.entry(p.deep, "tree"), p.home, 4);
        }),
        NAMELESS(ProblemKind.UNNAMED_INODE, p -> p.put(p.entry(p.home, "deep"), 0, 4)),
        LINKS(ProblemKind.LINK_COUNT_WRONG, p -> p.record(p.file, Format.INO_LINKS, 3, 4)),
        USAGE_ZERO(ProblemKind.LIVE_BLOCKS_IN_FREE_SEGMENT, p -> p.put(p.b.usageEntryAt(0), 0, 4)),
        USAGE_LOW(ProblemKind.USAGE_TOO_LOW, p -> p.put(p.b.usageEntryAt(0), 512, 4)),
        USAGE_MOST(ProblemKind.USAGE_IMPOSSIBLE, p -> p.put(p.b.usageEntryAt(3), 0x7F00_0000, 4)),
        USAGE_HIGH(ProblemKind.USAGE_TOO_HIGH, p -> p.put(p.b.usageEntryAt(3), 512, 4)),
        INODES_USED(
                ProblemKind.INODES_USED_WRONG,
                p -> p.put(p.region(p.b.checkpointNumber()) + Format.CP_INODES_USED, 99, 4)),
        EXTENT_BLOCKS(
                ProblemKind.EXTENT_BLOCKS_WRONG,
                p -> p.put(p.region(p.b.checkpointNumber()) + Format.CP_EXTENT_BLOCKS, 99, 4)),
        LOG_END(ProblemKind.LOG_END_IN_LIVE_BLOCKS, p -> {
            int at = p.region(p.b.checkpointNumber());
            put32(p.b.bytes(), at + Format.CP_NEXT_END, p.b.g.segmentStart(1));
            p.put(at + Format.CP_NEXT, p.b.blockOf(p.file, 0), 4);
        });

        final ProblemKind kind;
        final Doing doing;

        Wound(ProblemKind kind, Doing doing) {
            this.kind = kind;
            this.doing = doing;
        }
    }

    /** Cases S to U of the log, and a usage that is no segment's: what fsck must see because a mount would not do. */
    private static final Set<Wound> MOUNT_REFUSES =
            EnumSet.of(Wound.LOG_RECORD, Wound.LOG_OPERATION, Wound.REPLACED_RECORD, Wound.USAGE_MOST);

    /** Who only reads needs no counts. */
    private static final Set<Wound> READING_REFUSES =
            EnumSet.of(Wound.LOG_RECORD, Wound.LOG_OPERATION, Wound.REPLACED_RECORD);

    @ParameterizedTest
    @EnumSource(Wound.class)
    void isFoundAndMended(Wound wound) {
        Patient patient = new Patient();
        wound.doing.to(patient);
        SimulatedDisk disk = ImageBuilder.disk(patient.b.image());
        Fsck fsck = Fsck.withPaths();
        FsckReport found = fsck.check(disk);
        assertEquals(4, found.exitCode());
        assertTrue(
                found.problems().stream().anyMatch(problem -> problem.kind() == wound.kind), found.lines()::toString);
        found.problems().forEach(problem -> {
            assertFalse(problem.text().contains("{"), problem::text);
            assertEquals(problem.kind().canBeMended(), !problem.fix().isEmpty(), problem::text);
        });
        assertEquals(patient.b.image(), disk.image());
        FsckReport quick = Fsck.quick().check(disk);
        if (MOUNT_REFUSES.contains(wound)) {
            assertEquals(4, quick.exitCode());
            assertThrows(MountException.class, () -> Trees.mounted(patient.b.image(), false));
        }
        if (READING_REFUSES.contains(wound)) {
            assertThrows(MountException.class, () -> Trees.mounted(patient.b.image(), true));
        }

        FsckReport mended = fsck.repair(disk);
        assertEquals(1, mended.exitCode(), mended.lines()::toString);
        assertEquals(List.of(), fsck.check(disk).lines(), mended.lines()::toString);
        SecondReader.read(disk.image());
    }

    /** A tree walk ends, with a reason, where names lead round in a circle. */
    @Test
    void aLoopOfDirectoriesIsNoPathWithoutEnd() {
        Patient patient = new Patient();
        int at = patient.entry(patient.deep, "tree");
        patient.put(at + Format.DIR_TYPE, 4, 1);
        patient.put(at, patient.home, 4);
        FsckReport found = new Fsck().check(ImageBuilder.disk(patient.b.image()));
        assertTrue(
                found.problems().stream().anyMatch(problem -> problem.kind() == ProblemKind.DIRECTORY_NAMED_TWICE),
                found.lines()::toString);
        UnreadableTreeException refused =
                assertThrows(UnreadableTreeException.class, () -> Trees.mounted(patient.b.image(), true));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("/home/deep/tree: cannot be read: EUCLEAN"),
                refused::getMessage);
    }

    @Test
    void theRootHasNoNameInItself() {
        Patient patient = new Patient();
        int at = patient.entry(1, "home");
        patient.put(at, 1, 4);
        UnreadableTreeException refused =
                assertThrows(UnreadableTreeException.class, () -> Trees.mounted(patient.b.image(), true));
        assertTrue(String.valueOf(refused.getMessage()).contains("/home: cannot"), refused::getMessage);
    }
}
