package dev.powercut.kernel.block;

import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.OutOfRangeException;
import dev.powercut.sim.disk.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A device with a queue in front of it. What it takes to move to a sector passes while tasks go on; who awaits a completion sleeps
 * until the interrupt. It works with one task too: who waits lets virtual time pass.
 */
public final class RequestQueue implements BlockDevice {

    private static final int SECTOR_BYTES = 512;

    private final World world;
    private final BlockDevice device;
    private final Timing timing;
    private final List<Queued> queue = new ArrayList<>();
    private boolean isBusy;
    private long head;
    private long completed;
    private long travelled;

    /**
     * What it takes before the device is asked.
     *
     * @param startNanos of each request
     * @param moveNanos for moving over the whole device, in proportion for less
     */
    public record Timing(long startNanos, long moveNanos) {

        /** A disk with an arm: half a millisecond and more. */
        public static final Timing DISK = new Timing(500_000, 8_000_000);

        /** A device without moving parts: interrupts alone. */
        public static final Timing SOLID_STATE = new Timing(10_000, 0);
    }

    /** @param device completes what it is asked for at once, as {@link dev.powercut.sim.disk.SimulatedDisk} and its faults do */
    public RequestQueue(World world, BlockDevice device, Timing timing) {
        this.world = world;
        this.device = device;
        this.timing = timing;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        // What is queued may be on its way there.
        for (Queued one : queue) {
            if (one.first() < end && sector < one.end()) {
                return sector;
            }
        }
        return device.skipZeroes(sector, end);
    }

    @Override
    public boolean mayFail() {
        return device.mayFail();
    }

    /** How many requests wait, or are being done. */
    public int depth() {
        return queue.size();
    }

    /** How many requests have been done. */
    public long completed() {
        return completed;
    }

    /** Over how many sectors the arm has moved. */
    public long travelledSectors() {
        return travelled;
    }

    /** The top half. */
    @Override
    public Completion submit(Request request) {
        world.runner().point("block.submit", "disk");
        Completion completion = Completion.pending(world.runner(), "disk");
        Queued queued = Queued.of(taken(request), completion);
        if (queued.first() < 0 || queued.end() < queued.first() || queued.end() > sectorCount()) {
            throw new OutOfRangeException(queued.first(), queued.end() - queued.first(), sectorCount());
        }
        queue.add(queued);
        world.trace().step("block.queue", queued.first(), queue.size());
        if (!isBusy) {
            start();
        }
        return completion;
    }

    /** What is to be written may change as soon as it is submitted. */
    private static Request taken(Request request) {
        if (request instanceof Request.Write write) {
            int from = write.offsetBytes();
            byte[] bytes = Arrays.copyOfRange(write.source(), from, from + write.count() * SECTOR_BYTES);
            return new Request.Write(write.sector(), write.count(), bytes, 0, write.fua(), write.cause());
        }
        return request;
    }

    private void start() {
        isBusy = true;
        Queued next = queue.get(Elevator.next(queue, head));
        long distance = next.isFlush() ? 0 : Math.abs(next.first() - head);
        travelled += distance;
        long movingNanos = (long) (timing.moveNanos * ((double) distance / Math.max(1, sectorCount())));
        world.runner().at(world.clock().after(timing.startNanos + movingNanos), () -> interrupt(next));
    }

    /** The bottom half. */
    private void interrupt(Queued done) {
        queue.remove(done);
        isBusy = false;
        if (!done.isFlush()) {
            head = done.end();
        }
        Completion below;
        try {
            below = device.submit(done.request());
        } catch (RuntimeException failure) {
            below = Completion.failed(failure);
        }
        if (!below.isDone()) {
            throw new IllegalStateException("a queue in front of a device that waits itself");
        }
        completed++;
        if (!queue.isEmpty()) {
            start();
        }
        finish(done.completion(), below);
    }

    private static void finish(Completion completion, Completion below) {
        try {
            below.await();
        } catch (RuntimeException failure) {
            completion.fail(failure);
            return;
        }
        completion.complete();
    }
}
