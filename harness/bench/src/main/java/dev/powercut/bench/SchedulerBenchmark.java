package dev.powercut.bench;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Runner;
import dev.powercut.sim.World;
import dev.powercut.sim.schedule.Carrier;
import dev.powercut.sim.schedule.DepthFirst;
import dev.powercut.sim.schedule.Limits;
import dev.powercut.sim.schedule.Outcome;
import dev.powercut.sim.schedule.Scheduler;
import dev.powercut.sim.schedule.SchedulerOptions;
import dev.powercut.sim.schedule.Strategy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a switch between two tasks costs, beside what the JVM needs for it at least: {@code *Switch} against {@code bare*}, from the same
 * run; and how many complete schedules of a small program are run in a second.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SchedulerBenchmark {

    private static final int SWITCHES = 100_000;

    /** All interleavings of two tasks that take four steps each, their start included: 8 over 4, and those of making them. */
    private static final int SCHEDULES = 126;

    private static final ContinuationScope SCOPE = new ContinuationScope("bare");
    private static final SchedulerOptions OPTIONS = SchedulerOptions.usual().with(new Limits(1L << 40, 1L << 40));

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public int bareContinuation() {
        Continuation[] two = {
            new Continuation(SCOPE, this::yieldAllTheTime), new Continuation(SCOPE, this::yieldAllTheTime)
        };
        for (int i = 0; i < SWITCHES; i++) {
            two[i & 1].run();
        }
        return two.length;
    }

    private void yieldAllTheTime() {
        for (int i = 0; i < SWITCHES; i++) {
            Continuation.yield(SCOPE);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public long continuationSwitch() {
        return switches(Carrier.CONTINUATION);
    }

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public int bareHandOver() throws InterruptedException {
        HandOver one = new HandOver();
        HandOver other = new HandOver();
        one.partner = other;
        other.partner = one;
        one.turn = true;
        one.thread = Thread.ofVirtual().unstarted(one);
        other.thread = Thread.ofVirtual().unstarted(other);
        one.thread.start();
        other.thread.start();
        one.thread.join();
        other.thread.join();
        return SWITCHES;
    }

    @Benchmark
    @OperationsPerInvocation(SWITCHES)
    public long virtualThreadSwitch() {
        return switches(Carrier.VIRTUAL_THREAD);
    }

    private static long switches(Carrier carrier) {
        Outcome outcome = Scheduler.run(Choices.zero(), Strategy.roundRobin(), OPTIONS.with(carrier), world -> {
            for (int task = 0; task < 2; task++) {
                world.runner().spawn("task", () -> points(world.runner(), SWITCHES / 2));
            }
        });
        return outcome.switches();
    }

    private static void points(Runner runner, int count) {
        for (int i = 0; i < count; i++) {
            runner.point("step", "shared");
        }
    }

    @Benchmark
    @OperationsPerInvocation(SCHEDULES)
    public long completeSchedule() {
        DepthFirst.Result result =
                new DepthFirst(DepthFirst.Bounds.NONE, OPTIONS).explore(SchedulerBenchmark::twoTasks, o -> true);
        if (result.schedules() != SCHEDULES) {
            throw new IllegalStateException(result.schedules() + " schedules, not " + SCHEDULES);
        }
        return result.schedules();
    }

    private static void twoTasks(World world) {
        Runner runner = world.runner();
        runner.spawn("one", () -> points(runner, 3));
        runner.spawn("other", () -> points(runner, 3));
    }

    @Benchmark
    public long idleHour() {
        Outcome outcome = Scheduler.run(
                Choices.zero(),
                Strategy.firstCome(),
                OPTIONS,
                world -> world.runner().sleepUntil(3_600_000_000_000L));
        return outcome.world().clock().nowNanos();
    }

    private static final class HandOver implements Runnable {
        private HandOver partner = this;
        private Thread thread = Thread.currentThread();
        private volatile boolean turn;

        @Override
        public void run() {
            for (int i = 0; i < SWITCHES / 2; i++) {
                while (!turn) {
                    LockSupport.park(this);
                }
                turn = false;
                partner.turn = true;
                LockSupport.unpark(partner.thread);
            }
        }
    }
}
