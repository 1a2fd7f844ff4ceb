package dev.powercut.app;

import dev.powercut.bridge.image.ImageException;
import dev.powercut.bridge.logwrites.LogFormatException;
import dev.powercut.campaign.FileErrors;
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

    /** A message that is longer is printed without its middle. */
    private static final int MOST_BEGINNING = 1_500;

    private static final int MOST_END = 500;

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
                say(command, usage);
                return command.getCommandSpec().exitCodeOnInvalidInput();
            }
            case OutputException output -> {
                say(command, output);
                return ExitCodes.HARNESS_FAILED;
            }
            case ImageException image -> {
                say(command, image);
                return image.isOutOfSpace() ? harnessFailed(command) : image(command);
            }
            case LogFormatException log -> {
                say(command, log);
                return ExitCodes.USAGE;
            }
            default -> {
                return unexpected(e, command);
            }
        }
    }

    /** Prints a message, which may quote what somebody put into a file. */
    private static void say(CommandLine command, Exception e) {
        command.getErr().println(prefix(command) + printable(String.valueOf(e.getMessage())));
    }

    /** The same without what a terminal would take for an order, and not endless. */
    static String printable(String message) {
        String ends = message.length() <= MOST_BEGINNING + MOST_END
                ? message
                : message.substring(0, MOST_BEGINNING) + " … " + message.substring(message.length() - MOST_END);
        StringBuilder text = new StringBuilder();
        ends.codePoints().forEach(letter -> {
            if (Character.isISOControl(letter) && letter != '\n' && letter != '\t') {
                text.append(String.format("\\u%04x", letter));
            } else {
                text.appendCodePoint(letter);
            }
        });
        return text.toString();
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

    /** Memory or a stack has run out, which no handler of exceptions is told of. */
    static int exhausted(VirtualMachineError e, CommandLine powercut) {
        CommandLine command = last(powercut);
        if (e instanceof OutOfMemoryError) {
            command.getErr()
                    .println(prefix(command)
                            + "there is not enough memory; give Java more, such as POWERCUT_OPTS=-Xmx4g");
            return harnessFailed(command);
        }
        return unexpected(e, command);
    }

    private static CommandLine last(CommandLine powercut) {
        ParseResult parsed = powercut.getParseResult();
        return parsed == null ? powercut : parsed.asCommandLineList().getLast();
    }

    private static int harnessFailed(CommandLine command) {
        return command.getCommand() instanceof FsckCommand
                ? ExitCodes.FSCK_OPERATIONAL_ERROR
                : ExitCodes.HARNESS_FAILED;
    }

    /** A command has ended, and what it said could not be written. That nobody wants to read on is no error of what only shows. */
    static int outputLost(CommandLine powercut, Terminal terminal) {
        CommandLine command = last(powercut);
        boolean shows = command.getCommand() instanceof Shows shower && shower.onlyShows()
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
                return Files.writeString(file(candidate, folder), text.toString(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                command.getErr().println(prefix(command) + candidate + " cannot be written: " + FileErrors.reason(e));
            }
        }
        return null;
    }

    /** In the folder of a run it goes with the run's other files; where all runs share a folder, each has a file of its own. */
    private static Path file(Path place, @Nullable Path folder) throws IOException {
        return place.equals(folder)
                ? place.resolve("powercut-failure.txt")
                : Files.createTempFile(place, "powercut-failure-", ".txt");
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String prefix(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + ": ";
    }

    /** A command that does nothing but show what there is: a part of that is of use too. */
    interface Shows {

        /** Whether it does nothing else as it was called. */
        default boolean onlyShows() {
            return true;
        }
    }

    /** A command whose results go to a folder. */
    interface WritesReports {
        /** The folder, or null when it is not known yet. */
        @Nullable
        Path reportFolder();
    }
}
