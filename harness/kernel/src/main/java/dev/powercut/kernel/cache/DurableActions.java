package dev.powercut.kernel.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * Actions that wait for durability. An action first waits at dirty sectors for their writes, then here for a flush; those
 * that one flush sets free run in the order in which they were given.
 */
final class DurableActions {

    private final BlockWriter writer;
    private final List<DurableAction> written = new ArrayList<>();
    private final List<DurableAction> ready = new ArrayList<>();
    private long given;
    private int atSectors;
    private boolean running;

    DurableActions(BlockWriter writer) {
        this.writer = writer;
    }

    boolean isEmpty() {
        return atSectors == 0 && written.isEmpty() && ready.isEmpty();
    }

    /** Runs an action once a sector's present content is durable. */
    void add(BufferSector sector, Runnable action) {
        DurableAction durable = new DurableAction(action, given++);
        if (sector.isDirty()) {
            waitAt(sector, durable);
            atSectors++;
        } else {
            durable.neededNumber = sector.writtenNumber;
            written.add(durable);
            runReady();
        }
    }

    private static void waitAt(BufferSector sector, DurableAction action) {
        if (sector.waiting == null) {
            sector.waiting = new ArrayList<>(2);
        }
        if (!sector.waiting.contains(action)) {
            sector.waiting.add(action);
            action.unwrittenSectors++;
        }
    }

    /** The sector has been written under a number. */
    void sectorWritten(BufferSector sector, long number) {
        List<DurableAction> waiting = sector.waiting;
        if (waiting == null) {
            return;
        }
        sector.waiting = null;
        for (int i = 0; i < waiting.size(); i++) {
            leaveSector(waiting.get(i), number);
        }
    }

    /**
     * The sector's block has been freed, so its content will not be written. What its actions waited for is then that nothing
     * durable leads to the old content any more; which of the changes see to that is not known here, but they have been made:
     * wait for all that is dirty now, and all that is written.
     */
    void sectorForgotten(BufferSector sector, SectorList dirty) {
        List<DurableAction> waiting = sector.waiting;
        if (waiting == null) {
            return;
        }
        sector.waiting = null;
        for (int i = 0; i < waiting.size(); i++) {
            DurableAction action = waiting.get(i);
            for (int j = 0; j < dirty.size(); j++) {
                if (dirty.get(j).buffer() != sector.buffer()) {
                    waitAt(dirty.get(j), action);
                }
            }
            leaveSector(action, writer.latest());
        }
    }

    private void leaveSector(DurableAction action, long number) {
        action.neededNumber = Math.max(action.neededNumber, number);
        if (--action.unwrittenSectors == 0) {
            atSectors--;
            written.add(action);
        }
    }

    /** Runs what has become durable. Actions may dirty, order and flush; what a flush sets free meanwhile runs in turn. */
    void runReady() {
        collectReady();
        if (running) {
            return;
        }
        running = true;
        try {
            for (int i = 0; i < ready.size(); i++) {
                ready.get(i).action.run();
            }
        } finally {
            ready.clear();
            running = false;
        }
    }

    private void collectReady() {
        if (written.isEmpty()) {
            return;
        }
        int from = ready.size();
        int kept = 0;
        for (int i = 0; i < written.size(); i++) {
            DurableAction action = written.get(i);
            if (writer.isDurable(action.neededNumber)) {
                ready.add(action);
            } else {
                written.set(kept++, action);
            }
        }
        written.subList(kept, written.size()).clear();
        ready.subList(from, ready.size()).sort((a, b) -> Long.compare(a.rank, b.rank));
    }
}
