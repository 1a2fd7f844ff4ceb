package dev.powercut.sim.disk.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

final class FaultsTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());
    private static final int SECTORS = 64;
    private static final int TURNS = 400;

    private static final List<BiFunction<BlockDevice, Odds, BlockDevice>> ALL = List.of(
            ReadErrors::new,
            WriteErrors::new,
            DroppedWrites::new,
            MisdirectedWrites::new,
            LatentSectors::new,
            BitRot::new);

    private final SimulatedDisk disk =
            SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(SECTORS));

    private static byte[] filled(int value, int sectors) {
        byte[] bytes = new byte[sectors * Sector.BYTES];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Odds odds(int oneIn) {
        return new Odds(Choices.seeded(7), oneIn);
    }

    private static byte[] read(BlockDevice device, long sector) {
        byte[] bytes = new byte[Sector.BYTES];
        device.read(sector, 1, bytes, 0);
        return bytes;
    }

    @Test
    void withDullChoicesNothingEverGoesWrong() {
        for (BiFunction<BlockDevice, Odds, BlockDevice> fault : ALL) {
            BlockDevice device = fault.apply(disk, new Odds(Choices.zero(), 2));
            for (int i = 0; i < SECTORS; i++) {
                device.write(i, 1, filled(i, 1), 0, CAUSE);
                assertArrayEquals(filled(i, 1), read(device, i));
            }
            device.flush(CAUSE);
            assertEquals(SECTORS, device.sectorCount());
        }
    }

    @Test
    void sameChoicesGiveTheSameFaults() {
        for (BiFunction<BlockDevice, Odds, BlockDevice> fault : ALL) {
            assertEquals(story(fault), story(fault));
        }
    }

    /** What happens in a long sequence of writes and reads. */
    private static List<String> story(BiFunction<BlockDevice, Odds, BlockDevice> fault) {
        SimulatedDisk fresh = SimulatedDisk.unlogged(World.withOneTask(Choices.zero()), DiskImage.blank(SECTORS));
        BlockDevice device = fault.apply(fresh, odds(10));
        List<String> story = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            try {
                device.write(i % SECTORS, 1, filled(i, 1), 0, CAUSE);
                story.add(Integer.toString(Arrays.hashCode(read(device, i * 7 % SECTORS))));
            } catch (MediumException e) {
                story.add(String.valueOf(e.getMessage()));
            }
        }
        story.add(fresh.image().hash().toString());
        return story;
    }

    @Test
    void readErrorsFailReadsNowAndThenAndHarmNothing() {
        ReadErrors device = new ReadErrors(disk, odds(4));
        device.write(5, 1, filled(9, 1), 0, CAUSE);
        int failed = 0;
        for (int i = 0; i < TURNS; i++) {
            try {
                assertArrayEquals(filled(9, 1), read(device, 5));
            } catch (MediumException e) {
                assertEquals(5, e.sector());
                failed++;
            }
        }
        assertTrue(failed > TURNS / 8 && failed < TURNS / 2, failed + " failed");
    }

    @Test
    void writeThatFailsIsNotDone() {
        WriteErrors device = new WriteErrors(disk, odds(2));
        for (int i = 1; i <= TURNS; i++) {
            byte[] before = read(disk, 3);
            try {
                device.write(3, 1, filled(i, 1), 0, CAUSE);
                assertArrayEquals(filled(i, 1), read(disk, 3));
            } catch (MediumException e) {
                assertArrayEquals(before, read(disk, 3));
            }
        }
    }

    @Test
    void droppedWritesAreAcknowledged() {
        DroppedWrites device = new DroppedWrites(disk, odds(2));
        int dropped = 0;
        for (int i = 1; i <= TURNS; i++) {
            device.write(3, 1, filled(i, 1), 0, CAUSE);
            dropped += Arrays.equals(filled(i, 1), read(device, 3)) ? 0 : 1;
        }
        assertTrue(dropped > TURNS / 4, dropped + " dropped");
    }

    @Test
    void misdirectedWriteLeavesItsPlaceAloneAndSpoilsJustOneOther() {
        MisdirectedWrites device = new MisdirectedWrites(disk, odds(2));
        int misdirected = 0;
        for (int i = 1; i <= TURNS; i++) {
            DiskImage before = disk.image();
            device.write(i % 60, 2, filled(i % 120 + 1, 2), 0, CAUSE);
            List<Long> changed = new ArrayList<>();
            disk.image().forEachDifference(before, (sector, contents) -> changed.add(sector));
            if (!changed.isEmpty() && changed.getFirst() != i % 60 && changed.getLast() != i % 60 + 1) {
                misdirected++;
            }
            assertTrue(changed.size() <= 2, changed.toString());
        }
        assertTrue(misdirected > TURNS / 8, misdirected + " misdirected");
    }

    @Test
    void latentSectorStaysUnreadableUntilItIsWritten() {
        LatentSectors device = new LatentSectors(disk, odds(2));
        long bad = -1;
        for (int i = 0; i < TURNS && bad < 0; i++) {
            try {
                device.read(0, SECTORS, new byte[SECTORS * Sector.BYTES], 0);
            } catch (MediumException e) {
                bad = e.sector();
            }
        }
        long sector = bad;
        assertThrows(MediumException.class, () -> read(device, sector));
        assertThrows(MediumException.class, () -> read(device, sector));
        LatentSectors quiet = new LatentSectors(disk, new Odds(Choices.zero(), 2));
        device.write(sector, 1, filled(1, 1), 0, CAUSE);
        assertArrayEquals(filled(1, 1), read(quiet, sector));
    }

    @Test
    void rottenBitStaysTurnedUntilTheSectorIsWritten() {
        BitRot device = new BitRot(disk, odds(2));
        disk.write(0, 1, filled(0x55, 1), 0, CAUSE);
        byte[] found = filled(0x55, 1);
        for (int i = 0; i < TURNS && Arrays.equals(found, filled(0x55, 1)); i++) {
            found = read(device, 0);
        }
        int turned = 0;
        for (byte one : found) {
            turned += Integer.bitCount((one ^ 0x55) & 0xFF);
        }
        assertEquals(1, turned);
        assertArrayEquals(found, read(device, 0));
        assertArrayEquals(filled(0x55, 1), read(disk, 0));
        device.write(0, 1, filled(2, 1), 0, CAUSE);
        assertFalse(Arrays.equals(found, read(device, 0)));
    }
}
