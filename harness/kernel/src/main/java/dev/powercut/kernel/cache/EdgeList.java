package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Site;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The edges at one end of a sector: the sectors at the other ends, each with the site that asked for the edge. */
final class EdgeList {

    private static final @Nullable BufferSector[] NO_SECTORS = {};
    private static final @Nullable Site[] NO_SITES = {};

    private @Nullable BufferSector[] sectors = NO_SECTORS;
    private @Nullable Site[] sites = NO_SITES;
    private int size;

    int size() {
        return size;
    }

    BufferSector sector(int index) {
        return Objects.requireNonNull(sectors[index]);
    }

    Site site(int index) {
        return Objects.requireNonNull(sites[index]);
    }

    boolean contains(BufferSector sector) {
        for (int i = 0; i < size; i++) {
            if (sectors[i] == sector) {
                return true;
            }
        }
        return false;
    }

    void add(BufferSector sector, Site site) {
        if (size == sectors.length) {
            int capacity = Math.max(4, size * 2);
            sectors = Arrays.copyOf(sectors, capacity);
            sites = Arrays.copyOf(sites, capacity);
        }
        sectors[size] = sector;
        sites[size] = site;
        size++;
    }

    /** Removes a sector; the order of the others is kept, so that walks do not depend on what was removed. */
    void remove(BufferSector sector) {
        for (int i = 0; i < size; i++) {
            if (sectors[i] == sector) {
                size--;
                System.arraycopy(sectors, i + 1, sectors, i, size - i);
                System.arraycopy(sites, i + 1, sites, i, size - i);
                sectors[size] = null;
                sites[size] = null;
                return;
            }
        }
    }

    void clear() {
        Arrays.fill(sectors, 0, size, null);
        Arrays.fill(sites, 0, size, null);
        size = 0;
    }
}
