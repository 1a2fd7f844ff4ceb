package dev.powercut.check.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.ContentHash;
import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LegalStates;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CrashStatesTest {

    private static final Cause CAUSE = new Cause(new BlockKind("data"), new Trigger.WriteBack());
    private static final int SECTORS = 8;

    private final WriteLog log = new WriteLog(DiskImage.blank(SECTORS));

    @Test
    void emptyLogHasOneStateAtOnePosition() {
        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(1, states.positionCount());
        assertEquals(1, states.imageCount());
        assertEquals(1, states.stateCount());
        assertEquals(List.of(CutPoint.ofPrefix(0, 0, 0, 0)), states.cutPoints(0));
    }

    @Test
    void unflushedWritesMayBeLostAtEveryLaterPosition() {
        write(0, 1);
        write(1, 2);

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(3, states.imageCount());
        assertEquals(List.of(CutPoint.ofPrefix(0, 0, 0, 2)), states.cutPoints(0));
        assertEquals(List.of(CutPoint.ofPrefix(1, 0, 1, 2)), states.cutPoints(1));
        assertEquals(List.of(CutPoint.ofPrefix(2, 0, 2, 2)), states.cutPoints(2));
    }

    @Test
    void flushEndsTheTimeInWhichAWriteMayBeLost() {
        write(0, 1);
        flush();
        write(1, 2);

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        // Position 1 is right before the flush: the write may still be lost there, and at no later position.
        assertEquals(List.of(CutPoint.ofPrefix(0, 0, 0, 1)), states.cutPoints(0));
        assertEquals(List.of(CutPoint.ofPrefix(1, 0, 1, 3)), states.cutPoints(1));
    }

    @Test
    void forcedWriteIsABarrierToo() {
        write(0, 1);
        log.add(new LogEntry.Write(log.size(), 1, new Sector[] {sector(2)}, true, CAUSE));
        mark();

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(List.of(CutPoint.ofPrefix(0, 0, 0, 1)), states.cutPoints(0));
        assertEquals(List.of(CutPoint.ofPrefix(1, 0, 1, 1)), states.cutPoints(1));
        assertEquals(List.of(CutPoint.ofPrefix(2, 0, 2, 3)), states.cutPoints(2));
    }

    @Test
    void writesOfSeveralSectorsAreCutBetweenThem() {
        log.add(new LogEntry.Write(0, 2, new Sector[] {sector(1), sector(2), sector(3)}, false, CAUSE));

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(4, states.imageCount());
        assertEquals(List.of(CutPoint.ofPrefix(0, 2, 0, 1)), states.cutPoints(2));
        assertEquals(sector(2), states.image(2).sector(3));
        assertEquals(Sector.ZERO, states.image(2).sector(4));
    }

    @Test
    void marksArePositionsOfTheSameImage() {
        write(0, 1);
        mark();
        mark();

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(2, states.imageCount());
        assertEquals(List.of(CutPoint.ofPrefix(1, 0, 1, 3)), states.cutPoints(1));
    }

    @Test
    void anImageThatComesBackIsOneImageWithTwoCutPoints() {
        write(0, 1);
        flush();
        write(0, 0);
        flush();

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        assertEquals(2, states.imageCount());
        assertEquals(List.of(CutPoint.ofPrefix(0, 0, 0, 1), CutPoint.ofPrefix(3, 0, 3, 4)), states.cutPoints(0));
    }

    /** What a live power cut may draw at any position, and nothing else but parts of the write that is in flight there. */
    @Property(tries = 300, seed = "1")
    void statesAreThoseOfTheCrashModel(@ForAll byte[] bytes) {
        WriteLog random = randomLog(Choices.fromBytes(bytes));
        CrashStates states = CrashStates.of(random, CrashModel.PREFIX);
        DiskImage durable = random.base();
        DiskImage current = random.base();
        List<LogEntry> pending = new ArrayList<>();
        for (int position = 0; position <= random.size(); position++) {
            TreeSet<ContentHash> legal = hashes(CrashModel.PREFIX.legalStates(durable, pending));
            LogEntry next = position < random.size() ? random.get(position) : null;
            if (next instanceof LogEntry.Write write) {
                for (int kept = 1; kept < write.contents().length; kept++) {
                    legal.add(current.with(write.sector(), write.contents(), 0, kept)
                            .hash());
                }
            }
            assertEquals(legal, hashesAt(states, position), "at position " + position);
            if (next instanceof LogEntry.Flush) {
                durable = current;
                pending.clear();
            } else if (next != null) {
                current = WriteLog.apply(current, next);
                pending.add(next);
            }
        }
    }

    /** What a live power cut may draw at any position, with the write that is in flight there among the pending ones. */
    @Property(tries = 150, seed = "2")
    void statesInAnyOrderAreThoseOfTheCrashModel(@ForAll byte[] bytes) {
        WriteLog random = randomLog(Choices.fromBytes(bytes));
        for (CrashModel model : List.of(CrashModel.REORDER, CrashModel.TORN, CrashModel.LYING)) {
            CrashStates states = CrashStates.of(random, model);
            int durableEntries = 0;
            DiskImage durable = random.base();
            for (int position = 0; position <= random.size(); position++) {
                List<LogEntry> pending = new ArrayList<>(random.entries().subList(durableEntries, position));
                if (position < random.size()) {
                    pending.add(inFlight(random.get(position)));
                }
                assertEquals(
                        hashes(model.legalStates(durable, pending)),
                        hashesAt(states, position),
                        model.name() + " at position " + position);
                if (position < random.size()
                        && random.get(position) instanceof LogEntry.Flush
                        && model.honoursFlushes()) {
                    durable = random.image(new Kept.Prefix(position, 0));
                    durableEntries = position + 1;
                }
            }
        }
    }

    /** A forced write that has not completed is a write like any other, and a flush that has not does nothing. */
    private static LogEntry inFlight(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write ->
                new LogEntry.Write(write.sequence(), write.sector(), write.contents(), false, write.cause());
            case LogEntry.Flush flush -> new LogEntry.Mark(flush.sequence(), () -> "flush in flight");
            default -> entry;
        };
    }

    /** Whatever a device that keeps the order may leave, at each position, one that does not may leave too. */
    @Property(tries = 150, seed = "3")
    void statesInAnyOrderHoldAllPrefixesAlsoWhenSampled(@ForAll byte[] bytes) {
        WriteLog random = randomLog(Choices.fromBytes(bytes));
        CrashStates prefixes = CrashStates.of(random, CrashModel.PREFIX);
        CrashStates all = CrashStates.of(random, CrashModel.TORN);
        CrashStates some = CrashStates.of(random, CrashModel.TORN, Choices.seeded(1), new StateBounds(2, 2, 10));
        boolean forced =
                random.entries().stream().anyMatch(entry -> entry instanceof LogEntry.Write write && write.fua());
        for (int position = 0; position <= random.size(); position++) {
            assertTrue(hashesAt(all, position).containsAll(hashesAt(prefixes, position)));
            assertTrue(hashesAt(all, position).containsAll(hashesAt(some, position)));
            assertTrue(forced || hashesAt(some, position).containsAll(hashesAt(prefixes, position)));
        }
    }

    /** The check of single states agrees with the enumeration: legal within the window, and at no position outside of it. */
    @Property(tries = 100, seed = "5")
    void everyStateIsLegalJustWithinItsWindow(@ForAll byte[] bytes) {
        WriteLog random = randomLog(Choices.fromBytes(bytes));
        List<CrashModel> models = List.of(
                CrashModel.PREFIX,
                CrashModel.PREFIX.leavingGarbage(),
                CrashModel.REORDER,
                CrashModel.TORN.tearingSectors(256),
                CrashModel.LYING);
        for (CrashModel model : models) {
            CrashStates states = CrashStates.of(random, model);
            for (int image = 0; image < states.imageCount(); image++) {
                for (CutPoint point : states.cutPoints(image)) {
                    for (int position = point.firstPosition(); position <= point.lastPosition(); position++) {
                        assertNull(
                                model.objection(random, position, point.kept()),
                                model.name() + " " + point + " at " + position);
                    }
                    if (point.firstPosition() > 0) {
                        assertFalse(
                                hashesAt(states, point.firstPosition() - 1)
                                                .contains(states.image(image).hash())
                                        && model.objection(random, point.firstPosition() - 1, point.kept()) != null
                                        && states.cutPoints(image).size() == 1,
                                model.name() + " " + point);
                    }
                }
            }
        }
    }

    @Test
    void stateOfALaxerModelIsRefusedWithTheReason() {
        write(0, 1);
        flush();
        log.add(new LogEntry.Write(2, 1, new Sector[] {sector(1), sector(2)}, false, CAUSE));
        write(4, 2);

        assertEquals(
                "entry 0 is lost, and was flushed before position 2",
                CrashModel.TORN.objection(log, 2, Kept.parse("flushed 0 keeps 2")));
        assertEquals(
                "entry 3 is there without one before it, and the model keeps the order",
                CrashModel.PREFIX.objection(log, 4, Kept.parse("flushed 2 keeps 3")));
        assertEquals(
                "entry 2 is torn, and the model keeps or loses a write as a whole",
                CrashModel.REORDER.objection(log, 4, Kept.parse("flushed 2 keeps 2:1 3")));
        assertEquals(
                "it has entry 3 of the log, which had not been issued at position 2",
                CrashModel.TORN.objection(log, 2, Kept.parse("flushed 2 keeps 3")));
        assertEquals(
                "entry 3 left garbage, and the model's sectors are old or new",
                CrashModel.TORN.objection(log, 4, Kept.parse("flushed 2 keeps 3=garbage")));
        assertNull(CrashModel.TORN.objection(log, 4, Kept.parse("flushed 2 keeps 2:1 3")));
    }

    @Property(tries = 50, seed = "4")
    void imagesAreMadeAgainFromWhatTheyKept(@ForAll byte[] bytes) {
        WriteLog random = randomLog(Choices.fromBytes(bytes));
        for (CrashModel model : List.of(CrashModel.PREFIX, CrashModel.REORDER, CrashModel.TORN)) {
            CrashStates states = CrashStates.of(random, model, Choices.seeded(1), new StateBounds(50, 10, 100));
            for (int image = 0; image < states.imageCount(); image++) {
                for (CutPoint point : states.cutPoints(image)) {
                    assertEquals(states.image(image), random.image(point.kept()), point.toString());
                }
            }
        }
    }

    @Test
    void coverageTellsSampledEpochsFromCompleteOnes() {
        for (int i = 0; i < 3; i++) {
            write(i, 1);
        }
        flush();
        for (int i = 0; i < 8; i++) {
            write(i, 2);
        }

        CrashStates states = CrashStates.of(log, CrashModel.TORN, Choices.seeded(1), new StateBounds(64, 20, 1000));

        assertEquals(
                List.of("epoch 1: 8 of 8", "epoch 2: 20 of 256, sampled"),
                states.coverage().stream()
                        .map(EpochCoverage::text)
                        .map(text -> text.replaceFirst(": (1[0-9]|20) of 256", ": 20 of 256"))
                        .toList());
        assertEquals("epoch 3: 10,000 of 2^31, sampled", new EpochCoverage(3, 0, 1, 10_000, 1L << 31, 31).text());
    }

    @Test
    void totalIsSharedAmongTheEpochsThatHaveManyStates() {
        for (int epoch = 0; epoch < 4; epoch++) {
            for (int i = 0; i < (epoch == 0 ? 2 : 8); i++) {
                write(i, epoch + 1);
            }
            flush();
        }

        CrashStates states = CrashStates.of(log, CrashModel.TORN, Choices.seeded(1), StateBounds.USUAL.withTotal(100));

        assertTrue(states.coverage().getFirst().isComplete());
        assertTrue(states.imageCount() <= 101, states.imageCount() + " images");
        assertTrue(states.imageCount() >= 70, states.imageCount() + " images");
    }

    @Test
    void damagedSectorsAreAmongThePrefixesOfADeviceThatTearsThem() {
        write(0, 1);

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX.leavingGarbage());

        assertEquals(
                List.of("prefix 0", "flushed 0 keeps 0:0=garbage", "prefix 1"),
                java.util.stream.IntStream.range(0, states.imageCount())
                        .mapToObj(image ->
                                states.cutPoints(image).getFirst().kept().text())
                        .toList());
    }

    @Test
    void indexFindsEveryImageAfterItHasGrown() {
        ImageIndex index = new ImageIndex();
        for (int i = 0; i < 5_000; i++) {
            index.put(new ContentHash(i * 0x9E3779B97F4A7C15L, i), i);
        }
        for (int i = 0; i < 5_000; i++) {
            assertEquals(i, index.find(new ContentHash(i * 0x9E3779B97F4A7C15L, i)));
        }
        assertEquals(ImageIndex.NONE, index.find(new ContentHash(0, 77)));
        assertEquals(5_000, index.size());
    }

    private static TreeSet<ContentHash> hashes(LegalStates legal) {
        TreeSet<ContentHash> hashes = new TreeSet<>();
        for (long i = 0; i < legal.count(); i++) {
            hashes.add(legal.state(i).image().hash());
        }
        return hashes;
    }

    private static TreeSet<ContentHash> hashesAt(CrashStates states, int position) {
        TreeSet<ContentHash> hashes = new TreeSet<>();
        for (int image = 0; image < states.imageCount(); image++) {
            for (CutPoint point : states.cutPoints(image)) {
                if (point.firstPosition() <= position && position <= point.lastPosition()) {
                    hashes.add(states.image(image).hash());
                }
            }
        }
        return hashes;
    }

    private static WriteLog randomLog(Choices choices) {
        WriteLog log = new WriteLog(DiskImage.blank(SECTORS));
        int entries = choices.choose("entries", 12);
        for (int sequence = 0; sequence < entries; sequence++) {
            switch (choices.choose("entry", 6)) {
                case 0, 1 -> {
                    Sector[] contents = new Sector[choices.between("sectors", 1, 3)];
                    for (int i = 0; i < contents.length; i++) {
                        contents[i] = sector(choices.choose("contents", 3));
                    }
                    long at = choices.choose("at", SECTORS - contents.length + 1);
                    // Torn writes through are not drawn by the model once they are done, so these have one sector.
                    boolean fua = contents.length == 1 && choices.chance("fua", 1, 4);
                    log.add(new LogEntry.Write(sequence, at, contents, fua, CAUSE));
                }
                case 2, 3 -> log.add(new LogEntry.Flush(sequence, CAUSE));
                case 4 -> log.add(new LogEntry.Discard(sequence, choices.choose("at", SECTORS - 1), 2, CAUSE));
                default -> log.add(new LogEntry.Mark(sequence, () -> "mark"));
            }
        }
        return log;
    }

    @Test
    void countsEveryPositionAtWhichAStateIsLegal() {
        write(0, 1);
        mark();
        flush();

        CrashStates states = CrashStates.of(log, CrashModel.PREFIX);

        // Empty disk at positions 0, 1, 2; the write at 1, 2, 3.
        assertEquals(6, states.stateCount());
        assertTrue(states.positionCount() == 4);
    }

    private void write(long sector, int contents) {
        log.add(new LogEntry.Write(log.size(), sector, new Sector[] {sector(contents)}, false, CAUSE));
    }

    private void flush() {
        log.add(new LogEntry.Flush(log.size(), CAUSE));
    }

    private void mark() {
        log.add(new LogEntry.Mark(log.size(), () -> "mark"));
    }

    private static Sector sector(int contents) {
        byte[] bytes = new byte[Sector.BYTES];
        bytes[0] = (byte) contents;
        return Sector.copyOf(bytes, 0);
    }
}
