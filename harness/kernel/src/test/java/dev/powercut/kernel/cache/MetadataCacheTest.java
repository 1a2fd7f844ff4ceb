package dev.powercut.kernel.cache;

import static dev.powercut.kernel.cache.CacheBench.site;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.OperationId;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataCacheTest {

    private static final Trigger SYNC = new Trigger.Sync(new OperationId(0, 0, 7));
    private static final Site EDGE = site("edge");

    private final CacheBench bench = new CacheBench();
    private final MetadataCache cache = bench.cache;

    private LogEntry.Write writeEntry(int index) {
        return (LogEntry.Write) bench.log.get(index);
    }

    private void flush() {
        cache.flush(site("flush"));
    }

    @Test
    void nothingIsWrittenBeforeItIsAskedFor() {
        bench.change(4, 1);
        assertEquals(List.of(), bench.events());
        assertTrue(bench.sector(4).isDirty());
        cache.writeAll(SYNC);
        assertEquals(List.of("w4"), bench.events());
        assertFalse(bench.sector(4).isDirty());
        cache.writeAll(SYNC);
        assertEquals(List.of("w4"), bench.events());
    }

    @Test
    void sectorIsWrittenOnlyAfterWhatIsOrderedBeforeItIsDurable() {
        BufferSector before = bench.change(4, 1);
        cache.orderBefore(before, bench.sector(9), EDGE);
        BufferSector after = bench.change(9, 1);
        cache.write(after, SYNC);
        assertEquals(List.of("w4", "f", "w9"), bench.events());
    }

    @Test
    void flushSaysWhichSiteNeededIt() {
        BufferSector before = bench.change(4, 1);
        cache.orderBefore(before, bench.sector(9), EDGE);
        cache.write(bench.change(9, 1), SYNC);
        Cause cause = ((LogEntry.Flush) bench.log.get(1)).cause();
        assertEquals(SYNC, cause.trigger());
        assertEquals(EDGE, cause.dirtied().getFirst().site());
    }

    @Test
    void writingTheEarlierSideLeavesTheLaterDirty() {
        BufferSector before = bench.change(4, 1);
        cache.orderBefore(before, bench.sector(9), EDGE);
        bench.change(9, 1);
        cache.write(before, SYNC);
        assertEquals(List.of("w4"), bench.events());
        assertTrue(bench.sector(9).isDirty());
    }

    @Test
    void manyEdgesShareOneFlush() {
        for (int i = 0; i < 8; i++) {
            cache.orderBefore(bench.change(4 * i, 1), bench.sector(101), EDGE);
            cache.orderBefore(bench.sector(4 * i), bench.sector(103), EDGE);
        }
        bench.change(101, 1);
        bench.change(103, 1);
        cache.writeAll(SYNC);
        assertEquals(1, bench.writer.flushCount());
        assertEquals(11, bench.events().size());
    }

    @Test
    void independentChainsShareTheirFlushes() {
        for (int chain = 0; chain < 5; chain++) {
            int base = 40 * chain;
            bench.change(base, 1);
            for (int link = 1; link < 4; link++) {
                cache.orderBefore(bench.sector(base + 4 * link - 4), bench.sector(base + 4 * link), EDGE);
                bench.change(base + 4 * link, 1);
            }
        }
        cache.writeAll(SYNC);
        assertEquals(3, bench.writer.flushCount());
    }

    @Test
    void severalSectorsAskedForTogetherShareTheirFlush() {
        cache.orderBefore(bench.change(4, 1), bench.sector(9), EDGE);
        cache.orderBefore(bench.change(6, 1), bench.sector(20), EDGE);
        bench.change(9, 1);
        bench.change(20, 1);
        bench.change(30, 1);
        cache.write(List.of(bench.sector(20), bench.sector(9), bench.sector(40), bench.sector(9)), SYNC);
        assertEquals(List.of("w4", "w6", "f", "w9", "w20"), bench.events());
    }

    @Test
    void edgeFromWhatIsDurableAsksForNothing() {
        BufferSector before = bench.change(4, 1);
        cache.writeAll(SYNC);
        flush();
        cache.orderBefore(before, bench.sector(9), EDGE);
        bench.change(9, 1);
        cache.writeAll(SYNC);
        assertEquals(List.of("w4", "f", "w9"), bench.events());
    }

    @Test
    void edgeFromWhatIsWrittenButNotDurableNeedsAFlushOnlyWhenTheTimeComes() {
        BufferSector before = bench.change(4, 1);
        cache.writeAll(SYNC);
        cache.orderBefore(before, bench.sector(9), EDGE);
        BufferSector after = bench.change(9, 1);
        assertEquals(List.of("w4"), bench.events());
        cache.write(after, SYNC);
        assertEquals(List.of("w4", "f", "w9"), bench.events());
    }

    @Test
    void flushThatCameForAnotherReasonServesAnEdge() {
        BufferSector before = bench.change(4, 1);
        cache.orderBefore(before, bench.sector(9), EDGE);
        bench.change(9, 1);
        cache.write(before, SYNC);
        bench.writer.flush(new Cause(BlockWriter.FLUSH, SYNC));
        cache.writeAll(SYNC);
        assertEquals(List.of("w4", "f", "w9"), bench.events());
    }

    @Test
    void edgeThatWouldCloseACycleWritesTheOlderSideFirst() {
        BufferSector inode = bench.change(4, 1);
        BufferSector middle = bench.sector(9);
        BufferSector entry = bench.sector(20);
        cache.orderBefore(inode, middle, EDGE);
        bench.change(9, 1);
        cache.orderBefore(middle, entry, EDGE);
        bench.change(20, 1);
        // The other way round now: the entry goes before the inode changes again, though the inode had to go first.
        bench.change(20, 2);
        Site closing = site("closing");
        cache.orderBefore(entry, inode, closing);
        assertEquals(List.of("w4", "f"), bench.events(), "the inode as it stood, durable");
        assertEquals(new Trigger.Ordering(closing), writeEntry(0).cause().trigger());
        bench.change(4, 2);
        cache.write(inode, SYNC);
        assertEquals(List.of("w4", "f", "w9", "f", "w20", "f", "w4"), bench.events());
    }

    @Test
    void cycleIsBrokenTogetherWithWhatGoesBeforeTheOlderSide() {
        BufferSector first = bench.change(4, 1);
        BufferSector older = bench.sector(9);
        cache.orderBefore(first, older, EDGE);
        bench.change(9, 1);
        BufferSector newer = bench.sector(20);
        cache.orderBefore(older, newer, EDGE);
        bench.change(20, 1);
        cache.orderBefore(newer, older, EDGE);
        assertEquals(List.of("w4", "f", "w9", "f"), bench.events());
    }

    @Test
    void sectorNeedsNoOrderWithItself() {
        BufferSector sector = bench.change(4, 1);
        cache.orderBefore(sector, sector, EDGE);
        cache.writeAll(SYNC);
        assertEquals(List.of("w4"), bench.events());
    }

    @Test
    void neighboursGoInOneRequestWhereOrderAllows() {
        for (int sector = 4; sector < 9; sector++) {
            bench.change(sector, sector);
        }
        cache.orderBefore(bench.sector(8), bench.sector(9), EDGE);
        bench.change(9, 9);
        cache.writeAll(SYNC);
        assertEquals(List.of("w4+5", "f", "w9"), bench.events());
        for (int i = 0; i < 5; i++) {
            assertEquals(4 + i, CacheBench.value(writeEntry(0).contents()[i]));
        }
    }

    @Test
    void differentKindsOfBlockGoInSeparateRequests() {
        bench.change(5, 1);
        Buffer bitmap = cache.read(3, CacheBench.BITMAP);
        cache.markDirty(bitmap, 0, 1, EDGE);
        cache.writeAll(SYNC);
        assertEquals(List.of("w5", "w6"), bench.events());
        assertEquals(CacheBench.BITMAP, writeEntry(1).cause().kind());
    }

    @Test
    void onlyTheSectorsThatChangedAreWritten() {
        Buffer buffer = cache.read(3, CacheBench.TABLE);
        cache.markDirty(buffer, 511, 1, EDGE);
        cache.writeAll(SYNC);
        cache.markDirty(buffer, 511, 2, EDGE);
        cache.writeAll(SYNC);
        cache.markDirty(buffer, 512, 512, EDGE);
        cache.writeAll(SYNC);
        assertEquals(List.of("w6", "w6+2", "w7"), bench.events());
    }

    @Test
    void writeCarriesEachOperationAndSiteOnceSinceTheSectorWasClean() {
        Site other = site("other");
        bench.world.runner().current().enter(1);
        bench.change(4, 1);
        bench.change(4, 2);
        bench.change(bench.sector(4), 3, other);
        bench.world.runner().current().enter(2);
        bench.change(4, 4);
        cache.writeAll(SYNC);
        Site change = site("change");
        assertEquals(
                List.of(
                        new Cause.Dirtied(new OperationId(0, 0, 1), change),
                        new Cause.Dirtied(new OperationId(0, 0, 1), other),
                        new Cause.Dirtied(new OperationId(0, 0, 2), change)),
                writeEntry(0).cause().dirtied());
        assertEquals(SYNC, writeEntry(0).cause().trigger());
        bench.change(4, 5);
        cache.writeAll(SYNC);
        assertEquals(1, writeEntry(1).cause().dirtied().size());
    }

    @Test
    void metadataWaitsForTheDataThatWasWrittenBefore() {
        Cause data = new Cause(new BlockKind("data"), SYNC);
        bench.writer.write(200, 2, new byte[1024], 0, data);
        cache.dataBefore(bench.sector(4), EDGE);
        bench.change(4, 1);
        bench.writer.write(300, 2, new byte[1024], 0, data);
        cache.writeAll(SYNC);
        assertEquals(List.of("w200+2", "w300+2", "f", "w4"), bench.events());
    }

    @Test
    void metadataThatWasWrittenIsNoDataToWaitFor() {
        bench.change(9, 1);
        cache.writeAll(SYNC);
        cache.dataBefore(bench.sector(4), EDGE);
        bench.change(4, 1);
        cache.writeAll(SYNC);
        assertEquals(List.of("w9", "w4"), bench.events());
    }

    @Test
    void explicitFlushGoesOutOnlyWhenSomethingIsUnflushed() {
        flush();
        bench.change(4, 1);
        flush();
        assertEquals(List.of(), bench.events());
        cache.writeAll(SYNC);
        flush();
        flush();
        assertEquals(List.of("w4", "f"), bench.events());
    }

    @Test
    void pinnedBuffersAndWhatIsOrderedAfterThemStay() {
        BufferSector pinned = bench.change(4, 1);
        cache.pin(pinned.buffer());
        cache.orderBefore(pinned, bench.sector(9), EDGE);
        bench.change(9, 1);
        bench.change(20, 1);
        cache.writeAll(SYNC);
        assertEquals(List.of("w20"), bench.events());
        assertThrows(IllegalStateException.class, () -> cache.write(bench.sector(9), SYNC));
        cache.unpin(pinned.buffer());
        cache.writeAll(SYNC);
        assertEquals(List.of("w20", "w4", "f", "w9"), bench.events());
        assertThrows(IllegalStateException.class, () -> cache.unpin(pinned.buffer()));
    }

    @Test
    void forgottenBlockIsNeverWrittenAndHoldsNobodyUp() {
        BufferSector freed = bench.change(4, 1);
        cache.orderBefore(bench.change(20, 1), freed, EDGE);
        cache.orderBefore(freed, bench.sector(9), EDGE);
        bench.change(9, 1);
        cache.forget(2);
        cache.writeAll(SYNC);
        assertEquals(List.of("w9", "w20"), bench.events());
        assertThrows(IllegalStateException.class, () -> bench.change(freed, 2, EDGE));
        assertNotSame(freed.buffer(), cache.read(2, CacheBench.TABLE));
    }

    @Test
    void freshBufferIsZeroWithoutBeingRead() {
        bench.change(4, 1);
        cache.writeAll(SYNC);
        Buffer fresh = cache.fresh(2, CacheBench.BITMAP);
        assertEquals(0, fresh.data()[1]);
        assertFalse(fresh.isDirty());
        assertSame(fresh, cache.read(2, CacheBench.BITMAP));
    }

    @Test
    void everyLegalAmountIsWrittenByChoiceAndTheDullOneIsNothing() {
        int written = 0;
        for (int seed = 0; seed < 200; seed++) {
            CacheBench fresh = new CacheBench();
            fresh.cache.orderBefore(fresh.change(4, 1), fresh.sector(9), EDGE);
            fresh.change(9, 1);
            fresh.change(20, 1);
            fresh.cache.writeSome(Choices.seeded(seed), SYNC);
            List<String> events = fresh.events();
            assertTrue(!events.contains("w9")
                    || events.subList(0, events.indexOf("w9")).containsAll(List.of("w4", "f")));
            written |= 1 << events.size();
        }
        assertEquals(0b011111, written, "nothing, one, two, three or four requests");
        cache.writeSome(Choices.zero(), SYNC);
        assertEquals(List.of(), bench.events());
    }

    @Test
    void limitDropsCleanBuffersThatWereUnusedLongest() {
        CacheBench small = new CacheBench(4);
        Buffer[] buffers = new Buffer[6];
        for (int i = 0; i < 6; i++) {
            buffers[i] = small.cache.read(i, CacheBench.TABLE);
        }
        small.cache.read(0, CacheBench.TABLE);
        assertEquals(6, small.cache.bufferCount(), "buffers stay until the operation is over");
        small.cache.trim();
        assertEquals(4, small.cache.bufferCount());
        assertSame(buffers[0], small.cache.read(0, CacheBench.TABLE));
        assertNotSame(buffers[1], small.cache.read(1, CacheBench.TABLE));
        assertEquals(List.of(), small.events());
    }

    @Test
    void limitWritesDirtyBuffersWhenNoneIsCleanAndKeepsPinnedOnes() {
        CacheBench small = new CacheBench(1);
        for (int i = 0; i < 4; i++) {
            small.change(2 * i, 1);
        }
        Buffer pinned = small.cache.read(0, CacheBench.TABLE);
        small.cache.pin(pinned);
        small.cache.orderBefore(small.sector(6), small.sector(2), EDGE);
        small.change(2, 2);
        small.cache.trim();
        assertEquals(1, small.cache.bufferCount());
        assertSame(pinned, small.cache.read(0, CacheBench.TABLE));
        assertEquals(List.of("w4", "w6", "f", "w2"), small.events());
        assertEquals(
                new Trigger.Eviction(),
                ((LogEntry.Write) small.log.get(0)).cause().trigger());
    }

    @Test
    void droppedBufferThatIsNotDurableYetStillOrders() {
        CacheBench small = new CacheBench(1);
        small.change(4, 1);
        small.cache.writeAll(SYNC);
        small.sector(20);
        small.sector(30);
        small.cache.trim();
        small.cache.orderBefore(small.sector(4), small.sector(9), EDGE);
        small.change(9, 1);
        small.cache.writeAll(SYNC);
        assertEquals(List.of("w4", "f", "w9"), small.events());
    }

    @Test
    void actionRunsAtOnceWhenTheSectorIsDurable() {
        List<String> ran = new ArrayList<>();
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add("clean"));
        assertEquals(List.of("clean"), ran);
        assertFalse(cache.hasPendingActions());
    }

    @Test
    void actionsRunAfterTheFlushInTheOrderInWhichTheyWereGiven() {
        List<String> ran = new ArrayList<>();
        bench.change(9, 1);
        bench.change(4, 1);
        cache.whenDurable(bench.sector(9), EDGE, () -> ran.add("first"));
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add("second"));
        cache.write(bench.sector(4), SYNC);
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add("third"));
        assertTrue(cache.hasPendingActions());
        cache.write(bench.sector(9), SYNC);
        assertEquals(List.of(), ran);
        flush();
        assertEquals(List.of("first", "second", "third"), ran);
        assertFalse(cache.hasPendingActions());
    }

    @Test
    void actionIsContentWithALaterWriteOfTheSector() {
        List<Integer> ran = new ArrayList<>();
        bench.change(4, 1);
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add(bench.durableValue(4)));
        bench.change(4, 2);
        cache.writeAll(SYNC);
        bench.change(4, 3);
        flush();
        assertEquals(List.of(2), ran);
    }

    @Test
    void actionsMayDirtyAndOrderWhatWriteAllThenWrites() {
        List<String> ran = new ArrayList<>();
        bench.change(4, 1);
        cache.whenDurable(bench.sector(4), EDGE, () -> {
            ran.add("outer");
            bench.change(30, 1);
            cache.whenDurable(bench.sector(30), EDGE, () -> ran.add("inner"));
        });
        cache.orderBefore(bench.sector(4), bench.sector(9), EDGE);
        bench.change(9, 1);
        cache.writeAll(SYNC);
        assertEquals(List.of("w4", "f", "w9", "w30"), bench.events());
        assertEquals(List.of("outer"), ran);
        flush();
        assertEquals(List.of("outer", "inner"), ran);
    }

    @Test
    void actionsOfAForgottenBlockWaitUntilNothingDurableLeadsToIt() {
        List<String> ran = new ArrayList<>();
        bench.change(4, 1); // an indirect block loses a pointer
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add("free the block it pointed to"));
        bench.change(20, 1); // the inode loses its pointer to the indirect block
        cache.forget(2);
        assertEquals(List.of(), ran);
        cache.writeAll(SYNC);
        assertEquals(List.of(), ran);
        flush();
        assertEquals(List.of("free the block it pointed to"), ran);
        assertEquals(List.of("w20", "f"), bench.events());
    }

    @Test
    void actionsOfAForgottenBlockRunAtOnceWhenAllIsDurable() {
        List<String> ran = new ArrayList<>();
        bench.change(4, 1);
        cache.whenDurable(bench.sector(4), EDGE, () -> ran.add("action"));
        cache.forget(2);
        assertEquals(List.of("action"), ran);
    }
}
