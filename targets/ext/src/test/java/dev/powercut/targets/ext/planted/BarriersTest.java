package dev.powercut.targets.ext.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.model.Model;
import dev.powercut.check.target.Barrier;
import dev.powercut.check.tree.TreeReader;
import dev.powercut.check.workload.Executor;
import dev.powercut.check.workload.RandomWorkload;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.targets.ext.Ext2Target;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import dev.powercut.targets.ext.fs.Ext2Type;
import dev.powercut.targets.ext.fs.Sites;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of barriers is the list of what ext2 really does. */
class BarriersTest {

    private static final int SEEDS = 12;

    /** Notes at which sites something is ordered, waited for or flushed. */
    private static final class Noting extends CarefulOrdering {

        private final Set<String> seen;

        Noting(MetadataCache cache, BlockWriter writer, Set<String> seen) {
            super(cache, writer);
            this.seen = seen;
        }

        @Override
        public void order(BufferSector before, BufferSector after, Site site) {
            seen.add(site.name());
            super.order(before, after, site);
        }

        @Override
        public void dataBefore(BufferSector after, Site site) {
            seen.add(site.name());
            super.dataBefore(after, site);
        }

        @Override
        public void whenDurable(BufferSector sector, Site site, Runnable action) {
            seen.add(site.name());
            super.whenDurable(sector, site, action);
        }

        @Override
        public boolean makeRoom(Site site) {
            seen.add(site.name());
            return super.makeRoom(site);
        }

        @Override
        public void flush(Site site) {
            seen.add(site.name());
            super.flush(site);
        }
    }

    @Test
    void everySiteThatOrdersOrFlushesIsABarrier() {
        Set<String> seen = new TreeSet<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            run(Choices.seeded(seed), seen);
        }
        assertTrue(seen.size() > 30, seen::toString);
        seen.remove(Sites.NAMES_DURABLE.name());
        Barriers.all().forEach(barrier -> seen.remove(barrier.name()));
        assertEquals(Set.of(), seen);
    }

    private static void run(Choices choices, Set<String> seen) {
        Ext2Target target = new Ext2Target();
        DiskImage image = target.format(target.defaultFormat());
        World world = World.withOneTask(choices);
        WriteLog log = new WriteLog(image);
        SimulatedDisk disk = SimulatedDisk.logged(world, log);
        Kernel kernel = new Kernel(world, 0, choices.split("kernel"), KernelOptions.DEFAULT);
        kernel.mountRoot(new Ext2Type((cache, writer) -> new Noting(cache, writer, seen)), disk, false, "");
        Process process = kernel.process(0, 0);
        Model empty = Model.of(new TreeReader(TreeReader.Limits.DEFAULT).read(process, "/"));
        Executor.recording(world, kernel, process, disk, log)
                .run(new RandomWorkload(150).steps(choices.split("workload")), empty);
    }

    @Test
    void namesAreDifferentAndEachCanBeSwitchedOff() {
        List<String> names = Barriers.all().stream().map(Barrier::name).toList();
        assertEquals(names.size(), names.stream().distinct().count());
        for (String name : names) {
            assertEquals(
                    "ext2", new Ext2Target().fileSystem(Barrier.WITHOUT + name).name());
        }
        assertThrows(IllegalArgumentException.class, () -> Barriers.remove("ext2.none"));
    }
}
