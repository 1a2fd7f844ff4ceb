package dev.powercut.campaign;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds a target that loops without a system call, a cached block or a request of its device, where no count of steps stops it: a
 * thread that has used so much processor time and come no step further. That is the one thing that no run can find of itself, and
 * that depends on the computer; the limit is far above what any honest step takes.
 */
public final class CpuWatch implements HangWatch, AutoCloseable {

    /** What a step may take: an honest one takes milliseconds, the recording of a very long workload some seconds. */
    private static final int USUAL_LIMIT_SECONDS = 30;

    /** Another limit in seconds, for tests of what happens then; nobody else needs one. */
    private static final String LIMIT_PROPERTY = "powercut.hang-limit-seconds";

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int LOOKS_PER_LIMIT = 20;
    private static final int FRAMES_SHOWN = 40;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Thread, Sign> signs = new ConcurrentHashMap<>();
    private final long limitNanos;
    private final Consumer<Hang> onHang;
    private final Thread watcher = new Thread(this::watch, "powercut-hang-watch");
    private volatile boolean closed;

    /**
     * A run that hangs.
     *
     * @param stack where the thread is, the innermost frame first
     */
    public record Hang(RunConfiguration run, long limitNanos, List<String> stack) {
        public Hang {
            stack = List.copyOf(stack);
        }
    }

    /** What is known of one thread; all but {@code steps} and {@code run} is the watcher's. */
    private static final class Sign {
        private volatile @Nullable RunConfiguration run;
        private volatile long steps;
        private long stepsSeen = -1;
        private long cpuNanos;
    }

    /** How much processor time a step may take where nobody says otherwise. */
    public static long usualLimitNanos() {
        return Math.max(1, Integer.getInteger(LIMIT_PROPERTY, USUAL_LIMIT_SECONDS)) * NANOS_PER_SECOND;
    }

    /** @param onHang called once, on a thread of its own */
    public CpuWatch(long limitNanos, Consumer<Hang> onHang) {
        this.limitNanos = limitNanos;
        this.onHang = onHang;
        watcher.setDaemon(true);
        watcher.start();
    }

    @Override
    public void begin(RunConfiguration run) {
        Sign sign = signs.computeIfAbsent(Thread.currentThread(), thread -> new Sign());
        sign.run = run;
        sign.steps = sign.steps + 1;
    }

    @Override
    public void step() {
        Sign sign = signs.get(Thread.currentThread());
        if (sign != null) {
            sign.steps = sign.steps + 1;
        }
    }

    @Override
    public void end() {
        signs.remove(Thread.currentThread());
    }

    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(Math.max(1, limitNanos / LOOKS_PER_LIMIT / NANOS_PER_MILLI));
                for (Map.Entry<Thread, Sign> each : signs.entrySet()) {
                    Hang hang = look(each.getKey(), each.getValue());
                    if (hang != null && !closed) {
                        onHang.accept(hang);
                        return;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Hang look(Thread thread, Sign sign) {
        RunConfiguration run = sign.run;
        long steps = sign.steps;
        long cpuNanos = threads.getThreadCpuTime(thread.threadId());
        if (run == null || cpuNanos < 0 || steps != sign.stepsSeen) {
            sign.stepsSeen = steps;
            sign.cpuNanos = cpuNanos;
            return null;
        }
        if (cpuNanos - sign.cpuNanos < limitNanos) {
            return null;
        }
        List<String> stack = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (stack.size() < FRAMES_SHOWN) {
                stack.add("at " + frame);
            }
        }
        return new Hang(run, limitNanos, stack);
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
