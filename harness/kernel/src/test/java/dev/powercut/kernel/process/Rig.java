package dev.powercut.kernel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.MemoryFileSystem;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.SimulatedDisk;
import dev.powercut.sim.schedule.Carrier;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.Limits;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs programs as first processes of fresh machines with a filesystem in memory. */
public final class Rig {

    /** How one run ended. */
    public record Ran(
            Outcome outcome,
            @Nullable Processes processes,
            @Nullable WaitResult end) {

        /** Fails the test with what ended the run, if that was not the program's own end. */
        public Ran well() {
            Throwable failure = outcome.failure();
            if (failure != null) {
                throw new AssertionError(failure.getMessage(), failure);
            }
            assertEquals(List.of(), outcome.leaked());
            return this;
        }

        public WaitResult result() {
            if (end == null) {
                throw new AssertionError("the program did not end", outcome.failure());
            }
            return end;
        }

        public Processes kernel() {
            if (processes == null) {
                throw new AssertionError("no kernel", outcome.failure());
            }
            return processes;
        }
    }

    private ProcessLimits limits = ProcessLimits.DEFAULT;
    private SchedulerOptions options = SchedulerOptions.usual();
    private Consumer<Processes> preparation = processes -> {};

    public Rig limits(ProcessLimits others) {
        limits = others;
        return this;
    }

    public Rig steps(long steps) {
        options = options.with(Limits.DEFAULT.withSteps(steps));
        return this;
    }

    public Rig on(Carrier carrier) {
        options = options.with(carrier);
        return this;
    }

    /** Called before the program runs. */
    public Rig prepare(Consumer<Processes> prepared) {
        preparation = prepared;
        return this;
    }

    public SchedulerOptions options() {
        return options;
    }

    public Ran run(Choices choices, Strategy strategy, Program program) {
        Processes[] processes = new Processes[1];
        @Nullable WaitResult[] end = new WaitResult[1];
        Outcome outcome = Scheduler.run(choices, strategy, options, world -> {
            processes[0] = boot(world);
            end[0] = processes[0].run("main", program);
        });
        return new Ran(outcome, processes[0], end[0]);
    }

    /** A fresh machine. */
    public Processes boot(dev.powercut.sim.World world) {
        Kernel kernel = new Kernel(world, 0, world.choices().split("kernel"), new KernelOptions(64, 64, false));
        kernel.mountRoot(new MemoryFileSystem.Type(1000), SimulatedDisk.unlogged(world, DiskImage.blank(1)), false, "");
        Processes processes = new Processes(kernel, world.choices().split("processes"), limits);
        preparation.accept(processes);
        return processes;
    }

    /** First come first served, all choices dull. */
    public Ran run(Program program) {
        return run(Choices.zero(), Strategy.firstCome(), program);
    }

    /** Under each strategy, with some seeds each, so that short transfers are met as well. */
    public void everySchedule(Program program, Consumer<Ran> judge) {
        judge.accept(run(program));
        judge.accept(run(Choices.zero(), Strategy.roundRobin(), program));
        for (int seed = 1; seed <= 12; seed++) {
            for (Strategy strategy : strategies(seed)) {
                judge.accept(run(Choices.seeded(seed), strategy, program));
            }
        }
    }

    private static List<Strategy> strategies(long seed) {
        Choices choices = Choices.seeded(seed);
        return List.of(
                Strategy.roundRobin(),
                Strategy.randomWalk(choices.split("walk")),
                Strategy.pct(choices.split("pct"), 3, 200),
                Strategy.pos(choices.split("pos")));
    }

    /** The first so many schedules with at most so many preemptions, depth first. */
    public void depthFirst(int preemptions, long schedules, Program program, Consumer<Ran> judge) {
        Processes[] processes = new Processes[1];
        @Nullable WaitResult[] end = new WaitResult[1];
        new DepthFirst(new DepthFirst.Bounds(preemptions, schedules), options)
                .explore(
                        world -> {
                            end[0] = null;
                            processes[0] = boot(world);
                            end[0] = processes[0].run("main", program);
                        },
                        outcome -> {
                            judge.accept(new Ran(outcome, processes[0], end[0]));
                            return true;
                        });
    }

    // ---- What programs are written with ----

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes all of a text, however short the writes are. */
    public static void writeAll(UserProcess self, int fd, String text) {
        byte[] bytes = bytes(text);
        int done = 0;
        while (done < bytes.length) {
            done += self.write(fd, bytes, done, bytes.length - done);
        }
    }

    /** Reads to the end. */
    public static String readAll(UserProcess self, int fd) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[100];
        for (int count = self.read(fd, buffer, 0, 100); count > 0; count = self.read(fd, buffer, 0, 100)) {
            text.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    public static void file(UserProcess self, String path, String contents) {
        int fd = self.creat(path, 0644);
        writeAll(self, fd, contents);
        self.close(fd);
    }

    public static String contents(UserProcess self, String path) {
        int fd = self.open(path, 0, 0);
        String text = readAll(self, fd);
        self.close(fd);
        return text;
    }

    /** Waits for all children; their results in the order in which they were given. */
    public static List<WaitResult> waitAll(UserProcess self, int children) {
        List<WaitResult> results = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            results.add(self.waitAny());
        }
        return results;
    }

    /** The failure that ended a run. */
    public static Throwable failure(Ran ran) {
        Throwable failure = ran.outcome().failure();
        if (failure == null) {
            throw new AssertionError("the run ended well");
        }
        assertNull(ran.end());
        return failure;
    }
}
