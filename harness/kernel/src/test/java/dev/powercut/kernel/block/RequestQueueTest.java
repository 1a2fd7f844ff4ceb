package dev.powercut.kernel.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Completion;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import dev.powercut.sim.disk.OutOfRangeException;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.disk.Trigger;
import dev.powercut.sim.disk.WriteLog;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The queue in front of a disk. */
final class RequestQueueTest {

    private static final int SECTORS = 1000;

    private final World world = World.withOneTask(Choices.zero());
    private final WriteLog log = new WriteLog(DiskImage.blank(SECTORS));
    private final SimulatedDisk disk = SimulatedDisk.logged(world, log);
    private final RequestQueue queue = new RequestQueue(world, disk, RequestQueue.Timing.DISK);

    private static Cause cause() {
        return new Cause(new BlockKind("data"), new Trigger.WriteBack());
    }

    private Completion write(long sector, int letter) {
        byte[] bytes = new byte[512];
        bytes[0] = (byte) letter;
        Completion completion = queue.submit(new Request.Write(sector, 1, bytes, 0, false, cause()));
        // The queue has taken a copy.
        bytes[0] = 0;
        return completion;
    }

    private Completion flush() {
        return queue.submit(new Request.Flush(cause()));
    }

    /** What reached the disk, in order: sectors, and -1 for a flush. */
    private List<Long> order() {
        List<Long> order = new ArrayList<>();
        for (LogEntry entry : log.entries()) {
            order.add(entry instanceof LogEntry.Write write ? write.sector() : -1L);
        }
        return order;
    }

    @Test
    void submittingReturnsAtOnceAndNothingHasReachedTheDisk() {
        Completion completion = write(5, 'a');
        assertFalse(completion.isDone());
        assertEquals(1, queue.depth());
        assertEquals(0, log.size());
        completion.await();
        assertEquals(1, log.size());
        assertEquals(0, queue.depth());
        byte[] read = new byte[512];
        queue.read(5, 1, read, 0);
        assertEquals('a', read[0]);
    }

    @Test
    void theArmGoesUpwardsAndComesBackToTheLowest() {
        write(500, 'a');
        for (long sector : new long[] {100, 900, 700, 300, 600}) {
            write(sector, 'b');
        }
        flush().await();
        assertEquals(List.of(500L, 600L, 700L, 900L, 100L, 300L, -1L), order());
    }

    @Test
    void nothingPassesAFlush() {
        write(500, 'a');
        write(900, 'a');
        flush();
        write(100, 'b');
        write(600, 'b');
        flush().await();
        assertEquals(List.of(500L, 900L, -1L, 100L, 600L, -1L), order());
    }

    @Test
    void requestsForTheSameSectorKeepTheirOrder() {
        write(500, 'x');
        write(400, 'a');
        write(400, 'b');
        byte[] read = new byte[512];
        Completion reading = queue.submit(new Request.Read(400, 1, read, 0));
        write(400, 'c').await();
        assertTrue(reading.isDone());
        assertEquals('b', read[0]);
    }

    @Test
    void aScanTravelsLessThanTheOrderInWhichTheyCame() {
        long firstCome = 0;
        long at = 0;
        Choices choices = Choices.seeded(1);
        write(0, 'a').await();
        for (int i = 0; i < 50; i++) {
            long sector = choices.choose("sector", SECTORS);
            firstCome += Math.abs(sector - at);
            at = sector;
            write(sector, 'b');
        }
        flush().await();
        long travelled = queue.travelledSectors();
        assertTrue(travelled * 4 < firstCome, () -> travelled + " sectors");
        assertEquals(52, queue.completed());
    }

    @Test
    void whatIsBeyondTheDeviceIsRefused() {
        assertThrows(OutOfRangeException.class, () -> write(SECTORS, 'a'));
        assertEquals(0, queue.depth());
    }

    @Test
    void tasksGoOnWhileTheArmMoves() {
        List<String> events = new ArrayList<>();
        Outcome outcome = Scheduler.run(Choices.zero(), Strategy.firstCome(), SchedulerOptions.usual(), own -> {
            RequestQueue slow = new RequestQueue(
                    own, SimulatedDisk.unlogged(own, DiskImage.blank(SECTORS)), RequestQueue.Timing.DISK);
            own.runner().spawn("worker", () -> events.add("worked"));
            slow.write(500, 1, new byte[512], 0, cause());
            events.add("written");
        });
        assertEquals(List.of(), outcome.leaked());
        assertEquals(List.of("worked", "written"), events);
    }
}
