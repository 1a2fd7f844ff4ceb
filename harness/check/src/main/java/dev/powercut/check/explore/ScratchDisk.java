package dev.powercut.check.explore;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import dev.powercut.sim.disk.WriteLog;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The disk of the machine on which a crash state is examined: it holds one image after the other, forks it at the first write,
 * takes no virtual time, keeps a log and a footprint only when told to, and stops who asks without end.
 *
 * <p>Steps are counted as {@link StepLimitedDevice} does.
 */
final class ScratchDisk implements BlockDevice {

    private final Completion done = Completion.completed();
    private final long stepLimit;
    private DiskImage image;
    private long steps;
    private @Nullable WriteLog log;
    private @Nullable Footprint footprint;

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
        log = null;
        footprint = null;
        return this;
    }

    /** Notes what is read and written from now on, until the next image is put in. */
    ScratchDisk watchedBy(@Nullable Footprint watching) {
        footprint = watching;
        return this;
    }

    /** Puts in another image, and enters what is written to it in a log, until the next one is put in. */
    ScratchDisk loadLogged(DiskImage next) {
        load(next);
        log = new WriteLog(next);
        return this;
    }

    /** What was written since {@link #loadLogged}. */
    WriteLog log() {
        return Objects.requireNonNull(log);
    }

    /** The same; null after {@link #load}. */
    @Nullable
    WriteLog logOrNull() {
        return log;
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
        if (footprint != null) {
            footprint.noteRead(sector, count);
        }
    }

    @Override
    public void write(long sector, int count, byte[] source, int offsetBytes, Cause cause) {
        step(count);
        if (log != null) {
            writeLogged(sector, count, source, offsetBytes, cause, log);
        } else {
            DiskImage next = image;
            for (int i = 0; i < count; i++) {
                next = next.with(sector + i, Sector.copyOf(source, offsetBytes + i * Sector.BYTES));
            }
            image = next;
        }
        if (footprint != null) {
            footprint.noteWrite(sector, count);
        }
    }

    private void writeLogged(long sector, int count, byte[] source, int offsetBytes, Cause cause, WriteLog entered) {
        Sector[] contents = new Sector[count];
        for (int i = 0; i < count; i++) {
            contents[i] = Sector.copyOf(source, offsetBytes + i * Sector.BYTES);
        }
        image = image.with(sector, contents, 0, count);
        entered.add(new LogEntry.Write(entered.size(), sector, contents, false, cause));
    }

    private void enterFlush(Cause cause) {
        if (log != null) {
            log.add(new LogEntry.Flush(log.size(), cause));
        }
    }

    @Override
    public void flush(Cause cause) {
        step(0);
        enterFlush(cause);
    }

    @Override
    public Completion submit(Request request) {
        switch (request) {
            case Request.Read read -> read(read.sector(), read.count(), read.target(), read.offsetBytes());
            case Request.Write write ->
                write(write.sector(), write.count(), write.source(), write.offsetBytes(), write.cause());
            case Request.Flush flush -> flush(flush.cause());
            case Request.Discard discard -> {
                step(0);
                image = image.withZeroes(discard.sector(), discard.count());
                if (footprint != null) {
                    footprint.noteWrite(discard.sector(), discard.count());
                }
                if (log != null) {
                    log.add(new LogEntry.Discard(log.size(), discard.sector(), discard.count(), discard.cause()));
                }
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
