package dev.powercut.campaign;

import java.util.ArrayList;
import java.util.List;

/** Command lines that people can paste: with the options only that are not the default. */
final class CommandLines {

    private CommandLines() {}

    /**
     * The line that repeats a run.
     *
     * @param judgeName name of the target's external judge, for {@code --judge}
     */
    static String run(RunConfiguration run, String judgeName) {
        RunConfiguration usual = RunConfiguration.of(run.target(), run.seed());
        List<String> words = new ArrayList<>(List.of("harness/powercut", "run", "--target", run.target()));
        words.addAll(List.of("--seed", Long.toString(run.seed())));
        add(words, "--workload", run.workload(), usual.workload());
        add(words, "--operations", run.operations(), usual.operations());
        add(words, "--crash", run.crash(), usual.crash());
        if (run.defect() != null) {
            words.addAll(List.of("--defect", quoted(run.defect())));
        }
        add(words, "--size", Sizes.text(run.format().sizeBytes()), Sizes.text(0));
        add(words, "--block-size", run.format().blockSizeBytes(), 0);
        add(words, "--format", run.format().options(), "");
        add(words, "--mount", run.mountOptions(), usual.mountOptions());
        if (run.judge() != usual.judge()) {
            words.addAll(List.of("--judge", run.judge() == RunConfiguration.Judging.NONE ? "none" : judgeName));
        }
        add(words, "--states", run.states(), usual.states());
        return String.join(" ", words);
    }

    private static void add(List<String> words, String option, Object value, Object usual) {
        if (!value.equals(usual)) {
            words.add(option);
            words.add(quoted(value.toString()));
        }
    }

    /** A word as a POSIX shell takes it. */
    private static String quoted(String word) {
        boolean plain = !word.isEmpty();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            plain &= Character.isLetterOrDigit(c) && c < 0x80 || "-_./:=,+@%".indexOf(c) >= 0;
        }
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
