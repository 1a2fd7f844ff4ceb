package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.campaign.VerdictLine;
import dev.powercut.check.concurrent.ConcurrencyDefect;
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
        description = "Lists the defects that can be planted in a target, to see that they are found.",
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
            out.println("  " + defect.name() + " ".repeat(width - defect.name().length()) + "  " + defect.summary());
        }
        for (PlantedDefect defect : target.furtherDefects()) {
            out.println("  " + defect.name()
                    + " ".repeat(Math.max(0, width - defect.name().length())) + "  " + defect.summary());
        }
    }
}
