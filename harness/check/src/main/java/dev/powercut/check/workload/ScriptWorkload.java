package dev.powercut.check.workload;

import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload that is written down: one step a line, {@code #} begins a comment, empty lines are skipped. A line may begin with
 * its step number and a colon, as in {@code 17: rename /a /b}; otherwise it gets the number after that of the line before. What
 * stands before a line {@code start} is set-up: it is on the disk, unmounted, before the power may fail for the first time.
 *
 * <pre>
 * creat /a 0644               # set-up: a file with old content
 * write /a 0 5000
 * start
 * creat "/a new" 0644         # from here on the power may fail
 * write "/a new" 0 3K
 * fsync "/a new"
 * rename "/a new" /a
 * </pre>
 */
public final class ScriptWorkload implements Workload {

    /** The line between set-up and steps. */
    private static final String START = "start";

    private final String name;
    private final List<Step> setUp;
    private final List<Step> steps;

    private ScriptWorkload(String name, List<Step> setUp, List<Step> steps) {
        this.name = name;
        this.setUp = List.copyOf(setUp);
        this.steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException when the numbers do not ascend */
    public static ScriptWorkload of(String name, List<Step> steps) {
        return of(name, List.of(), steps);
    }

    /** @throws IllegalArgumentException when the numbers do not ascend from the set-up to the last step */
    public static ScriptWorkload of(String name, List<Step> setUp, List<Step> steps) {
        List<Step> all = new ArrayList<>(setUp);
        all.addAll(steps);
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).number() <= all.get(i - 1).number()) {
                throw new IllegalArgumentException("step " + all.get(i) + " does not ascend");
            }
        }
        return new ScriptWorkload(name, setUp, steps);
    }

    /**
     * Reads a script.
     *
     * @param name for messages, such as a file name
     * @throws ScriptException naming line and reason
     */
    public static ScriptWorkload parse(String name, String text) {
        List<Step> all = new ArrayList<>();
        int started = -1;
        int lineNumber = 0;
        for (String line : text.split("\\R", -1)) {
            lineNumber++;
            if (!isStart(line)) {
                OperationText.readLine(name, lineNumber, line, all);
            } else if (started >= 0) {
                throw new ScriptException(name, lineNumber, "there is a second '" + START + "'");
            } else if (!all.isEmpty() && all.getLast().operation() instanceof Operation.Unmount) {
                throw new ScriptException(name, lineNumber, "'" + START + "' unmounts by itself; leave 'unmount' out");
            } else {
                started = all.size();
            }
        }
        int first = Math.max(0, started);
        return new ScriptWorkload(name, all.subList(0, first), all.subList(first, all.size()));
    }

    private static boolean isStart(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip().equals(START);
    }

    @Override
    public List<Step> setUp() {
        return setUp;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Step> steps(Choices choices) {
        return steps;
    }

    public List<Step> steps() {
        return steps;
    }

    /** The script, numbers included, as {@link #parse} reads it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Step step : setUp) {
            text.append(step).append('\n');
        }
        if (!setUp.isEmpty()) {
            text.append(START).append('\n');
        }
        for (Step step : steps) {
            text.append(step).append('\n');
        }
        return text.toString();
    }
}
