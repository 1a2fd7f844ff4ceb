package dev.powercut.bridge.replay;

import static dev.powercut.campaign.VerdictLine.counted;
import static dev.powercut.campaign.VerdictLine.grouped;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.explore.CutPoint;
import dev.powercut.check.target.CheckResult;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.Target;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.LogEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Replays a log that a real kernel's writes were recorded in: cuts the power at every position, and examines each distinct image
 * that this may leave. The command {@code replay-log} is made of it.
 */
public final class ReplayLog {

    private static final int COMMANDS_AT_ONCE = 64;

    private final ReplayOptions options;
    private final ReplayProgress progress;
    private final ReplayStates states;
    private final ViolationList violations = new ViolationList();
    private final List<String> summary = new ArrayList<>();
    private String traceHash = "";
    private boolean interrupted;

    private ReplayLog(ReplayOptions options, ReplayProgress progress) {
        this.options = options;
        this.progress = progress;
        this.states = ReplayStates.of(options);
    }

    /**
     * Replays a log.
     *
     * @throws dev.powercut.bridge.image.ImageException when the base image cannot be read
     * @throws dev.powercut.bridge.logwrites.LogFormatException when the log is not sound, or does not fit the base image
     * @throws UsageException when the filesystem type, a command or the judge is not there
     * @throws IOException when no files or processes can be made for a command
     */
    public static ReplayResult run(ReplayOptions options, ReplayProgress progress) throws IOException {
        ReplayLog replay = new ReplayLog(options, progress);
        replay.summarizeLog();
        for (ReplayCheck check : options.checks()) {
            if (!replay.interrupted) {
                switch (check) {
                    case ReplayCheck.Fsck fsck -> replay.fsck();
                    case ReplayCheck.Command command -> replay.command(command);
                }
            }
        }
        return replay.result();
    }

    private void summarizeLog() {
        long writes = 0;
        long sectors = 0;
        long flushes = 0;
        long marks = 0;
        for (LogEntry entry : states.log().entries()) {
            switch (entry) {
                case LogEntry.Write write -> {
                    writes++;
                    sectors += write.contents().length;
                }
                case LogEntry.Flush flush -> flushes++;
                case LogEntry.Discard discard -> writes++;
                case LogEntry.Mark mark -> marks++;
            }
        }
        summary.add("log       " + counted(states.log().size(), "entry", "entries") + ": " + counted(writes, "write")
                + " of "
                + counted(sectors, "sector") + ", " + counted(flushes, "flush", "flushes") + ", "
                + counted(marks, "mark"));
        summary.add("states    " + counted(states.all().stateCount(), "crash state") + " ("
                + options.model().name() + ") at "
                + counted(states.all().positionCount(), "position") + ", "
                + counted(states.all().imageCount(), "distinct image") + ", "
                + grouped(states.chosen().size()) + " of them examined");
    }

    private void fsck() throws IOException {
        FileSystemTarget target = target();
        FsckReplay replay = new FsckReplay(states, target, violations);
        List<Integer> chosen = states.chosen();
        for (int i = 0; i < chosen.size() && !interrupted; i++) {
            replay.examine(chosen.get(i));
            interrupted = !progress.progressed(i + 1, chosen.size());
        }
        summary.add("fsck      " + target.name() + ": " + grouped(replay.foundCount(CheckResult.Severity.CLEAN))
                + " clean, "
                + grouped(replay.foundCount(CheckResult.Severity.BENIGN)) + " with benign damage, "
                + grouped(replay.foundCount(CheckResult.Severity.DAMAGE)) + " with more; repaired to "
                + grouped(replay.recoveredCount())
                + " distinct images, " + grouped(replay.questionsAnswered()) + " judgements by marks");
        for (String line : replay.summaries()) {
            summary.add("marks     " + line);
        }
        String judge = options.judge();
        if (judge == null) {
            summary.add("judge     no second judge was asked (--judge "
                    + Objects.requireNonNullElse(target.externalJudge(), "TOOL") + ")");
        } else if (!interrupted) {
            int judged = replay.judgeExternally(judge, options.judgeLimit(), (done, all) -> {
                interrupted = !progress.progressed(done, all);
                return !interrupted;
            });
            summary.add("judge     " + judge + ": " + grouped(judged)
                    + " crash images repaired with -fy and judged by the same marks, and " + grouped(judged)
                    + " recovered images checked with -fn");
        }
        traceHash = replay.traceHash();
    }

    private void command(ReplayCheck.Command check) throws IOException {
        ImageCommand command = new ImageCommand(check.line(), false);
        List<Integer> chosen = states.chosen();
        int failed = 0;
        int done = 0;
        while (done < chosen.size() && !interrupted) {
            List<Integer> part = chosen.subList(done, Math.min(chosen.size(), done + COMMANDS_AT_ONCE));
            List<DiskImage> images = part.stream().map(states::image).toList();
            List<ImageCommand.Outcome> outcomes = command.run(images);
            for (int i = 0; i < part.size(); i++) {
                if (outcomes.get(i).exitCode() != 0) {
                    failed++;
                    violated(check, part.get(i), outcomes.get(i));
                }
            }
            done += part.size();
            interrupted = !progress.progressed(done, chosen.size());
        }
        summary.add(
                "command   '" + check.line() + "': run on " + grouped(done) + " images, failed on " + grouped(failed));
    }

    private void violated(ReplayCheck.Command check, int image, ImageCommand.Outcome outcome) {
        CutPoint cut = states.cuts(image).getFirst();
        String ending =
                outcome.exitCode() == ExternalCommand.NO_END ? "does not end" : "exits with " + outcome.exitCode();
        violations.add(
                "command",
                "'" + check.line() + "' " + ending,
                CutWords.of(states.log(), cut, cut.firstPosition()),
                image,
                outcome.lines());
    }

    /** The filesystem that was asked for, else the one that finds the base image sound. */
    private FileSystemTarget target() {
        if (options.type() != null) {
            FileSystemTarget target = Installed.fileSystem(options.type());
            requireSound(target);
            return target;
        }
        List<String> names = new ArrayList<>();
        for (Target target : Installed.targets()) {
            if (target instanceof FileSystemTarget fileSystem) {
                if (problem(fileSystem).isEmpty()) {
                    return fileSystem;
                }
                names.add(fileSystem.name());
            }
        }
        throw new UsageException("no filesystem type finds the base image " + options.base()
                + " sound; say with --type which of " + String.join(", ", names)
                + " it is, or use a check of your own: --check 'COMMAND {}'");
    }

    private void requireSound(FileSystemTarget target) {
        String problem = problem(target);
        if (!problem.isEmpty()) {
            throw new UsageException("the base image " + options.base() + " is no sound " + target.name() + ": "
                    + problem + "; give the image from before the log, or use another type");
        }
    }

    private String problem(FileSystemTarget target) {
        try {
            CheckResult result = new RecoveryMachine(target).check(states.log().base());
            return result.severity() == CheckResult.Severity.DAMAGE
                    ? result.lines().isEmpty() ? result.kind() : result.lines().getFirst()
                    : "";
        } catch (RecoveryMachine.FailedException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private ReplayResult result() {
        List<ReplayViolation> all = violations.all();
        long states = this.states.all().stateCount();
        String found = all.isEmpty() ? "nothing found" : grouped(all.size()) + " broken";
        String verdict =
                "replay-log: " + (interrupted ? "interrupted, " : "") + found + " · 1 workload · " + grouped(states)
                        + " states · " + grouped(this.states.chosen().size()) + " distinct"
                        + (traceHash.isEmpty() ? "" : " · trace " + traceHash);
        return new ReplayResult(summary, verdict, all, interrupted);
    }
}
