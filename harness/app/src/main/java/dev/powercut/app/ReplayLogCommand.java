package dev.powercut.app;

import dev.powercut.bridge.replay.ReplayCheck;
import dev.powercut.bridge.replay.ReplayLog;
import dev.powercut.bridge.replay.ReplayOptions;
import dev.powercut.bridge.replay.ReplayResult;
import dev.powercut.campaign.CrashModels;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut replay-log}: every crash state of a log that a real kernel's writes were recorded in. */
@Command(
        name = "replay-log",
        mixinStandardHelpOptions = true,
        description = "Cuts the power at every position of a recorded dm-log-writes log, and checks what is left.",
        footer = {
            "",
            "Examples: powercut replay-log --base disk.img --log disk.log",
            "          powercut replay-log --base disk.img --log disk.log --check 'e2fsck -fn {}'",
            "Exit codes: 0 nothing found, 1 a promise of the marks or a check is broken, 2 wrong usage or input.",
        })
final class ReplayLogCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "IMG",
            description = "Image of the device before the log; may be .gz.")
    private @Nullable Path base;

    @Option(names = "--log", required = true, paramLabel = "LOG", description = "The recording; may be .gz.")
    private @Nullable Path log;

    @Option(
            names = "--crash",
            paramLabel = "MODEL",
            description = "What a power cut may do to unflushed writes (default prefix): see 'powercut run --help'.")
    private String crash = RunConfiguration.DEFAULT_CRASH;

    @Option(
            names = "--check",
            paramLabel = "CHECK",
            description =
                    "'fsck' (default): repair, and judge by the recording's marks. Or a command for the shell with {} "
                            + "in the place of a copy of the image; an exit code other than 0 is a finding. May be given several times.")
    private List<String> checks = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Type of filesystem (default: the one that finds the base image sound).")
    private @Nullable String type;

    @Option(names = "--judge", paramLabel = "TOOL", description = "Let this tool (e2fsck) repair and judge as well.")
    private @Nullable String judge;

    @Option(
            names = "--judge-states",
            paramLabel = "N",
            description = "How many crash states the tool sees, evenly spread (default: all).")
    private int judgeStates;

    @Option(
            names = "--states",
            paramLabel = "N",
            description = "Examine at most N distinct crash states, evenly spread (default: all).")
    private int states;

    @Override
    public Integer call() throws IOException {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        if (states < 0 || judgeStates < 0) {
            throw new UsageException("a number of states is not negative");
        }
        List<ReplayCheck> all = new ArrayList<>();
        for (String check : checks.isEmpty() ? List.of("fsck") : checks) {
            all.add(ReplayCheck.parse(check));
        }
        ReplayOptions options = new ReplayOptions(
                Objects.requireNonNull(base),
                Objects.requireNonNull(log),
                CrashModels.of(crash),
                all,
                type,
                judge,
                judgeStates,
                states);
        try (Interruption interruption = new Interruption()) {
            ReplayResult result;
            try (Progress progress = new Progress(terminal, interruption, 1)) {
                result = ReplayLog.run(options, (done, inAll) -> {
                    progress.progressed(0, done, inAll);
                    return !interruption.isStopped();
                });
            }
            result.lines().forEach(terminal.out()::println);
            terminal.out().flush();
            return result.exitCode();
        }
    }
}
