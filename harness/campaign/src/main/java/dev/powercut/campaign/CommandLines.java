package dev.powercut.campaign;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines that people can paste: with the options only that are not the default. */
public final class CommandLines {

    private CommandLines() {}

    /**
     * The line that repeats a run.
     *
     * @param judgeName name of the target's external judge, for {@code --judge}; null when it has none
     */
    static String run(RunConfiguration run, @Nullable String judgeName) {
        return line("run", "--seed", Long.toString(run.seed()), run, judgeName);
    }

    /**
     * The line that repeats the runs of several seeds.
     *
     * @param run one of them; its budget of states is a single run's, that of the command line is shared
     * @param seeds as the user wrote them
     * @param seedCount how many they are
     * @param judgeName as for a single run
     */
    public static String runs(RunConfiguration run, String seeds, int seedCount, @Nullable String judgeName) {
        long states = Math.min((long) run.states() * seedCount, RunConfiguration.ALL_STATES);
        return line("run", seedCount == 1 ? "--seed" : "--seeds", seeds, run.withStates((int) states), judgeName);
    }

    /** The line that repeats the runs of several seeds; each examines as many states as the configuration says. */
    public static String seeds(RunConfiguration run, String seeds, @Nullable String judgeName) {
        int count = 1;
        int dots = seeds.indexOf("..");
        if (dots > 0) {
            count = (int) (Long.parseLong(seeds.substring(dots + 2)) - Long.parseLong(seeds.substring(0, dots))) + 1;
        }
        return runs(run, seeds, count, judgeName);
    }

    /**
     * The line that repeats an enumeration of workloads.
     *
     * @param options which workloads, as options of the command
     */
    public static String enumeration(RunConfiguration run, String options, @Nullable String judgeName) {
        RunConfiguration plain = run.withWorkload(RunConfiguration.RANDOM);
        return line("run", "", "", plain, judgeName).replaceFirst(" --target \\S+", "$0 " + options);
    }

    /** The line that replays a run. */
    public static String replay(RunConfiguration run, @Nullable String judgeName) {
        return line("replay", "--seed", Long.toString(run.seed()), run, judgeName);
    }

    private static String line(
            String command, String seedOption, String seeds, RunConfiguration run, @Nullable String judgeName) {
        RunConfiguration usual = RunConfiguration.of(run.target(), run.seed());
        List<String> words = new ArrayList<>(List.of("harness/powercut", command, "--target", run.target()));
        if (!seedOption.isEmpty()) {
            words.addAll(List.of(seedOption, quoted(seeds)));
        }
        add(words, "--workload", run.workload(), usual.workload());
        add(words, "--operations", run.operations(), usual.operations());
        add(words, "--crash", run.crash(), usual.crash());
        if (run.defect() != null) {
            words.addAll(List.of("--defect", quoted(run.defect())));
        }
        add(words, "--size", Sizes.text(run.format().sizeBytes()), Sizes.text(0));
        add(words, "--block-size", run.format().blockSizeBytes(), 0);
        add(words, "--format", run.format().options(), "");
        add(words, "--mount-options", run.mountOptions(), usual.mountOptions());
        if (run.judge() != usual.judge()) {
            String judge = run.judge() == RunConfiguration.Judging.NONE || judgeName == null ? "none" : judgeName;
            words.addAll(List.of("--judge", judge));
        }
        add(words, "--states", run.states(), usual.states());
        if (run.fault() != null) {
            words.addAll(List.of("--fault", quoted(run.fault())));
        }
        add(words, "--recovery-depth", run.recoveryDepth(), usual.recoveryDepth());
        return String.join(" ", words);
    }

    private static void add(List<String> words, String option, Object value, Object usual) {
        if (!value.equals(usual)) {
            words.add(option);
            words.add(quoted(value.toString()));
        }
    }

    /** A word as a POSIX shell takes it. */
    public static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= Character.isLetterOrDigit(c) && c < 0x80 || "-_./:=,+@%".indexOf(c) >= 0;
        }
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
