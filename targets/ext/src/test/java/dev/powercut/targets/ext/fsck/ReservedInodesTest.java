package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.format.Format;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inodes 1 to 10 mean little when they hold nothing: what may be left in one and what may not is for e2fsck to say. */
class ReservedInodesTest {

    /** The next of a list of orphans, or a block of metadata; a block of nobody; a large number; one below zero. */
    private static final int[] VALUES = {7, 600, 0x4141_4141, -1};

    private static final int[] TYPES =
            IntStream.range(0, 16).map(type -> type << 12 | 7).toArray();
    private static final int[] SINGLE_BITS =
            IntStream.range(0, Integer.SIZE).map(bit -> 1 << bit).toArray();

    private final Fsck fsck = new Fsck();

    /** Every word of every record. A copy is sound for both, or for neither, and then {@code -y} makes it sound for both. */
    @Test
    void whatMayBeInOneIsAsE2fsckHasIt() {
        Surgery sound = Surgery.on(1 << 20, MkfsOptions.defaults().withInodeSize(Format.INODE_BASE_BYTES));
        List<String> differences = new ArrayList<>();
        try (E2fsprogs.Judge judge = new E2fsprogs.Judge()) {
            for (int inode = 1; inode < Format.FIRST_INODE; inode++) {
                for (int word = 0; word < Format.INODE_BASE_BYTES && inode != Format.ROOT_INODE; word += 4) {
                    for (int value : word == Format.I_MODE ? TYPES : word == Format.I_FLAGS ? SINGLE_BITS : VALUES) {
                        Surgery s = sound.copy();
                        LittleEndian.put32(s.b, s.inodeOffset(inode) + word, value);
                        judge(s.image(), "inode %d, byte %d, %#x".formatted(inode, word, value), judge, differences);
                    }
                }
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    private void judge(DiskImage damaged, String where, E2fsprogs.Judge judge, List<String> differences) {
        SimulatedDisk disk = Surgery.disk(damaged);
        FsckReport report = fsck.check(disk);
        E2fsprogs.Result result = judge.e2fsck(damaged);
        // Of the resize inode, e2fsck says what is wrong and ends with 0.
        boolean clean = result.exit() == 0 && !result.output().contains("? no");
        if (report.lines().isEmpty() != clean) {
            differences.add(where + ": " + report.lines() + " | " + result.exit() + " "
                    + result.output().lines().filter(l -> l.contains("node")).toList());
        }
        if (!report.lines().isEmpty()) {
            FsckReport repaired = fsck.repair(disk);
            E2fsprogs.Result after = judge.e2fsck(disk.image());
            if (after.exit() != 0 || !fsck.check(disk).lines().isEmpty()) {
                differences.add(where + ": after " + repaired.lines() + " | "
                        + after.output().lines().filter(l -> l.contains("node")).toList());
            }
        }
    }
}
