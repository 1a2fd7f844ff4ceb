package dev.powercut.check.concurrent;

import dev.powercut.check.workload.Operation;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What several processes do at once. Steps keep their numbers while others are left out; the number of a step says which process
 * takes it: process 1 has the numbers from {@value #NUMBERS_EACH} on, process 2 the next {@value #NUMBERS_EACH}, and so on.
 *
 * @param setUp done by one process before: it is on the disk, cleanly unmounted
 * @param processes the steps of each, with ascending numbers; a process without steps is there, and does nothing
 */
public record Program(List<Step> setUp, List<List<Step>> processes) {

    public static final int NUMBERS_EACH = 1000;

    /** So many processes can have slots of their own in the model. */
    public static final int MOST_PROCESSES = 8;

    /** How many files a process can keep open. */
    public static final int SLOTS_EACH = 6;

    public Program {
        setUp = List.copyOf(setUp);
        processes = processes.stream().map(List::copyOf).toList();
        if (processes.size() > MOST_PROCESSES) {
            throw new IllegalArgumentException("a program has " + MOST_PROCESSES + " processes at most");
        }
        for (int i = 0; i < processes.size(); i++) {
            for (Step step : processes.get(i)) {
                if (processOf(step.number()) != i) {
                    throw new IllegalArgumentException(step + " has no number of process " + (i + 1));
                }
                requireSupported(step.operation());
            }
        }
    }

    /** Symbolic links change the path of a walk that is under way, and unmounting ends all walks: neither is in the model here. */
    private static void requireSupported(Operation operation) {
        boolean supported = switch (operation) {
            case Operation.Symlink symlink -> false;
            case Operation.Readlink readlink -> false;
            case Operation.Append append -> false;
            case Operation.MmapWrite write -> false;
            case Operation.Unmount unmount -> false;
            case Operation.Open(int slot, String path) -> {
                if (slot >= SLOTS_EACH) {
                    throw new IllegalArgumentException("'" + operation.text()
                            + "': of several processes each has the slots 0 to " + (SLOTS_EACH - 1));
                }
                yield true;
            }
            default -> true;
        };
        if (!supported) {
            throw new IllegalArgumentException(
                    "'" + operation.text() + "' cannot be used by several processes at once");
        }
    }

    /** From 0 on. */
    public static int processOf(int number) {
        return number / NUMBERS_EACH - 1;
    }

    /** A program written as a script, in which the number of each step after {@code start} says who takes it. */
    public static Program of(ScriptWorkload script) {
        List<List<Step>> processes = new ArrayList<>();
        for (Step step : script.steps()) {
            int process = processOf(step.number());
            if (process < 0 || process >= MOST_PROCESSES) {
                throw new IllegalArgumentException("'" + step + "': process 1 has the step numbers from " + NUMBERS_EACH
                        + " on, process 2 those from " + 2 * NUMBERS_EACH + " on, and so up to process "
                        + MOST_PROCESSES);
            }
            while (processes.size() <= process) {
                processes.add(new ArrayList<>());
            }
            processes.get(process).add(step);
        }
        return new Program(script.setUp(), processes);
    }

    /** All steps of all processes, in the order of their numbers. */
    public List<Step> steps() {
        List<Step> all = new ArrayList<>();
        processes.forEach(all::addAll);
        return all;
    }

    /** As {@link #of} reads it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        setUp.forEach(step -> text.append(step).append('\n'));
        text.append("start\n");
        steps().forEach(step -> text.append(step).append('\n'));
        return text.toString();
    }

    /** The same with other steps; each stays with its process. */
    public Program withSteps(List<Step> kept) {
        List<List<Step>> left = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            List<Step> own = new ArrayList<>();
            for (Step step : kept) {
                if (processOf(step.number()) == i) {
                    own.add(step);
                }
            }
            left.add(own);
        }
        return new Program(setUp, left);
    }

    public Program withSetUp(List<Step> others) {
        return new Program(others, processes);
    }
}
