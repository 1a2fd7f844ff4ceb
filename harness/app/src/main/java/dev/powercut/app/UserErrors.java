package dev.powercut.app;

import dev.powercut.bridge.image.ImageException;
import dev.powercut.bridge.logwrites.LogFormatException;
import dev.powercut.campaign.OutputException;
import dev.powercut.campaign.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line for people and an exit code. A user's error never shows a stack. */
final class UserErrors {

    private UserErrors() {}

    /** An option or argument is wrong: says which, and what was perhaps meant. */
    static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(prefix(command) + complaint(e));
        boolean suggested = CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        if (!suggested && !command.getSubcommands().isEmpty()) {
            err.println("the commands are "
                    + String.join(", ", command.getSubcommands().keySet()));
        }
        err.println("try '" + command.getCommandSpec().qualifiedName() + " --help'");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What is wrong. The value after an unknown option is not wrong by itself. */
    private static String complaint(ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            for (String argument : unmatched.getUnmatched()) {
                if (argument.startsWith("-")) {
                    return "unknown option '" + argument + "'";
                }
            }
        }
        return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    }

    /** A command threw. */
    static int failed(Exception e, CommandLine command, ParseResult result) {
        switch (e) {
            case UsageException usage -> {
                command.getErr().println(prefix(command) + usage.getMessage());
                return command.getCommandSpec().exitCodeOnInvalidInput();
            }
            case OutputException output -> {
                command.getErr().println(prefix(command) + output.getMessage());
                return ExitCodes.HARNESS_FAILED;
            }
            case ImageException image -> {
                command.getErr().println(prefix(command) + image.getMessage());
                return image(command);
            }
            case LogFormatException log -> {
                command.getErr().println(prefix(command) + log.getMessage());
                return ExitCodes.USAGE;
            }
            default -> {
                return unexpected(e, command);
            }
        }
    }

    private static int image(CommandLine command) {
        return command.getCommand() instanceof FsckCommand ? ExitCodes.FSCK_OPERATIONAL_ERROR : ExitCodes.USAGE;
    }

    private static int unexpected(Throwable thrown, CommandLine command) {
        Path folder = command.getCommand() instanceof WritesReports writer ? writer.reportFolder() : null;
        Path file = writeTrace(thrown, command, folder);
        command.getErr()
                .println(prefix(command) + "the harness itself failed: " + thrown
                        + (file == null ? "" : "; the stack is in " + file));
        return harnessFailed(command);
    }

    private static int harnessFailed(CommandLine command) {
        return command.getCommand() instanceof FsckCommand
                ? ExitCodes.FSCK_OPERATIONAL_ERROR
                : ExitCodes.HARNESS_FAILED;
    }

    /** A command has ended, and what it said could not be written. That nobody wants to read on is no error of what only shows. */
    static int outputLost(CommandLine powercut, Terminal terminal) {
        ParseResult parsed = powercut.getParseResult();
        CommandLine command =
                parsed == null ? powercut : parsed.asCommandLineList().getLast();
        boolean shows = command.getCommand() instanceof Shows
                || command.isUsageHelpRequested()
                || command.isVersionHelpRequested();
        if (shows && terminal.piped()) {
            return ExitCodes.READER_GONE;
        }
        terminal.err().println("powercut: standard output could not be written; what it said is lost");
        return harnessFailed(command);
    }

    private static @Nullable Path writeTrace(Throwable thrown, CommandLine command, @Nullable Path folder) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        writer.println(String.join(" ", command.getParseResult().originalArgs()));
        writer.println("Java " + Runtime.version());
        thrown.printStackTrace(writer);
        writer.flush();
        for (Path candidate : folder == null ? List.of(temporary()) : List.of(folder, temporary())) {
            try {
                Files.createDirectories(candidate);
                return Files.writeString(
                        candidate.resolve("powercut-failure.txt"), text.toString(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                command.getErr().println(prefix(command) + candidate + " cannot be written: " + OutputFolder.reason(e));
            }
        }
        return null;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String prefix(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + ": ";
    }

    /** A command that does nothing but show what there is: a part of that is of use too. */
    interface Shows {}

    /** A command whose results go to a folder. */
    interface WritesReports {
        /** The folder, or null when it is not known yet. */
        @Nullable
        Path reportFolder();
    }
}
