package dev.powercut.kernel.cache;

import static dev.powercut.kernel.cache.CacheBench.site;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is dirtied, ordered, written and freed: the log never shows a sector's new content before what was ordered before
 * it, with a flush in between, so that it holds even for a disk that reorders between flushes.
 */
class MetadataOrderPropertyTest {

    private static final int SECTORS = 10;
    private static final int DATA_SECTOR = 100;
    private static final Site EDGE = site("edge");
    private static final Trigger TRIGGER = new Trigger.WriteBack();

    enum Kind {
        DIRTY,
        ORDER,
        ORDER_AND_DIRTY,
        WRITE,
        WRITE_SOME,
        WRITE_ALL,
        FLUSH,
        DATA_BEFORE,
        WHEN_DURABLE,
        FREE_AND_REUSE,
        TRIM
    }

    record Step(Kind kind, int first, int second, int choices) {}

    /** Version {@code newer} or later of {@code after} needs {@code version} or later of {@code before} durable. */
    record Rule(int before, int version, int after, int newer) {}

    /** An action waits for versions of sectors. */
    private static final class Waiting {
        final List<int[]> sectorVersions = new ArrayList<>();
        int at;
        boolean ran;
    }

    /** The cache, and what it must keep to. */
    private static final class Run {
        final CacheBench bench = new CacheBench(3);
        final MetadataCache cache = bench.cache;
        final int[] version = new int[DATA_SECTOR + 1];
        final List<Rule> rules = new ArrayList<>();
        final List<Waiting> waiting = new ArrayList<>();
        int checked;
        final int[] pendingVersion = new int[DATA_SECTOR + 1];
        final int[] durableVersion = new int[DATA_SECTOR + 1];

        void take(Step step) {
            bench.world.runner().current().enter(step.first());
            switch (step.kind()) {
                case DIRTY -> dirty(step.first());
                case ORDER -> order(step.first(), step.second());
                case ORDER_AND_DIRTY -> {
                    dirty(step.first());
                    order(step.first(), step.second());
                    dirty(step.second());
                }
                case WRITE -> cache.write(bench.sector(step.first()), TRIGGER);
                case WRITE_SOME -> cache.writeSome(Choices.seeded(step.choices()), TRIGGER);
                case WRITE_ALL -> cache.writeAll(TRIGGER);
                case FLUSH -> cache.flush(EDGE);
                case DATA_BEFORE -> {
                    byte[] data = new byte[Sector.BYTES];
                    version[DATA_SECTOR]++;
                    data[1] = (byte) version[DATA_SECTOR];
                    bench.writer.write(DATA_SECTOR, 1, data, 0, new Cause(new BlockKind("data"), TRIGGER));
                    cache.dataBefore(bench.sector(step.first()), EDGE);
                    rules.add(new Rule(DATA_SECTOR, version[DATA_SECTOR], step.first(), version[step.first()] + 1));
                }
                case WHEN_DURABLE -> whenDurable(step.first());
                case FREE_AND_REUSE -> freeAndReuse(step.first() / 2);
                case TRIM -> cache.trim();
            }
            check();
        }

        void dirty(int sector) {
            bench.change(sector, ++version[sector]);
        }

        void order(int before, int after) {
            if (before != after) {
                rules.add(new Rule(before, version[before], after, version[after] + 1));
            }
            cache.orderBefore(bench.sector(before), bench.sector(after), EDGE);
        }

        void whenDurable(int sector) {
            Waiting action = new Waiting();
            action.at = sector;
            action.sectorVersions.add(new int[] {sector, version[sector]});
            waiting.add(action);
            cache.whenDurable(bench.sector(sector), EDGE, () -> {
                assertFalse(action.ran, "an action runs once");
                action.ran = true;
                for (int[] needed : action.sectorVersions) {
                    assertTrue(bench.durableValue(needed[0]) >= needed[1], "an action ran too early");
                }
            });
        }

        /** The block's content does not matter any more; then it is made anew. */
        void freeAndReuse(int block) {
            int low = 2 * block;
            rules.removeIf(rule -> rule.before() / 2 == block || rule.after() / 2 == block);
            for (Waiting action : waiting) {
                // What had been written before is as good as before; of the rest, whatever led to the block counts
                // instead.
                if (!action.ran
                        && action.sectorVersions.removeIf(
                                needed -> needed[0] / 2 == block && pendingVersion[needed[0]] < needed[1])) {
                    for (int sector = 0; sector < SECTORS; sector++) {
                        if (sector / 2 != block) {
                            action.sectorVersions.add(new int[] {sector, version[sector]});
                        }
                    }
                }
            }
            cache.forget(block);
            cache.fresh(block, CacheBench.TABLE);
            dirty(low);
            dirty(low + 1);
        }

        void check() {
            for (; checked < bench.log.size(); checked++) {
                LogEntry entry = bench.log.get(checked);
                if (entry instanceof LogEntry.Flush) {
                    System.arraycopy(pendingVersion, 0, durableVersion, 0, pendingVersion.length);
                } else if (entry instanceof LogEntry.Write write) {
                    for (int i = 0; i < write.contents().length; i++) {
                        check((int) write.sector() + i, CacheBench.value(write.contents()[i]));
                    }
                }
            }
        }

        private void check(int sector, int value) {
            assertTrue(value >= pendingVersion[sector], "content goes back in time");
            for (Rule rule : rules) {
                assertFalse(
                        rule.after() == sector
                                && value >= rule.newer()
                                && durableVersion[rule.before()] < rule.version(),
                        () -> rule + " is broken: only " + durableVersion[rule.before()] + " is durable");
            }
            pendingVersion[sector] = value;
        }

        void finish() {
            while (cache.isDirty() || cache.hasPendingActions()) {
                cache.writeAll(TRIGGER);
                cache.flush(EDGE);
            }
            cache.flush(EDGE);
            check();
            for (int sector = 0; sector < SECTORS; sector++) {
                assertEquals(version[sector], bench.durableValue(sector), "sector " + sector);
            }
            for (Waiting action : waiting) {
                assertTrue(action.ran, "an action never ran");
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> sector = Arbitraries.integers().between(0, SECTORS - 1);
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        sector,
                        sector,
                        Arbitraries.integers().between(0, 1000))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Property(seed = "4711", tries = 2000)
    void orderHoldsInEveryPrefixOfTheLogWithAFlushInBetween(@ForAll("steps") List<Step> steps) {
        Run run = new Run();
        for (Step step : steps) {
            run.take(step);
        }
        run.finish();
    }

    @Property(seed = "4712", tries = 200)
    void sameStepsGiveTheSameLog(@ForAll("steps") List<Step> steps) {
        Run first = new Run();
        Run second = new Run();
        for (Step step : steps) {
            first.take(step);
            second.take(step);
        }
        assertEquals(first.bench.events(), second.bench.events());
        assertEquals(
                first.bench.world.trace().hash(), second.bench.world.trace().hash());
    }
}
