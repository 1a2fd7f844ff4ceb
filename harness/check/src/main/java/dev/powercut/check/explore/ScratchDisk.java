package dev.powercut.check.explore;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;

/**
 * The disk of the machine on which a crash state is examined: it holds one image after the other, forks it at the first write,
 * takes no virtual time, keeps no log, and stops who asks without end.
 *
 * <p>Steps are counted as {@link StepLimitedDevice} does.
 */
final class ScratchDisk implements BlockDevice {

    private final Completion done = Completion.completed();
    private final long stepLimit;
    private DiskImage image;
    private long steps;

    ScratchDisk(DiskImage image, long stepLimit) {
        this.image = image;
        this.stepLimit = stepLimit;
    }

    /** More steps than any honest work on an image takes: it may read all of the disk a dozen times over, sector by sector. */
    static long stepLimit(DiskImage image) {
        return 24 * image.sectorCount() + 50_000;
    }

    /** Puts in another image and begins to count steps anew. */
    ScratchDisk load(DiskImage next) {
        image = next;
        steps = 0;
        return this;
    }

    /** What it holds now. */
    DiskImage image() {
        return image;
    }

    @Override
    public long sectorCount() {
        return image.sectorCount();
    }

    @Override
    public void read(long sector, int count, byte[] target, int offsetBytes) {
        step(count);
        image.read(sector, count, target, offsetBytes);
    }

    @Override
    public void write(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        step(count);
        DiskImage next = image;
        for (int i = 0; i < count; i++) {
            next = next.with(sector + i, Sector.copyOf(source, offsetBytes + i * Sector.BYTES));
        }
        image = next;
    }

    @Override
    public void flush(Cause cause) {
        step(0);
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> read(read.sector(), read.count(), read.target(), read.offsetBytes());
            case Request.Write write ->
                write(write.sector(), write.count(), write.source(), write.offsetBytes(), write.cause());
            case Request.Flush flush -> step(0);
            case Request.Discard discard -> {
                step(0);
                image = image.withZeroes(discard.sector(), discard.count());
            }
        }
        return done;
    }

    private void step(int sectorCount) {
        steps += 1 + sectorCount;
        if (steps > stepLimit) {
            throw new StepLimitException(stepLimit);
        }
    }
}
