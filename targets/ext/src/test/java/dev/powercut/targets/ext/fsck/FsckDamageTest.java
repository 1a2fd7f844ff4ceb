package dev.powercut.targets.ext.fsck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.targets.ext.E2fsprogs;
import dev.powercut.targets.ext.mkfs.MkfsOptions;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Metadata with bits turned over, anywhere. Whatever it is, -y ends, and tells truly whether the image is sound afterwards. */
class FsckDamageTest {

    private static final Surgery SOUND =
            Surgery.populated(2 << 20, MkfsOptions.defaults().withInodeSize(256));

    private static final int[] METADATA = SOUND.metadata();

    private final Fsck fsck = new Fsck();
    private int tries;

    @Property(tries = 1000, seed = "1")
    void repairEndsAndTellsTheTruth(@ForAll @Size(min = 1, max = 8) int[] flips) {
        Surgery s = SOUND.copy();
        for (int flip : flips) {
            s.b[METADATA[Math.floorMod(flip >> 3, METADATA.length)]] ^= (byte) (1 << (flip & 7));
        }
        check(s.image(), tries++ % 20 == 0);
    }

    /** Whole sectors of metadata become something else: zeroes, ones, or another sector. */
    @Property(tries = 200, seed = "2")
    void lostAndMisplacedSectorsAreMendedToo(@ForAll @Size(min = 1, max = 4) int[] changes) {
        Surgery s = SOUND.copy();
        for (int change : changes) {
            int to = METADATA[Math.floorMod(change >> 2, METADATA.length)] & -512;
            switch (change & 3) {
                case 0 -> Arrays.fill(s.b, to, to + 512, (byte) 0);
                case 1 -> Arrays.fill(s.b, to, to + 512, (byte) -1);
                default -> {
                    int from = METADATA[Math.floorMod(change * 31, METADATA.length)] & -512;
                    System.arraycopy(SOUND.b, from, s.b, to, 512);
                }
            }
        }
        check(s.image(), tries++ % 10 == 0);
    }

    private void check(DiskImage image, boolean askTheRealOne) {
        SimulatedDisk disk = Surgery.disk(image);
        FsckReport before = fsck.check(disk);
        assertEquals(image, disk.image(), "-n writes nothing");
        FsckReport report = fsck.repair(disk);
        if (report.exitCode() > 1) {
            assertTrue(report.exitCode() == 4 || report.exitCode() == 8);
            return;
        }
        assertEquals(List.of(), fsck.check(disk).lines(), () -> before.lines().toString());
        if (askTheRealOne) {
            E2fsprogs.assertClean(disk.durableImage());
        }
    }
}
