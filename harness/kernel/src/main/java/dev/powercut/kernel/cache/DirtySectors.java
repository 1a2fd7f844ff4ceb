package dev.powercut.kernel.cache;

/** The dirty sectors of a cache. */
final class DirtySectors {

    private final SectorList sectors = new SectorList();

    int size() {
        return sectors.size();
    }

    BufferSector get(int index) {
        return sectors.get(index);
    }

    SectorList list() {
        return sectors;
    }

    void add(BufferSector sector) {
        sector.dirtySlot = sectors.size();
        sector.buffer().dirtySectors++;
        sectors.add(sector);
    }

    /** Makes a sector clean; the last one takes its place. */
    void remove(BufferSector sector) {
        BufferSector last = sectors.removeLast();
        if (last != sector) {
            sectors.set(sector.dirtySlot, last);
            last.dirtySlot = sector.dirtySlot;
        }
        sector.dirtySlot = -1;
        sector.buffer().dirtySectors--;
        sector.dirtied().clear();
    }
}
