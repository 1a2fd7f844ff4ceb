package dev.powercut.targets.ext.planted;

import dev.powercut.kernel.cache.BlockWriter;
import dev.powercut.kernel.cache.Buffer;
import dev.powercut.kernel.cache.BufferSector;
import dev.powercut.kernel.cache.MetadataCache;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.targets.ext.fs.CarefulOrdering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the metadata that makes new data part of a file before the data itself. */
final class LateData extends CarefulOrdering {

    private final Site tellingSite;
    private final Site orderingSite;
    private final List<Held> held = new ArrayList<>();
    private final List<BufferSector> telling = new ArrayList<>();

    private record Held(long inode, long sector, byte[] bytes, Cause cause) {}

    /**
     * @param tellingSite where metadata is changed that must not go before the data, but does
     * @param orderingSite where the order is asked for that is not kept
     */
    LateData(MetadataCache cache, BlockWriter writer, Site tellingSite, Site orderingSite) {
        super(cache, writer);
        this.tellingSite = tellingSite;
        this.orderingSite = orderingSite;
    }

    @Override
    public void writeData(long inode, long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        byte[] bytes = Arrays.copyOfRange(source, offsetBytes, offsetBytes + count * Sector.BYTES);
        held.add(new Held(inode, sector, bytes, cause));
    }

    @Override
    public void dataBefore(BufferSector after, Site site) {
        if (!site.equals(orderingSite) && telling.isEmpty()) {
            writeHeld();
            super.dataBefore(after, site);
        }
    }

    @Override
    public void changed(Buffer buffer, int offsetBytes, int length, Site site) {
        super.changed(buffer, offsetBytes, length, site);
        if (site.equals(tellingSite) && !held.isEmpty()) {
            telling.add(buffer.sectorAt(offsetBytes));
        }
    }

    @Override
    public void end() {
        if (!held.isEmpty() && !telling.isEmpty()) {
            cache().write(List.copyOf(telling), new Trigger.Ordering(orderingSite));
        }
        telling.clear();
        writeHeld();
        super.end();
    }

    private void writeHeld() {
        for (Held each : held) {
            super.writeData(each.inode, each.sector, each.bytes.length / Sector.BYTES, each.bytes, 0, each.cause);
        }
        held.clear();
    }
}
