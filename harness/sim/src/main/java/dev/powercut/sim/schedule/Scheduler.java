package dev.powercut.sim.schedule;

import dev.powercut.sim.Choices;
import dev.powercut.sim.Clock;
import dev.powercut.sim.DeadlockException;
import dev.powercut.sim.Lock;
import dev.powercut.sim.Runner;
import dev.powercut.sim.Task;
import dev.powercut.sim.Timers;
import dev.powercut.sim.Trace;
import dev.powercut.sim.WaitQueue;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runner with many tasks.
 *
 * <p>A decision is made by whoever gives up the processor, in {@link #next}: timers that are due fire, the strategy picks among
 * the candidates, the step that the chosen one takes is recorded. When nothing is ready, virtual time jumps to the next timer. When
 * there is none either, the run has ended: well, when all tasks have; with leaked tasks, when the main task has; else in a deadlock.
 *
 * <p>A run that ends early, or with leaked tasks, ends their bodies by throwing {@link Killed} from where they wait, so that nothing
 * is left behind on either carrier.
 */
public final class Scheduler implements Runner {

    private static final int MAIN = 0;

    /** The kind of a step that goes on where the task waited. */
    private static final String RESUME = "resume";

    private final Clock clock;
    private final Trace trace;
    private final Timers timers;
    private final Strategy strategy;
    private final SchedulerOptions options;
    private final Carrier.Baton baton;
    private final List<Strand> strands = new ArrayList<>();
    private final ReadyQueue ready = new ReadyQueue();
    private final View view = new View();
    private final Schedule schedule;
    private final Starvation starvation;
    private final LockOrder lockOrder = new LockOrder();
    private final List<String> leaked = new ArrayList<>();
    private Strand current;
    private long switches;
    private int living;
    private boolean ending;

    /** Those before it have ended, or will never start. */
    private int firstToEnd;

    private @Nullable Throwable failure;
    private @Nullable World world;

    private Scheduler(Clock clock, Trace trace, Strategy strategy, SchedulerOptions options, Consumer<World> main) {
        this.clock = clock;
        this.trace = trace;
        this.timers = new Timers(clock);
        this.strategy = strategy;
        this.options = options;
        this.baton = options.carrier().newBaton();
        this.schedule = new Schedule(options.recordsStacks());
        this.starvation = new Starvation(strategy.isFair() ? options.limits().starvationSteps() : Long.MAX_VALUE);
        this.current = newStrand("main", () -> main.accept(Objects.requireNonNull(world)));
    }

    /**
     * Runs a program to its end.
     *
     * @param main the body of the first task, which is given the world and makes the others
     */
    public static Outcome run(Choices choices, Strategy strategy, SchedulerOptions options, Consumer<World> main) {
        World world = World.with(choices, (clock, trace) -> new Scheduler(clock, trace, strategy, options, main));
        return ((Scheduler) world.runner()).run(world);
    }

    private Outcome run(World own) {
        world = own;
        makeReady(current);
        Strand first = next(null);
        if (first != null) {
            switches++;
            resume(first);
            baton.run(first.fiber);
        }
        return new Outcome(own, schedule, switches, failure, leaked, starvation.report(), lockOrder.cycles());
    }

    private Strand newStrand(String name, Runnable body) {
        Strand strand = new Strand(new Task(0, strands.size(), name), baton, self -> carry(self, body));
        strands.add(strand);
        schedule.name(name);
        living++;
        return strand;
    }

    /** The life of a strand, on its fiber. */
    private void carry(Strand self, Runnable body) {
        try {
            if (!ending) {
                body.run();
            }
        } catch (Killed e) {
            // The run is over.
        } catch (Throwable thrown) {
            fail(thrown);
        }
        self.ended = true;
        living--;
        Strand next = next(null);
        if (next != null) {
            switches++;
            resume(next);
        }
        baton.end(next == null ? null : next.fiber);
    }

    private void resume(Strand strand) {
        strand.started = true;
        strand.waitsFor = null;
        current = strand;
    }

    @Override
    public Task current() {
        return current.task;
    }

    @Override
    public Task spawn(String name, Runnable body) {
        point("spawn", name);
        Strand strand = newStrand(name, body);
        makeReady(strand);
        return strand.task;
    }

    @Override
    public void point(String kind, String resource) {
        Strand self = current;
        self.kind = kind;
        self.resource = resource;
        self.since = schedule.size();
        proceed(self, self);
    }

    @Override
    public void block(WaitQueue queue) {
        Strand self = current;
        requireGoingOn();
        if (!self.kind.equals(RESUME) || !self.resource.equals(queue.name())) {
            self.since = schedule.size();
        }
        self.kind = RESUME;
        self.resource = queue.name();
        self.waitsFor = queue;
        queue.add(self.task);
        proceed(self, null);
    }

    @Override
    public void wake(WaitQueue queue) {
        Task woken = ending ? null : queue.poll();
        if (woken != null) {
            makeReady(strands.get(woken.index()));
        }
    }

    @Override
    public void wakeAll(WaitQueue queue) {
        while (!ending && !queue.isEmpty()) {
            wake(queue);
        }
    }

    @Override
    public void locked(Lock lock) {
        lockOrder.locked(current.task, lock, schedule.size() - 1);
    }

    @Override
    public void lockedAtOnce(Lock lock) {
        lockOrder.lockedAtOnce(current.task, lock);
    }

    @Override
    public void forgetOrder(Lock lock) {
        lockOrder.forget(lock);
    }

    @Override
    public void unlocked(Lock lock) {
        lockOrder.unlocked(current.task, lock);
    }

    @Override
    public void sleepUntil(long instantNanos) {
        if (instantNanos >= Clock.END_NANOS) {
            block(new WaitQueue("the end of time"));
            return;
        }
        Strand self = current;
        requireGoingOn();
        self.kind = "wake-up";
        self.resource = "";
        timers.set(instantNanos, () -> makeReady(self));
        proceed(self, null);
    }

    @Override
    public void at(long instantNanos, Runnable action) {
        timers.set(instantNanos, action);
    }

    private void makeReady(Strand strand) {
        if (strand.waitsFor == null) {
            strand.since = schedule.size();
        }
        strand.waitsFor = null;
        ready.add(strand);
    }

    private void requireGoingOn() {
        if (ending) {
            throw new Killed();
        }
    }

    /** Lets the next strand run; returns when this one runs again, and ends its body when the run is over. */
    private void proceed(Strand self, @Nullable Strand goesOn) {
        requireGoingOn();
        Strand next = next(goesOn);
        if (next != self && next != null) {
            switches++;
            resume(next);
            baton.handOver(self.fiber, next.fiber);
        }
        current = self;
        requireGoingOn();
    }

    /**
     * Decides who runs next and records its step.
     *
     * @param running the running strand if it can go on, else null
     * @return null when none is left
     */
    private @Nullable Strand next(@Nullable Strand running) {
        if (!ending) {
            try {
                timers.fireDue();
                while (running == null && ready.size() == 0 && timers.fireNext()) {
                    // Idle: virtual time has jumped. All of that instant are candidates, in whatever order they were
                    // set.
                    timers.fireDue();
                }
                if (running != null || ready.size() > 0) {
                    return choose(running);
                }
                settle();
            } catch (RuntimeException | Error e) {
                // A strategy that cannot go on, or a timer's action that fails.
                fail(e);
            }
        }
        return nextToEnd();
    }

    private Strand choose(@Nullable Strand running) {
        view.running = running;
        int chosen = strategy.choose(view);
        if (chosen < 0 || chosen >= view.count()) {
            throw new IndexOutOfBoundsException("the strategy chose " + chosen + " of " + view.count() + " candidates");
        }
        strategy.taking(view, chosen);
        Strand next = view.strand(chosen);
        boolean preempts = running != null && chosen > 0;
        record(next, preempts);
        if (running == null) {
            ready.remove(chosen);
        } else if (preempts) {
            ready.remove(chosen - 1);
            ready.add(running);
        }
        return next;
    }

    private void record(Strand next, boolean preempts) {
        if (schedule.size() >= options.limits().steps()) {
            throw new LivelockException(Reports.livelock(schedule, strands));
        }
        starvation.check(next, ready, schedule.size());
        trace.step(next.kindHash(), next.task.index(), next.resourceHash());
        schedule.add(next.task.index(), next.kind, next.resource, preempts);
        if (options.recordsStacks()) {
            schedule.stack(next == current ? new Throwable().getStackTrace() : next.fiber.stack());
        }
    }

    /** Nothing is ready, and nothing will be. */
    private void settle() {
        strategy.ended();
        ending = true;
        if (living == 0) {
            return;
        }
        if (strands.get(MAIN).ended) {
            leaked.addAll(Reports.waiting(strands));
        } else {
            failure = new DeadlockException(Reports.deadlock(strands, current));
        }
    }

    private void fail(Throwable thrown) {
        if (!ending) {
            ending = true;
            failure = thrown;
        }
    }

    /** When the run is over: some strand whose body has still to be ended. */
    private @Nullable Strand nextToEnd() {
        boolean isOver = true;
        for (int i = firstToEnd; i < strands.size(); i++) {
            Strand strand = strands.get(i);
            boolean lives = strand.started && !strand.ended;
            if (lives && strand != current) {
                return strand;
            }
            isOver &= !lives;
            if (isOver) {
                firstToEnd = i + 1;
            }
        }
        // Whoever asks ends by itself.
        return null;
    }

    /** What strategies see. */
    private final class View implements Candidates {

        @Nullable
        Strand running;

        Strand strand(int index) {
            Strand first = running;
            if (first == null) {
                return ready.get(index);
            }
            return index == 0 ? first : ready.get(index - 1);
        }

        @Override
        public int count() {
            return ready.size() + (running == null ? 0 : 1);
        }

        @Override
        public boolean canGoOn() {
            return running != null;
        }

        @Override
        public Task task(int index) {
            return strand(index).task;
        }

        @Override
        public String kind(int index) {
            return strand(index).kind;
        }

        @Override
        public String resource(int index) {
            return strand(index).resource;
        }
    }
}
