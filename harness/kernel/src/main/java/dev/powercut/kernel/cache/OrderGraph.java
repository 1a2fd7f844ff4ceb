package dev.powercut.kernel.cache;

import dev.powercut.sim.disk.Site;

/**
 * The order among sectors that have not been written: an edge from a dirty sector to one that must wait for it. There is never
 * a cycle. When the earlier end is written, the edge becomes a write number that the later end needs to be durable.
 */
final class OrderGraph {

    private long walk;
    private final SectorList stack = new SectorList();

    void connect(BufferSector before, BufferSector after, Site site) {
        boolean known = before.after.size() < after.before.size()
                ? before.after.contains(after)
                : after.before.contains(before);
        if (!known) {
            before.after.add(after, site);
            after.before.add(before, site);
        }
    }

    /** Whether edges lead from {@code first} to {@code last}. */
    boolean leads(BufferSector first, BufferSector last) {
        if (first.after.size() == 0 || last.before.size() == 0) {
            return false;
        }
        long mark = ++walk;
        stack.add(last);
        boolean found = false;
        while (stack.size() > 0) {
            EdgeList before = stack.removeLast().before;
            for (int i = 0; i < before.size() && !found; i++) {
                BufferSector sector = before.sector(i);
                found = sector == first;
                if (sector.visited != mark) {
                    sector.visited = mark;
                    stack.add(sector);
                }
            }
        }
        return found;
    }

    /** Adds to a list of different sectors all that must be written before them. Returns false when one is pinned. */
    boolean addPredecessors(SectorList sectors) {
        long mark = ++walk;
        boolean free = true;
        for (int i = 0; i < sectors.size(); i++) {
            sectors.get(i).visited = mark;
        }
        for (int next = 0; next < sectors.size(); next++) {
            BufferSector current = sectors.get(next);
            free &= current.buffer().pins == 0;
            for (int i = 0; i < current.before.size(); i++) {
                BufferSector earlier = current.before.sector(i);
                if (earlier.visited != mark) {
                    earlier.visited = mark;
                    sectors.add(earlier);
                }
            }
        }
        return free;
    }

    /** A sector without predecessors is written under a number. */
    void written(BufferSector sector, long number) {
        EdgeList after = sector.after;
        for (int i = 0; i < after.size(); i++) {
            BufferSector later = after.sector(i);
            later.require(number, after.site(i));
            later.before.remove(sector);
        }
        after.clear();
    }

    /** A sector will not be written: the edges from it are satisfied, those to it vanish. */
    void removed(BufferSector sector) {
        for (int i = 0; i < sector.after.size(); i++) {
            sector.after.sector(i).before.remove(sector);
        }
        sector.after.clear();
        for (int i = 0; i < sector.before.size(); i++) {
            sector.before.sector(i).after.remove(sector);
        }
        sector.before.clear();
    }
}
