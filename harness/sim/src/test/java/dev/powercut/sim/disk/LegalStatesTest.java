package dev.powercut.sim.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The states of devices that write in any order, against the plainest definition: try all subsets. */
final class LegalStatesTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());
    private static final int SECTORS = 6;

    @Property(tries = 400, seed = "1")
    void sectorsAreKeptInAnySubset(@ForAll byte[] bytes) {
        DiskImage base = randomImage(Choices.fromBytes(bytes).split("base"));
        List<LogEntry> pending = randomEntries(Choices.fromBytes(bytes), 4);

        assertEquals(bruteForce(CrashModel.TORN, base, pending), hashes(CrashModel.TORN, base, pending));
    }

    @Property(tries = 400, seed = "2")
    void writesAreKeptInAnySubset(@ForAll byte[] bytes) {
        DiskImage base = randomImage(Choices.fromBytes(bytes).split("base"));
        List<LogEntry> pending = randomEntries(Choices.fromBytes(bytes), 8);

        assertEquals(bruteForce(CrashModel.REORDER, base, pending), hashes(CrashModel.REORDER, base, pending));
    }

    @Property(tries = 200, seed = "3")
    void liarKeepsAnySubsetOfEverything(@ForAll byte[] bytes) {
        List<LogEntry> pending = randomEntries(Choices.fromBytes(bytes), 4);
        pending.add(2, new LogEntry.Flush(99, CAUSE));
        DiskImage base = DiskImage.blank(SECTORS);

        assertEquals(bruteForce(CrashModel.LYING, base, pending), hashes(CrashModel.LYING, base, pending));
    }

    @Property(tries = 200, seed = "4")
    void everyStateSaysWhatItKept(@ForAll byte[] bytes) {
        DiskImage base = randomImage(Choices.fromBytes(bytes).split("base"));
        List<LogEntry> pending = randomEntries(Choices.fromBytes(bytes), 4);
        WriteLog log = new WriteLog(base);
        pending.forEach(log::add);
        CrashModel garbage = CrashModel.TORN.leavingGarbage().tearingSectors(256);
        for (CrashModel model : List.of(CrashModel.REORDER, CrashModel.TORN, garbage)) {
            LegalStates states = model.legalStates(base, pending);
            for (long i = 0; i < Math.min(states.count(), 200); i++) {
                CrashState state = states.state(i);
                assertEquals(
                        state.image(), log.image(state.kept()), state.kept().text());
                assertEquals(state.kept(), Kept.parse(state.kept().text()));
            }
        }
    }

    @Property(tries = 100, seed = "5")
    void noStateComesTwiceAndTheFirstHasLostNothing(@ForAll byte[] bytes) {
        DiskImage base = DiskImage.blank(SECTORS);
        List<LogEntry> pending = randomEntries(Choices.fromBytes(bytes), 4);
        DiskImage all = base;
        for (LogEntry entry : pending) {
            all = WriteLog.apply(all, entry);
        }
        for (CrashModel model : List.of(CrashModel.REORDER, CrashModel.TORN)) {
            LegalStates states = model.legalStates(base, pending);
            assertEquals(all, states.state(0).image());
            assertEquals(states.count(), hashes(model, base, pending).size());
        }
    }

    @Test
    void forcedWriteIsKeptAndWhatCameBeforeItMayBeLost() {
        List<LogEntry> pending = List.of(write(0, 0, 1, false), write(1, 1, 2, true), write(2, 1, 3, false));

        TreeSet<ContentHash> states = hashes(CrashModel.TORN, DiskImage.blank(SECTORS), pending);

        assertEquals(4, states.size());
        DiskImage kept = DiskImage.blank(SECTORS).with(1, sector(2));
        assertTrue(states.contains(kept.hash()));
    }

    @Test
    void discardThatIsNotLostIsDoneWhenComplete() {
        CrashModel keeping = new CrashModel(
                "keeping", CrashModel.Loss.SUBSET, CrashModel.Unit.SECTOR, Sector.BYTES, false, false, true, true);
        DiskImage base = DiskImage.blank(SECTORS).with(3, sector(1));
        List<LogEntry> pending = List.of(new LogEntry.Discard(0, 2, 3, CAUSE));

        assertEquals(1, keeping.legalStates(base, pending).count());
        assertEquals(2, CrashModel.TORN.legalStates(base, pending).count());
    }

    @Test
    void damagedSectorsAreThereOnlyWhereTheModelHasThem() {
        DiskImage base = DiskImage.blank(SECTORS).with(0, filled(7));
        List<LogEntry> pending = List.of(new LogEntry.Write(0, 0, new Sector[] {filled(9)}, false, CAUSE));

        assertEquals(2, CrashModel.TORN.legalStates(base, pending).count());
        assertEquals(
                3, CrashModel.TORN.leavingGarbage().legalStates(base, pending).count());
        assertEquals(
                5,
                CrashModel.TORN.tearingSectors(128).legalStates(base, pending).count());
        assertEquals(2, CrashModel.PREFIX.legalStates(base, pending).count());
        assertEquals(
                6,
                CrashModel.PREFIX
                        .tearingSectors(128)
                        .leavingGarbage()
                        .legalStates(base, pending)
                        .count());
        assertThrows(IllegalArgumentException.class, CrashModel.REORDER::leavingGarbage);
    }

    @Test
    void lyingDiskLosesWhatWasFlushedAndAnHonestOneDoesNot() {
        WriteLog log = new WriteLog(DiskImage.blank(SECTORS));
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
        disk.write(0, 1, new byte[Sector.BYTES], 0, CAUSE);
        byte[] one = new byte[Sector.BYTES];
        one[0] = 1;
        disk.write(1, 1, one, 0, CAUSE);
        disk.flush(CAUSE);
        boolean lost = false;
        for (int seed = 0; seed < 50; seed++) {
            lost |= disk.powerCut(CrashModel.LYING, Choices.seeded(seed))
                    .image()
                    .equals(log.base());
            assertEquals(
                    disk.image(),
                    disk.powerCut(CrashModel.TORN, Choices.seeded(seed)).image());
        }
        assertTrue(lost);
    }

    @Test
    void manyOverlappingWritesAreCountedHonestly() {
        List<LogEntry> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pending.add(new LogEntry.Write(i, i % 5, new Sector[] {sector(i + 1), sector(i + 1)}, false, CAUSE));
        }
        CrashWindow window = CrashWindows.last(CrashModel.REORDER, DiskImage.blank(SECTORS), pending);

        assertEquals(Long.MAX_VALUE, window.stateCount());
        assertTrue(window.bits() >= 20, "2^" + window.bits());
    }

    /** All images that come of keeping any units that are not forced, written in the order of issue. */
    private static TreeSet<ContentHash> bruteForce(CrashModel model, DiskImage base, List<LogEntry> pending) {
        TreeSet<ContentHash> hashes = new TreeSet<>();
        subsets(model, base, pending, 0, hashes);
        return hashes;
    }

    private static void subsets(
            CrashModel model, DiskImage image, List<LogEntry> pending, int from, TreeSet<ContentHash> hashes) {
        if (from == pending.size()) {
            hashes.add(image.hash());
            return;
        }
        LogEntry entry = pending.get(from);
        long count = WriteLog.sectorCount(entry);
        boolean forced = entry instanceof LogEntry.Write write && write.fua() && model.honoursFua();
        if (forced || model.unit() == CrashModel.Unit.WRITE || count == 0) {
            subsets(model, WriteLog.apply(image, entry), pending, from + 1, hashes);
            if (!forced && count > 0) {
                subsets(model, image, pending, from + 1, hashes);
            }
            return;
        }
        for (int bits = 0; bits < 1 << count; bits++) {
            DiskImage some = image;
            for (int i = 0; i < count; i++) {
                if ((bits & 1 << i) != 0) {
                    some = WriteLog.damaged(some, entry, i, Sector.BYTES);
                }
            }
            subsets(model, some, pending, from + 1, hashes);
        }
    }

    private static TreeSet<ContentHash> hashes(CrashModel model, DiskImage base, List<LogEntry> pending) {
        LegalStates states = model.legalStates(base, pending);
        TreeSet<ContentHash> hashes = new TreeSet<>();
        for (long i = 0; i < states.count(); i++) {
            hashes.add(states.state(i).image().hash());
        }
        return hashes;
    }

    private static DiskImage randomImage(Choices choices) {
        DiskImage image = DiskImage.blank(SECTORS);
        for (int i = 0; i < SECTORS; i++) {
            image = image.with(i, sector(choices.choose("contents", 3)));
        }
        return image;
    }

    private static List<LogEntry> randomEntries(Choices choices, int most) {
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            switch (choices.choose("entry", 6)) {
                case 0, 1, 2, 3 -> {
                    Sector[] contents = new Sector[choices.between("sectors", 1, 3)];
                    for (int j = 0; j < contents.length; j++) {
                        contents[j] = sector(choices.choose("contents", 4));
                    }
                    long at = choices.choose("at", SECTORS - contents.length + 1);
                    entries.add(new LogEntry.Write(i, at, contents, choices.chance("fua", 1, 4), CAUSE));
                }
                case 4 -> entries.add(new LogEntry.Discard(i, choices.choose("at", SECTORS - 1), 2, CAUSE));
                default -> entries.add(new LogEntry.Mark(i, () -> "mark"));
            }
        }
        return entries;
    }

    private static LogEntry write(int sequence, long at, int contents, boolean fua) {
        return new LogEntry.Write(sequence, at, new Sector[] {sector(contents)}, fua, CAUSE);
    }

    private static Sector sector(int contents) {
        byte[] bytes = new byte[Sector.BYTES];
        bytes[0] = (byte) contents;
        return Sector.copyOf(bytes, 0);
    }

    private static Sector filled(int contents) {
        byte[] bytes = new byte[Sector.BYTES];
        java.util.Arrays.fill(bytes, (byte) contents);
        return Sector.copyOf(bytes, 0);
    }
}
