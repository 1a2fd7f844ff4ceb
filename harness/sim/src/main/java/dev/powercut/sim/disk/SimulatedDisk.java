package dev.powercut.sim.disk;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Clock;
import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk: a durable image plus pending writes. Everything that is submitted is done in the order of submission and charged to
 * virtual time; it is entered in a {@link WriteLog} when there is one.
 */
public final class SimulatedDisk implements BlockDevice {

    /** Virtual time that requests take, in nanoseconds: of the order of a SATA solid-state disk. */
    private static final long READ_NANOS = 50_000;

    private static final long WRITE_NANOS = 20_000;
    private static final long FLUSH_NANOS = 500_000;

    private final World world;
    private final @Nullable WriteLog log;
    private final List<LogEntry> pending = new ArrayList<>();
    private DiskImage durable;
    private DiskImage current;
    private long flushCount;

    private SimulatedDisk(World world, DiskImage image, @Nullable WriteLog log) {
        this.world = world;
        this.durable = image;
        this.current = image;
        this.log = log;
    }

    /** A disk whose writes are only held, not logged. */
    public static SimulatedDisk unlogged(World world, DiskImage image) {
        return new SimulatedDisk(world, image, null);
    }

    /** A disk that enters all it does in a log, whose base is the disk's first image. */
    public static SimulatedDisk logged(World world, WriteLog log) {
        return new SimulatedDisk(world, log.base(), log);
    }

    @Override
    public long sectorCount() {
        return current.sectorCount();
    }

    /** What reads see: durable and pending together. */
    public DiskImage image() {
        return current;
    }

    public DiskImage durableImage() {
        return durable;
    }

    public long flushCount() {
        return flushCount;
    }

    @Override
    public Completion submit(Request request) {
        Clock clock = world.clock();
        switch (request) {
            case Request.Read read -> {
                current.read(read.sector(), read.count(), read.target(), read.offsetBytes());
                clock.charge(READ_NANOS);
            }
            case Request.Write write -> {
                write(write);
                clock.charge(WRITE_NANOS);
            }
            case Request.Flush flush -> {
                enter(new LogEntry.Flush(world.nextSequence(), flush.cause()));
                durable = current;
                pending.clear();
                flushCount++;
                world.trace().step("disk.flush", flushCount, 0);
                clock.charge(FLUSH_NANOS);
            }
            case Request.Discard discard -> {
                current = current.withZeroes(discard.sector(), discard.count());
                enter(new LogEntry.Discard(world.nextSequence(), discard.sector(), discard.count(), discard.cause()));
                world.trace().step("disk.discard", discard.sector(), discard.count());
                clock.charge(WRITE_NANOS);
            }
        }
        return Completion.completed();
    }

    @Override
    public long skipZeroes(long sector, long end) {
        return current.nextNonZero(sector, end);
    }

    private void write(Request.Write write) {
        Sector[] contents = new Sector[write.count()];
        long digest = 0;
        for (int i = 0; i < contents.length; i++) {
            contents[i] = Sector.copyOf(write.source(), write.offsetBytes() + i * Sector.BYTES);
            digest = digest * 31 + contents[i].hashLow;
        }
        current = current.with(write.sector(), contents, 0, contents.length);
        enter(new LogEntry.Write(world.nextSequence(), write.sector(), contents, write.fua(), write.cause()));
        world.trace().step(write.fua() ? "disk.write-fua" : "disk.write", write.sector(), digest);
    }

    private void enter(LogEntry entry) {
        if (!(entry instanceof LogEntry.Flush)) {
            pending.add(entry);
        }
        if (log != null) {
            log.add(entry);
        }
    }

    /** Enters a mark in the log, if there is one: something happened now that matters to judging. */
    public void mark(LogEntry.Event event) {
        world.trace().step("mark", event.text(), 0);
        if (log != null) {
            log.add(new LogEntry.Mark(world.nextSequence(), event));
        }
    }

    /**
     * What the disk holds when its power fails now: one of the states that the model allows. The entries that it kept are counted
     * among the pending ones, and from the beginning of the log where the model does not honour flushes.
     *
     * @throws IllegalStateException when the model does not honour flushes and the disk has no log: then it does not know any more
     *     what it had been given
     */
    public CrashState powerCut(CrashModel model, Choices choices) {
        if (model.honoursFlushes()) {
            return model.legalStates(durable, pending).draw(choices);
        }
        if (log == null) {
            throw new IllegalStateException("a disk without a log cannot lose what was flushed");
        }
        return model.legalStates(log.base(), log.entries()).draw(choices);
    }
}
