package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import java.util.Map;
import java.util.TreeMap;

/** Now and then a bit of a sector turns round without anybody's notice; it stays so until the sector is written again. */
public final class BitRot extends FaultyDevice {

    /** By sector which of its bits has turned. */
    private final TreeMap<Long, Integer> rotten = new TreeMap<>();

    public BitRot(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> {
                if (odds.strike("fault.bit-rot")) {
                    long sector = odds.anyOf("fault.rotten-sector", read.sector(), read.count());
                    rotten.putIfAbsent(sector, (int) odds.anyOf("fault.rotten-bit", 0, Sector.BYTES * Byte.SIZE));
                }
                device.submit(request).await();
                spoil(read);
                return Completion.completed();
            }
            case Request.Write write -> mend(write.sector(), write.count());
            case Request.Discard discard -> mend(discard.sector(), discard.count());
            case Request.Flush flush -> {}
        }
        return device.submit(request);
    }

    private void spoil(Request.Read read) {
        for (Map.Entry<Long, Integer> each :
                rotten.subMap(read.sector(), read.sector() + read.count()).entrySet()) {
            int sectorOffset = read.offsetBytes() + (int) (each.getKey() - read.sector()) * Sector.BYTES;
            int bit = each.getValue();
            read.target()[sectorOffset + bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        }
    }

    private void mend(long first, long count) {
        rotten.subMap(first, first + count).clear();
    }
}
