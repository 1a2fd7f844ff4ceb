package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.Rig.writeAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.kernel.vfs.FlusherLimits;
import dev.powercut.sim.Choices;
import dev.powercut.sim.DeadlockException;
import org.junit.jupiter.api.Test;

/** Write-back in the background, with dirty limits and age. */
final class WriteBackTest {

    private static final long SECOND = 1_000_000_000L;
    private static final FlusherLimits LIMITS = new FlusherLimits(8, 16, 30 * SECOND, 5 * SECOND);

    /** Runs a program beside a flusher. */
    private static Rig.Ran run(long seed, Program program) {
        Rig rig = new Rig().prepare(processes -> processes.vfs().startFlusher(LIMITS, Choices.seeded(seed)));
        return rig.run(
                Choices.seeded(seed), dev.powercut.sim.schedule.Strategy.randomWalk(Choices.seeded(seed)), self -> {
                    int status = program.main(self);
                    self.processes().vfs().stopFlusher();
                    return status;
                });
    }

    private static int dirtyPages(UserProcess self, String path) {
        int fd = self.open(path, 0, 0);
        int dirty = self.processes().vfs().dirtyPages();
        self.close(fd);
        return dirty;
    }

    @Test
    void aFileThatHasBeenDirtyForLongIsWritten() {
        for (int seed = 1; seed < 10; seed++) {
            run(seed, self -> {
                        writeAll(self, self.creat("/f", 0644), "text");
                        self.signals().nanosleep(20 * SECOND);
                        assertEquals(1, dirtyPages(self, "/f"));
                        self.signals().nanosleep(20 * SECOND);
                        assertEquals(0, dirtyPages(self, "/f"));
                        return 0;
                    })
                    .well();
        }
    }

    @Test
    void manyDirtyPagesAreWrittenAtOnceAndWhoDirtiesMoreWaits() {
        for (int seed = 1; seed < 10; seed++) {
            run(seed, self -> {
                        int fd = self.creat("/f", 0644);
                        for (int i = 0; i < 40; i++) {
                            assertEquals(4096, self.pwrite(fd, new byte[4096], 0, 4096, i * 4096L));
                            int dirty = self.processes().vfs().dirtyPages();
                            assertTrue(dirty <= LIMITS.dirtyPages(), () -> dirty + " dirty pages");
                        }
                        self.signals().nanosleep(SECOND);
                        assertTrue(self.processes().vfs().dirtyPages() < LIMITS.backgroundPages());
                        return 0;
                    })
                    .well();
        }
    }

    @Test
    void aDeadlockIsStillSeen() {
        Rig.Ran ran = run(1, self -> {
            writeAll(self, self.creat("/f", 0644), "text");
            int[] ends = self.pipe();
            return self.read(ends[0], new byte[1], 0, 1);
        });
        Throwable failure = Rig.failure(ran);
        assertInstanceOf(DeadlockException.class, failure);
        assertTrue(failure.toString().contains("task write-back waits for dirty pages"), failure::toString);
    }
}
