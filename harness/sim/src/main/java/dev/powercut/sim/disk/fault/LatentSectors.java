package dev.powercut.sim.disk.fault;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Request;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Now and then a sector cannot be read any more, which shows when it is read, each time, until it is written again. */
public final class LatentSectors extends FaultyDevice {

    private final TreeSet<Long> bad = new TreeSet<>();

    public LatentSectors(BlockDevice device, Odds odds) {
        super(device, odds);
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> {
                if (odds.strike("fault.latent-sector")) {
                    bad.add(odds.anyOf("fault.latent-at", read.sector(), read.count()));
                }
                @Nullable Long first = bad.ceiling(read.sector());
                if (first != null && first < read.sector() + read.count()) {
                    return Completion.failed(new MediumException("cannot read", first));
                }
            }
            case Request.Write write -> mend(write.sector(), write.count());
            case Request.Discard discard -> mend(discard.sector(), discard.count());
            case Request.Flush flush -> {}
        }
        return device.submit(request);
    }

    private void mend(long first, long count) {
        bad.subSet(first, first + count).clear();
    }
}
