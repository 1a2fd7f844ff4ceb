package dev.powercut.check.explore;

import dev.powercut.sim.disk.CrashModel;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Kept;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;

/**
 * Walks through all prefixes of a log, also those that end between two sectors of one write, or within one where the model has it
 * so; each image is made from the one before by what one sector or entry changes.
 *
 * <p>A prefix of q entries is legal at position q and at every later one up to the first flush (or FUA write, which in a model
 * that keeps the order makes everything before it durable too), since until that has completed the power may fail and take
 * everything after the prefix with it. A prefix that ends inside entry q is legal from position q on, while that write is in
 * flight; if the write is FUA, only then.
 */
final class PrefixWalk {

    /** The damage of a state whose sectors are whole. */
    static final int UNDAMAGED = Sector.BYTES;

    private final WriteLog log;
    private final CrashModel model;

    PrefixWalk(WriteLog log, CrashModel model) {
        this.log = log;
        this.model = model;
    }

    void walk(CrashStates states) {
        int[] barriers = barriers();
        DiskImage image = log.base();
        for (int entry = 0; entry < log.size(); entry++) {
            states.addPrefix(image, entry, 0, UNDAMAGED, entry, barriers[entry]);
            image = throughEntry(image, entry, barriers[entry], states);
        }
        states.addPrefix(image, log.size(), 0, UNDAMAGED, log.size(), log.size());
    }

    private DiskImage throughEntry(DiskImage before, int entry, int barrier, CrashStates states) {
        if (!(log.get(entry) instanceof LogEntry.Write write) || !model.cutsInsideWrites()) {
            return WriteLog.apply(before, log.get(entry));
        }
        boolean damages = model.leavesGarbage() || model.atomicBytes() < Sector.BYTES;
        DiskImage image = before;
        int sectorCount = write.contents().length;
        for (int sector = 0; sector < sectorCount; sector++) {
            if (sector > 0) {
                states.addPrefix(image, entry, sector, UNDAMAGED, entry, barrier);
            }
            if (damages) {
                addDamaged(image, entry, sector, barrier, states);
            }
            image = image.with(write.sector() + sector, write.contents()[sector]);
        }
        return image;
    }

    private void addDamaged(DiskImage before, int entry, int sector, int barrier, CrashStates states) {
        for (int bytes = model.atomicBytes(); bytes < Sector.BYTES; bytes += model.atomicBytes()) {
            addDamaged(before, entry, sector, bytes, barrier, states);
        }
        if (model.leavesGarbage()) {
            addDamaged(before, entry, sector, Kept.Part.GARBAGE, barrier, states);
        }
    }

    private void addDamaged(DiskImage before, int entry, int sector, int newBytes, int barrier, CrashStates states) {
        DiskImage image = WriteLog.damaged(before, log.get(entry), sector, newBytes);
        states.addPrefix(image, entry, sector, newBytes, entry, barrier);
    }

    /** For each entry the index of the first barrier from it on, the entry itself included; the log's size if there is none. */
    private int[] barriers() {
        int[] barriers = new int[log.size()];
        int next = log.size();
        for (int entry = log.size() - 1; entry >= 0; entry--) {
            if (model.isBarrier(log.get(entry))) {
                next = entry;
            }
            barriers[entry] = next;
        }
        return barriers;
    }
}
