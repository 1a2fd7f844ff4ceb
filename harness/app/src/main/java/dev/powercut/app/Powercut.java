package dev.powercut.app;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The {@code powercut} command. */
@Command(
        name = "powercut",
        mixinStandardHelpOptions = true,
        versionProvider = Powercut.Version.class,
        description = "Pulls the plug on storage code, and says which write was missing.",
        subcommands = {
            RunCommand.class,
            GateCommand.class,
            AuditCommand.class,
            SelfTestCommand.class,
            ReplayCommand.class,
            TraceCommand.class,
            MinimizeCommand.class,
            ExplainCommand.class,
            CorpusCommand.class,
            TargetsCommand.class,
            DefectsCommand.class,
            MkfsCommand.class,
            FsckCommand.class,
            DumpCommand.class,
            LsCommand.class,
            CatCommand.class,
            StatCommand.class,
            BlocksCommand.class,
            CopyInCommand.class,
            CopyOutCommand.class,
            ReplayLogCommand.class,
            LitmusCommand.class,
            CostCommand.class,
        },
        footer = {
            "",
            "Example: powercut run --target ${example.target} --seed 1",
            "Exit codes: 0 nothing found, 1 findings, 2 wrong usage or input,",
            "3 the harness itself failed, 130 interrupted, 141 nobody reads on; fsck has those of e2fsck.",
        })
public final class Powercut {

    private final Terminal terminal;

    private Powercut(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(execute(Terminal.ofProcess(), arguments));
    }

    /** Runs a command line. Returns its exit code; throws nothing. */
    static int execute(Terminal terminal, String... arguments) {
        CommandLine commandLine = new CommandLine(new Powercut(terminal));
        commandLine.setResourceBundle(new InstalledNames());
        commandLine.setOut(terminal.out());
        commandLine.setErr(terminal.err());
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commandLine.setUsageHelpAutoWidth(terminal.interactive());
        commandLine.setParameterExceptionHandler(UserErrors::wrongUsage);
        commandLine.setExecutionExceptionHandler(UserErrors::failed);
        if (arguments.length == 0) {
            commandLine.usage(terminal.out());
            return ExitCodes.USAGE;
        }
        int exitCode;
        try {
            exitCode = commandLine.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            exitCode = UserErrors.exhausted(e, commandLine);
        }
        return terminal.out().checkError() ? UserErrors.outputLost(commandLine, terminal) : exitCode;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Reads the version from the manifest of the runnable jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Powercut.class.getPackage().getImplementationVersion();
            return new String[] {
                "powercut " + Objects.requireNonNullElse(version, "development"),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
            };
        }
    }
}
