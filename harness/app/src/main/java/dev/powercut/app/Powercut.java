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
        description = "Pulls the plug on storage code, and says which write was missing.")
public final class Powercut {
    private Powercut() {}

    /** Runs the command line and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Powercut()).execute(arguments));
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
