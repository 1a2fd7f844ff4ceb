package dev.powercut.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SharedResultsTest {

    private static final int SECTORS = 200;

    private static Sector filled(int value) {
        byte[] bytes = new byte[Sector.BYTES];
        bytes[0] = (byte) value;
        return Sector.copyOf(bytes, 0);
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers()
                .between(0, SECTORS * 3 - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    /** Follows a chain of sectors, each of which names the next one, and writes how long it was beside its end. */
    private static int follow(BlockDevice device) {
        byte[] sector = new byte[Sector.BYTES];
        int at = 0;
        int steps = 0;
        while (steps < 6) {
            device.read(at, 1, sector, 0);
            at = (at * 7 + 13 * (sector[0] + 1)) % (SECTORS - 1);
            steps += sector[0] == 2 ? 6 : 1;
        }
        sector[0] = (byte) steps;
        device.write(at + 1L, 1, sector, 0, new Cause(new BlockKind("result"), new Trigger.Format()));
        return at * 100 + steps;
    }

    private record Outcome(int result, Patch patch) {}

    @Property(seed = "1")
    void whatIsSharedIsWhatWouldHaveComeOut(@ForAll @From("changes") List<Integer> changes) {
        SharedResults<Outcome> shared = new SharedResults<>(8);
        Footprint footprint = new Footprint(SECTORS);
        ScratchDisk disk = new ScratchDisk(DiskImage.blank(SECTORS), 1_000_000);
        DiskImage image = DiskImage.blank(SECTORS);
        for (int change : changes) {
            image = image.with(change / 3, filled(change % 3));
            Outcome known = shared.find(image);
            footprint.forgetAll();
            int result = follow(disk.load(image).watchedBy(footprint));
            if (known == null) {
                shared.enter(footprint.readSet(), new Outcome(result, footprint.patch(disk.image())));
            } else {
                assertEquals(result, known.result());
                assertEquals(disk.image(), known.patch().appliedTo(image));
            }
        }
    }

    @Test
    void whatWasNotReadMayDiffer() {
        SharedResults<String> shared = new SharedResults<>(8);
        DiskImage image = DiskImage.blank(SECTORS).with(5, filled(1));
        Footprint footprint = new Footprint(SECTORS);
        footprint.noteRead(4, 3);
        assertNull(shared.find(image));
        shared.enter(footprint.readSet(), "first");
        assertEquals("first", shared.find(image.with(7, filled(1))));
        assertNull(shared.find(image.with(6, filled(1))));
        assertEquals("first", shared.find(image.with(100, filled(2))));
    }

    @Test
    void whatIsWrittenBeforeItIsReadIsNotRead() {
        Footprint footprint = new Footprint(SECTORS);
        footprint.noteWrite(62, 4);
        footprint.noteRead(60, 8);
        List<Integer> read = new ArrayList<>();
        for (int sector = 0; sector < SECTORS; sector++) {
            if (footprint.readSet().contains(sector)) {
                read.add(sector);
            }
        }
        assertEquals(List.of(60, 61, 66, 67), read);
    }

    @Test
    void whereNothingIsSharedItStopsLooking() {
        SharedResults<String> shared = new SharedResults<>(8);
        Footprint footprint = new Footprint(SECTORS);
        footprint.noteRead(0, 3);
        ReadSet set = footprint.readSet();
        DiskImage image = DiskImage.blank(SECTORS);
        int asked = 0;
        while (shared.pays()) {
            image = image.with(asked % 3, filled(Math.floorMod(Objects.hash(asked), 251)));
            if (shared.find(image) == null) {
                shared.enter(set, "result");
            }
            asked++;
            assertTrue(asked < 100_000);
        }
        assertFalse(shared.pays());
    }
}
