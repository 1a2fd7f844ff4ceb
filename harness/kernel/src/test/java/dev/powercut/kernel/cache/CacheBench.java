package dev.powercut.kernel.cache;

import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Site;
import dev.powercut.sim.disk.WriteLog;
import java.util.ArrayList;
import java.util.List;

/** A metadata cache with blocks of two sectors over a logged disk. */
final class CacheBench {

    static final BlockKind TABLE = new BlockKind("table");
    static final BlockKind BITMAP = new BlockKind("bitmap");
    static final int BLOCK_BYTES = 1024;

    final World world = World.withOneTask(Choices.zero());
    final WriteLog log = new WriteLog(DiskImage.blank(512));
    final SimulatedDisk disk = SimulatedDisk.logged(world, log);
    final BlockWriter writer = new BlockWriter(disk);
    final MetadataCache cache;

    CacheBench() {
        this(64);
    }

    CacheBench(int bufferLimit) {
        cache = new MetadataCache(new MountRequest(world, 0, disk, false, "", bufferLimit), writer, BLOCK_BYTES);
    }

    static Site site(String name) {
        return new Site(name, "test");
    }

    /** The sector with a number on the device, of kind TABLE. */
    BufferSector sector(long number) {
        return cache.read(number / 2, TABLE).sectorAt((int) (number % 2) * Sector.BYTES);
    }

    /** Changes a sector to hold a value. */
    BufferSector change(long number, int value) {
        return change(sector(number), value, site("change"));
    }

    BufferSector change(BufferSector sector, int value, Site site) {
        int offsetBytes = sector.index() * Sector.BYTES;
        byte[] data = sector.buffer().data();
        data[offsetBytes] = (byte) (value >> 8);
        data[offsetBytes + 1] = (byte) value;
        cache.markDirty(sector.buffer(), offsetBytes, 2, site);
        return sector;
    }

    static int value(Sector contents) {
        return (contents.at(0) & 0xFF) << 8 | contents.at(1) & 0xFF;
    }

    int durableValue(long sector) {
        return value(disk.durableImage().sector(sector));
    }

    /** The log in short: {@code w4+2} for a write of two sectors at 4, {@code f} for a flush. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        for (LogEntry entry : log.entries()) {
            events.add(
                    switch (entry) {
                        case LogEntry.Write write ->
                            "w" + write.sector() + (write.contents().length == 1 ? "" : "+" + write.contents().length);
                        case LogEntry.Flush flush -> "f";
                        case LogEntry.Discard discard -> "d" + discard.sector();
                        case LogEntry.Mark mark -> "m";
                    });
        }
        return events;
    }
}
