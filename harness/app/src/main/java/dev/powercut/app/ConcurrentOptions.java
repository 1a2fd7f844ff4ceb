package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import dev.powercut.campaign.concurrent.ConcurrentConfiguration;
import dev.powercut.check.concurrent.Program;
import dev.powercut.check.concurrent.SchedulePlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of runs with several processes at once. */
final class ConcurrentOptions {

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = {
                "Several processes use the filesystem at once (default 1), under many schedules; --operations is then"
                        + " for each of them, and --crash none judges without power cuts. In a script, process 1 has the"
                        + " step numbers from 1000 on, process 2 those from 2000 on, and so on."
            })
    private int processes = 1;

    @Option(
            names = "--strategy",
            paramLabel = "S",
            description = {
                "How schedules are chosen: 'mixed' (default: pct:3 and random-walk in turns), 'first-come',"
                        + " 'random-walk', 'pct:DEPTH', 'pos', or 'depth-first:PREEMPTIONS', which is complete for"
                        + " small programs."
            })
    private @Nullable String strategy;

    @Option(
            names = "--schedules",
            paramLabel = "N",
            description =
                    "How many schedules of each program (default " + ConcurrentConfiguration.DEFAULT_SCHEDULES + ").")
    private @Nullable Long schedules;

    /** @throws UsageException when options are given that go with several processes only */
    boolean areWanted() {
        if (processes < 1 || processes > Program.MOST_PROCESSES) {
            throw new UsageException("--processes " + processes + " is not from 1 to " + Program.MOST_PROCESSES);
        }
        if (processes == 1 && (strategy != null || schedules != null)) {
            throw new UsageException(
                    (strategy != null ? "--strategy" : "--schedules") + " goes with --processes 2 or more");
        }
        return processes > 1;
    }

    int processes() {
        return processes;
    }

    SchedulePlan plan() {
        try {
            return strategy == null ? SchedulePlan.USUAL : SchedulePlan.parse(strategy);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    long schedules() {
        if (schedules != null && schedules < 1) {
            throw new UsageException("--schedules " + schedules + " is not at least 1");
        }
        return schedules == null ? ConcurrentConfiguration.DEFAULT_SCHEDULES : schedules;
    }
}
