package dev.powercut.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {

    private static final int SECTORS = 40;
    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());
    private static final CrashModel WHOLE_WRITES = CrashModel.of("whole", CrashModel.Loss.TAIL, CrashModel.Unit.WRITE);

    private final World world = World.withOneTask(Choices.seeded(1));

    /** What is asked of a disk: write (seed other than 0), discard (seed 0), flush (count 0). */
    record Step(int first, int count, int seed, boolean fua) {
        Request request() {
            if (count == 0) {
                return new Request.Flush(CAUSE);
            }
            if (seed == 0) {
                return new Request.Discard(first, count, CAUSE);
            }
            byte[] source = new byte[count * Sector.BYTES];
            for (int i = 0; i < count; i++) {
                DiskImageTest.contents(seed, i % 3).copyTo(source, i * Sector.BYTES);
            }
            return new Request.Write(first, count, source, 0, fua, CAUSE);
        }
    }

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, SECTORS - 5),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 7).map(i -> i == 0))
                .as(Step::new);
    }

    /**
     * The legal images, worked out the long way: every run of sectors that reached the medium in order, not shorter than what
     * the last flush or FUA write made durable.
     */
    private static TreeSet<ContentHash> legal(DiskImage base, List<Step> steps, boolean cutsInsideWrites) {
        List<DiskImage> images = new ArrayList<>(List.of(base));
        int durable = 0;
        for (Step step : steps) {
            DiskImage before = images.getLast();
            switch (step.request()) {
                case Request.Flush flush -> durable = images.size() - 1;
                case Request.Discard discard -> images.add(before.withZeroes(discard.sector(), discard.count()));
                case Request.Write write -> {
                    DiskImage image = before;
                    for (int i = 0; i < write.count(); i++) {
                        image = image.with(write.sector() + i, Sector.copyOf(write.source(), i * Sector.BYTES));
                        if (cutsInsideWrites || i == write.count() - 1) {
                            images.add(image);
                        }
                    }
                    durable = write.fua() ? images.size() - 1 : durable;
                }
                case Request.Read read -> throw new AssertionError();
            }
        }
        TreeSet<ContentHash> hashes = new TreeSet<>();
        images.subList(durable, images.size()).forEach(image -> hashes.add(image.hash()));
        return hashes;
    }

    @Property(seed = "1")
    void powerCutLeavesJustTheLegalStatesAndEachOfThem(
            @ForAll List<@From("steps") Step> steps, @ForAll boolean cutsInsideWrites) {
        CrashModel model = cutsInsideWrites ? CrashModel.PREFIX : WHOLE_WRITES;
        DiskImage base = DiskImage.blank(SECTORS).with(1, DiskImageTest.contents(9, 0));
        World fresh = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(fresh, base);
        for (Step step : steps) {
            disk.submit(step.request()).await();
        }
        TreeSet<ContentHash> expected = legal(base, steps, cutsInsideWrites);
        TreeSet<ContentHash> drawn = new TreeSet<>();
        // Bytes are a base whose first values are just 0, 1, 2 …, so all that can be drawn is drawn.
        for (int value = 0; value < 256; value++) {
            byte[] bytes = {(byte) value};
            drawn.add(disk.powerCut(model, Choices.fromBytes(bytes)).image().hash());
        }
        assertEquals(expected, drawn);
        assertEquals(
                disk.image().hash(),
                disk.powerCut(model, Choices.zero()).image().hash(),
                "the dull power cut loses nothing");
    }

    @Property(seed = "2")
    void enumeratedStatesSayWhatTheyKept(@ForAll List<@From("steps") Step> steps) {
        DiskImage base = DiskImage.blank(SECTORS);
        List<LogEntry> pending = new ArrayList<>();
        WriteLog log = new WriteLog(base);
        SimulatedDisk disk = SimulatedDisk.logged(World.withOneTask(Choices.zero()), log);
        for (Step step : steps) {
            if (step.count() != 0) {
                disk.submit(step.request()).await();
            }
        }
        pending.addAll(log.entries());
        LegalStates states = CrashModel.PREFIX.legalStates(base, pending);
        for (long i = 0; i < states.count(); i++) {
            CrashState state = states.state(i);
            Kept.Prefix kept = assertInstanceOf(Kept.Prefix.class, state.kept());
            DiskImage image = base;
            for (LogEntry entry : pending.subList(0, kept.wholeEntries())) {
                image = WriteLog.apply(image, entry);
            }
            if (kept.sectorsOfNext() > 0) {
                LogEntry.Write torn = (LogEntry.Write) pending.get(kept.wholeEntries());
                assertTrue(kept.sectorsOfNext() < torn.contents().length);
                image = image.with(torn.sector(), torn.contents(), 0, kept.sectorsOfNext());
            }
            assertEquals(image, state.image());
        }
        assertThrows(IndexOutOfBoundsException.class, () -> states.state(states.count()));
        assertThrows(IndexOutOfBoundsException.class, () -> states.state(-1));
    }

    @Test
    void statesAreOrderedFromNothingLostToAllLost() {
        List<LogEntry> pending = List.of(
                new LogEntry.Write(0, 3, sectors(2, 1), false, CAUSE),
                new LogEntry.Discard(1, 3, 1, CAUSE),
                new LogEntry.Write(2, 9, sectors(1, 2), false, CAUSE));
        LegalStates states = CrashModel.PREFIX.legalStates(DiskImage.blank(SECTORS), pending);
        assertEquals(5, states.count());
        List<Kept> kept = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            kept.add(states.state(i).kept());
        }
        assertEquals(
                List.of(
                        new Kept.Prefix(3, 0),
                        new Kept.Prefix(2, 0),
                        new Kept.Prefix(1, 0),
                        new Kept.Prefix(0, 1),
                        new Kept.Prefix(0, 0)),
                kept);
    }

    private static Sector[] sectors(int count, int seed) {
        Sector[] sectors = new Sector[count];
        Arrays.fill(sectors, DiskImageTest.contents(seed, 0));
        return sectors;
    }

    @Test
    void readsSeeWritesThatAreNotDurable() {
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS));
        byte[] data = new byte[1024];
        data[0] = 1;
        data[1023] = 2;
        disk.write(5, 2, data, 0, CAUSE);
        byte[] back = new byte[1024];
        disk.read(5, 2, back, 0);
        assertArrayEquals(data, back);
        assertEquals(DiskImage.blank(SECTORS), disk.durableImage());
        assertNotEquals(disk.durableImage(), disk.image());
        disk.flush(CAUSE);
        assertEquals(disk.image(), disk.durableImage());
        assertEquals(1, disk.flushCount());
    }

    @Test
    void deviceTakesACopyOfWhatIsWritten() {
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS));
        byte[] data = new byte[512];
        data[3] = 1;
        disk.write(0, 1, data, 0, CAUSE);
        data[3] = 2;
        assertEquals(1, disk.image().sector(0).at(3));
    }

    @Test
    void logHasEverythingInOrderWithWorldWideNumbers() {
        WriteLog log = new WriteLog(DiskImage.blank(SECTORS));
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        SimulatedDisk other = SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS));
        disk.write(1, 2, new byte[1024], 0, CAUSE);
        other.flush(CAUSE);
        disk.mark(() -> "halfway");
        disk.submit(new Request.Write(4, 1, new byte[512], 0, true, CAUSE)).await();
        disk.submit(new Request.Discard(7, 3, CAUSE)).await();
        disk.flush(CAUSE);
        List<String> texts = new ArrayList<>();
        for (LogEntry entry : log.entries()) {
            texts.add(entry.sequence() + " "
                    + switch (entry) {
                        case LogEntry.Write write -> write.toString();
                        case LogEntry.Flush flush -> "flush";
                        case LogEntry.Discard discard -> "discard " + discard.count() + " at " + discard.sector();
                        case LogEntry.Mark mark -> "mark " + mark.event().text();
                    });
        }
        assertEquals(
                List.of(
                        "0 write 2 sectors at 1",
                        "2 mark halfway",
                        "3 write 1 sectors at 4 FUA",
                        "4 discard 3 at 7",
                        "5 flush"),
                texts);
        assertThrows(UnsupportedOperationException.class, () -> log.entries().clear());
        assertThrows(IllegalArgumentException.class, () -> log.add(new LogEntry.Flush(5, CAUSE)));
    }

    @Test
    void wholeLogAppliedToItsBaseIsTheDisk() {
        WriteLog log = new WriteLog(DiskImage.blank(SECTORS).with(2, DiskImageTest.contents(1, 0)));
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        for (int i = 0; i < 30; i++) {
            disk.submit(new Step(i, 1 + i % 5, i % 4, i % 7 == 0).request()).await();
        }
        DiskImage image = log.base();
        for (int i = 0; i < log.size(); i++) {
            image = WriteLog.apply(image, log.get(i));
        }
        assertEquals(disk.image(), image);
    }

    @Test
    void requestsBeyondTheDiskAreRefusedAndLeaveNoTrace() {
        WriteLog log = new WriteLog(DiskImage.blank(SECTORS));
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        long hash = world.trace().hash();
        assertThrows(OutOfRangeException.class, () -> disk.write(SECTORS - 1, 2, new byte[1024], 0, CAUSE));
        assertThrows(OutOfRangeException.class, () -> disk.submit(new Request.Discard(SECTORS, 1, CAUSE)));
        assertThrows(OutOfRangeException.class, () -> disk.read(-1, 1, new byte[512], 0));
        assertEquals(0, log.size());
        assertEquals(DiskImage.blank(SECTORS), disk.image());
        assertEquals(hash, world.trace().hash());
    }

    @Test
    void traceTellsWhatWasWrittenAndTimePasses() {
        assertEquals(traceOf(1, 5), traceOf(1, 5));
        assertNotEquals(traceOf(1, 5), traceOf(2, 5));
        assertNotEquals(traceOf(1, 5), traceOf(1, 6));
        SimulatedDisk disk = SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS));
        long before = world.clock().nowNanos();
        disk.flush(CAUSE);
        assertTrue(world.clock().nowNanos() > before);
    }

    private static long traceOf(int seed, int sector) {
        World own = World.withOneTask(Choices.zero());
        SimulatedDisk disk = SimulatedDisk.unlogged(own, DiskImage.blank(SECTORS));
        disk.submit(new Step(sector, 2, seed, false).request()).await();
        return own.trace().hash();
    }

    @Test
    void powerCutOfAMachineTakesAllItsDisksAtOnce() {
        List<SimulatedDisk> disks = List.of(
                SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS)),
                SimulatedDisk.unlogged(world, DiskImage.blank(SECTORS)));
        Machine machine = new Machine(world, 3, disks);
        for (SimulatedDisk disk : disks) {
            disk.submit(new Step(1, 5, 1, false).request()).await();
        }
        assertEquals(3, machine.index());
        TreeSet<String> seen = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            List<CrashState> states = machine.powerCut(CrashModel.PREFIX, Choices.seeded(seed));
            assertEquals(2, states.size());
            seen.add(states.get(0).kept() + "/" + states.get(1).kept());
        }
        assertEquals(36, seen.size(), "each disk loses its own tail");
    }
}
