package dev.powercut.kernel.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.kernel.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InodeCacheTest {

    private final FileSystem fileSystem = new Sandbox().fileSystem;

    @Test
    void numberHasOneInodeWhileItIsInMemory() {
        InodeCache<Inode> cache = new InodeCache<>();
        Inode first = cache.get(7, number -> new Inode(fileSystem, number));
        assertSame(first, cache.get(7, number -> new Inode(fileSystem, number)));
        assertSame(first, cache.find(7));
        assertThrows(IllegalStateException.class, () -> cache.add(new Inode(fileSystem, 7)));
        cache.remove(7);
        cache.remove(8);
        assertNull(cache.find(7));
    }

    @Property(seed = "17", tries = 200)
    void tableHoldsWhatAMapWould(@ForAll List<@IntRange(min = -60, max = 60) Integer> steps) {
        InodeCache<Inode> cache = new InodeCache<>();
        Map<Long, Inode> model = new TreeMap<>();
        for (int step : steps) {
            long number = Math.abs(step) * 16L;
            if (step < 0) {
                cache.remove(number);
                model.remove(number);
            } else {
                model.putIfAbsent(number, cache.get(number, wanted -> new Inode(fileSystem, wanted)));
            }
            assertEquals(model.size(), cache.size());
            for (long wanted = 0; wanted <= 60 * 16L; wanted += 16) {
                assertSame(model.get(wanted), cache.find(wanted));
            }
        }
        List<Inode> all = new ArrayList<>();
        cache.all().forEach(all::add);
        assertEquals(new ArrayList<>(model.values()), all);
    }
}
