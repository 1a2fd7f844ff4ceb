package dev.powercut.kernel.vfs;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.fault.MediumException;

/**
 * A device whose write errors are noted and not thrown, since who writes is seldom who wrote: the data are lost, as on Linux, what
 * could not be written counts as clean, and the next fsync of each open file description tells. Who reads is told at once, by EIO.
 */
final class NotedErrors implements BlockDevice {

    private final BlockDevice device;
    private long count;
    private long told;

    NotedErrors(BlockDevice device) {
        this.device = device;
    }

    /** How many errors there were. */
    long count() {
        return count;
    }

    /** Up to which error somebody has been told; who opens a file now will be told of those after it. */
    long told() {
        return told;
    }

    void tell() {
        told = count;
    }

    /** Notes an error of a write that was never made, since something could not be read for it. */
    void note() {
        count++;
    }

    @Override
    public long sectorCount() {
        return device.sectorCount();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        return device.skipZeroes(sector, end);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Completion submit(Request request) {
        Completion completion = device.submit(request);
        if (!completion.isDone()) {
            return completion;
        }
        try {
            completion.await();
            return completion;
        } catch (MediumException e) {
            if (request instanceof Request.Read) {
                return Completion.failed(error(e));
            }
            count++;
            return Completion.completed();
        }
    }

    private static ErrnoException error(MediumException e) {
        return Errno.EIO.exception(String.valueOf(e.getMessage()));
    }

    @Override
    public void read(long sector, int sectorCount, byte[] target, int offsetBytes) {
        try {
            device.read(sector, sectorCount, target, offsetBytes);
        } catch (MediumException e) {
            throw error(e);
        }
    }

    @Override
    public void write(long sector, int sectorCount, byte[] source, int offsetBytes, Cause cause) {
        try {
            device.write(sector, sectorCount, source, offsetBytes, cause);
        } catch (MediumException e) {
            count++;
        }
    }

    @Override
    public void flush(Cause cause) {
        try {
            device.flush(cause);
        } catch (MediumException e) {
            count++;
        }
    }
}
