package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Site;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The edges at one end of a sector: the sectors at the other ends, each with the site that asked for the edge. */
final class EdgeList {

    // Made with the first edge: most sectors have none.
    private @Nullable BufferSector @Nullable [] sectors;
    private @Nullable Site @Nullable [] sites;
    private int size;

    int size() {
        return size;
    }

    BufferSector sector(int index) {
        return Objects.requireNonNull(Objects.requireNonNull(sectors)[index]);
    }

    Site site(int index) {
        return Objects.requireNonNull(Objects.requireNonNull(sites)[index]);
    }

    boolean contains(BufferSector sector) {
        return indexOf(sector) >= 0;
    }

    private int indexOf(BufferSector sector) {
        if (sectors != null) {
            for (int i = 0; i < size; i++) {
                if (sectors[i] == sector) {
                    return i;
                }
            }
        }
        return -1;
    }

    void add(BufferSector sector, Site site) {
        if (sectors == null || sites == null) {
            sectors = new BufferSector[4];
            sites = new Site[4];
        } else if (size == sectors.length) {
            sectors = Arrays.copyOf(sectors, size * 2);
            sites = Arrays.copyOf(sites, size * 2);
        }
        sectors[size] = sector;
        sites[size] = site;
        size++;
    }

    /** Removes a sector; the order of the others is kept, so that walks do not depend on what was removed. */
    void remove(BufferSector sector) {
        int index = indexOf(sector);
        if (index >= 0 && sectors != null && sites != null) {
            size--;
            System.arraycopy(sectors, index + 1, sectors, index, size - index);
            System.arraycopy(sites, index + 1, sites, index, size - index);
            sectors[size] = null;
            sites[size] = null;
        }
    }

    void clear() {
        if (sectors != null && sites != null) {
            Arrays.fill(sectors, 0, size, null);
            Arrays.fill(sites, 0, size, null);
            size = 0;
        }
    }
}
