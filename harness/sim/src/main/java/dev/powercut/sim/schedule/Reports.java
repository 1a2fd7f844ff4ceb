package dev.powercut.sim.schedule;

import dev.powercut.sim.Task;
import dev.powercut.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words why a run cannot go on. */
final class Reports {

    private static final int LAST_STEPS = 10;
    private static final int FRAMES = 12;

    /** More tasks than these in a deadlock are counted only. */
    private static final int TASKS = 100;

    private Reports() {}

    /** A line for each task that has not ended, and where it stands; of very many, first for those that wait for another task. */
    static String deadlock(List<Strand> strands, Strand current) {
        StringBuilder text = new StringBuilder("deadlock: nothing can run and no timer is set");
        List<Strand> waiting = strands.stream().filter(strand -> !strand.ended).toList();
        if (waiting.size() > TASKS) {
            waiting = Stream.concat(
                            waiting.stream().filter(strand -> holder(strand) != null),
                            waiting.stream().filter(strand -> holder(strand) == null))
                    .toList();
        }
        for (Strand strand : waiting.subList(0, Math.min(waiting.size(), TASKS))) {
            text.append("\n  ").append(waiting(strand));
            StackTraceElement[] stack = strand == current ? new Throwable().getStackTrace() : strand.fiber.stack();
            for (String frame : frames(stack)) {
                text.append("\n      at ").append(frame);
            }
        }
        if (waiting.size() > TASKS) {
            text.append("\n  and ").append(waiting.size() - TASKS).append(" more tasks wait");
        }
        return text.toString();
    }

    private static @Nullable Task holder(Strand strand) {
        WaitQueue queue = strand.waitsFor;
        return queue == null ? null : queue.holder();
    }

    /** What each task that has not ended waits for. */
    static List<String> waiting(List<Strand> strands) {
        List<String> lines = new ArrayList<>();
        for (Strand strand : strands) {
            if (!strand.ended) {
                lines.add(waiting(strand));
            }
        }
        return lines;
    }

    static String livelock(Schedule schedule, List<Strand> strands) {
        StringBuilder text =
                new StringBuilder("livelock: the tasks took " + schedule.size() + " steps and go on; the last");
        for (int i = Math.max(0, schedule.size() - LAST_STEPS); i < schedule.size(); i++) {
            Step step = schedule.step(i);
            text.append("\n  ")
                    .append(strands.get(step.task()).task)
                    .append(": ")
                    .append(step.kind());
            text.append(step.resource().isEmpty() ? "" : " " + step.resource());
        }
        return text.toString();
    }

    private static String waiting(Strand strand) {
        WaitQueue queue = strand.waitsFor;
        if (queue == null) {
            return strand.task + " can run";
        }
        Task holder = queue.holder();
        return strand.task + " waits for " + queue.name() + (holder == null ? "" : ", held by " + holder);
    }

    /** The frames of the body, innermost first: between those of waiting and those that carry the strand. */
    static List<String> frames(StackTraceElement[] stack) {
        List<String> frames = new ArrayList<>();
        int at = 0;
        while (at < stack.length && isMachinery(stack[at].getClassName())) {
            at++;
        }
        while (at < stack.length && !isOf(Scheduler.class, stack[at].getClassName()) && frames.size() < FRAMES) {
            frames.add(stack[at++].toString());
        }
        return frames;
    }

    private static boolean isMachinery(String name) {
        return name.startsWith("java.")
                || name.startsWith("jdk.internal.")
                || isOf(Scheduler.class, name)
                || isOf(ContinuationBaton.class, name)
                || isOf(VirtualThreadBaton.class, name);
    }

    private static boolean isOf(Class<?> type, String name) {
        return name.equals(type.getName()) || name.startsWith(type.getName() + "$");
    }
}
