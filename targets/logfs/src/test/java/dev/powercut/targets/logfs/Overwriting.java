package dev.powercut.targets.logfs;

import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.workload.ScriptWorkload;
import dev.powercut.check.workload.Step;
import dev.powercut.sim.Choices;
import java.util.List;

/** Files that fill most of a small volume are overwritten here and there, so that the cleaner must run. */
public final class Overwriting {

    public static final FormatRequest FORMAT = new FormatRequest(512 << 10, 1024, "segment=8K");
    private static final int FILES = 28;

    private Overwriting() {}

    /** The workload: the files are there before the power may fail. */
    public static ScriptWorkload workload(Choices choices) {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < FILES; i++) {
            script.append("creat /f")
                    .append(i)
                    .append(" 644\nwrite /f")
                    .append(i)
                    .append(" 0 6000\n");
        }
        int fillSteps = 2 * FILES;
        for (int i = 0; i < 160; i++) {
            int file = choices.choose("file", FILES);
            script.append("write /f")
                    .append(file)
                    .append(' ')
                    .append(choices.choose("at", 4000))
                    .append(" 1500\n");
            if (choices.choose("sync", 4) == 0) {
                script.append("fsync /f").append(file).append('\n');
            }
        }
        List<Step> steps =
                ScriptWorkload.parse("overwriting", script.toString()).steps();
        return ScriptWorkload.of("overwriting", steps.subList(0, fillSteps), steps.subList(fillSteps, steps.size()));
    }
}
