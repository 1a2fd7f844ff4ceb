package dev.powercut.check.explore;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.WriteLog;

/**
 * Walks through all prefixes of a log, also those that end between two sectors of one write; each image is made from the one
 * before by what one sector or entry changes.
 *
 * <p>A prefix of q entries is legal at position q and at every later one up to the first flush (or FUA write, which in a model
 * that keeps the order makes everything before it durable too), since until that has completed the power may fail and take
 * everything after the prefix with it. A prefix that ends inside entry q is legal from position q on, while that write is in
 * flight; if the write is FUA, only then.
 */
final class PrefixWalk {

    private final WriteLog log;
    private final boolean cutsInsideWrites;

    PrefixWalk(WriteLog log, boolean cutsInsideWrites) {
        this.log = log;
        this.cutsInsideWrites = cutsInsideWrites;
    }

    void walk(CrashStates states) {
        int[] barriers = barriers();
        DiskImage image = log.base();
        for (int entry = 0; entry < log.size(); entry++) {
            states.add(image, entry, 0, entry, barriers[entry]);
            image = throughEntry(image, entry, barriers[entry], states);
        }
        states.add(image, log.size(), 0, log.size(), log.size());
    }

    private DiskImage throughEntry(DiskImage before, int entry, int barrier, CrashStates states) {
        if (!(log.get(entry) instanceof LogEntry.Write write) || !cutsInsideWrites) {
            return WriteLog.apply(before, log.get(entry));
        }
        DiskImage image = before;
        int sectorCount = write.contents().length;
        for (int sector = 0; sector < sectorCount; sector++) {
            if (sector > 0) {
                states.add(image, entry, sector, entry, barrier);
            }
            image = image.with(write.sector() + sector, write.contents()[sector]);
        }
        return image;
    }

    /** For each entry the index of the first barrier from it on, the entry itself included; the log's size if there is none. */
    private int[] barriers() {
        int[] barriers = new int[log.size()];
        int next = log.size();
        for (int entry = log.size() - 1; entry >= 0; entry--) {
            if (isBarrier(log.get(entry))) {
                next = entry;
            }
            barriers[entry] = next;
        }
        return barriers;
    }

    private static boolean isBarrier(LogEntry entry) {
        return switch (entry) {
            case LogEntry.Write write -> write.fua();
            case LogEntry.Flush flush -> true;
            case LogEntry.Discard discard -> false;
            case LogEntry.Mark mark -> false;
        };
    }
}
