package dev.powercut.app;

import dev.powercut.campaign.CommandLines;
import dev.powercut.campaign.Installed;
import dev.powercut.campaign.RunConfiguration;
import dev.powercut.campaign.Sizes;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.check.concurrent.ConcurrencyDefect;
import dev.powercut.check.target.FormatRequest;
import dev.powercut.check.target.PlantedDefect;
import dev.powercut.check.target.Target;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code powercut defects}. */
@Command(
        name = "defects",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the defects that can be planted in a target, to see that they are found.",
            "A few seeds of 'run --operations 60 --defect NAME' find each, such as --seeds 1..20, with the options that its line"
                    + " says."
        },
        footer = {"", "Example: powercut defects --target ${example.target}"})
final class DefectsCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Option(names = "--target", paramLabel = "NAME", description = "Of this target only.")
    private @Nullable String target;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(powercut).terminal().out();
        List<Target> targets = target == null ? Installed.targets() : List.of(Installed.target(target));
        for (Target one : targets) {
            print(out, one);
        }
        if (target == null) {
            printLocking(out);
        }
        return ExitCodes.NOTHING_FOUND;
    }

    /** Those of the kernel's locking, which every target can be run with. */
    static void printLocking(PrintWriter out) {
        out.println("locking, with run --processes N: "
                + VerdictLine.counted(ConcurrencyDefect.all().size(), "defect"));
        for (ConcurrencyDefect defect : ConcurrencyDefect.all()) {
            out.println("  " + defect.name()
                    + " ".repeat(Math.max(1, 32 - defect.name().length())) + defect.summary());
        }
    }

    /** How many there are, and how many of them the self-test seeks. */
    static String count(Target target) {
        int sought = target.defects().size();
        int further = target.furtherDefects().size();
        return VerdictLine.counted(sought + further, "defect")
                + (further == 0 ? "" : ", of which the self-test seeks " + sought);
    }

    static void print(PrintWriter out, Target target) {
        int width = 0;
        for (PlantedDefect defect : target.defects()) {
            width = Math.max(width, defect.name().length());
        }
        out.println(target.name() + ": " + count(target));
        for (PlantedDefect defect : target.defects()) {
            print(out, defect, width);
        }
        for (PlantedDefect defect : target.furtherDefects()) {
            print(out, defect, width);
        }
    }

    private static void print(PrintWriter out, PlantedDefect defect, int width) {
        out.println("  " + defect.name()
                + " ".repeat(Math.max(0, width - defect.name().length())) + "  " + defect.summary() + options(defect));
    }

    /** What it takes to show, where that is not what a run does by itself. */
    private static String options(PlantedDefect defect) {
        StringBuilder options = new StringBuilder();
        if (!defect.crashModel().equals(RunConfiguration.DEFAULT_CRASH)) {
            options.append(" --crash ").append(CommandLines.quoted(defect.crashModel()));
        }
        if (!defect.mountOptions().isEmpty()) {
            options.append(" --mount-options ").append(CommandLines.quoted(defect.mountOptions()));
        }
        FormatRequest format = defect.format();
        if (format != null) {
            options.append(" --size ").append(Sizes.text(format.sizeBytes()));
            options.append(" --block-size ").append(format.blockSizeBytes());
            if (!format.options().isEmpty()) {
                options.append(" --format ").append(CommandLines.quoted(format.options()));
            }
        }
        if (!defect.runOptions().isEmpty()) {
            options.append(' ').append(defect.runOptions());
        }
        return options.isEmpty() ? "" : " (with" + options + ")";
    }
}
