package dev.powercut.app;

import dev.powercut.campaign.Installed;
import dev.powercut.check.target.FileSystemTarget;
import dev.powercut.check.target.Target;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code powercut targets}. */
@Command(
        name = "targets",
        mixinStandardHelpOptions = true,
        description = "Lists what can be tested.",
        footer = {"", "Example: powercut targets"})
final class TargetsCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        for (Target target : Installed.targets()) {
            terminal.out().println(terminal.strong(target.name()) + "  " + target.summary());
            if (target instanceof FileSystemTarget fileSystem) {
                terminal.out()
                        .println(terminal.faint("  withstands "
                                + String.join(", ", fileSystem.guarantees("").crashModels())
                                + (fileSystem.weakness().isEmpty() ? "" : "; " + fileSystem.weakness())));
            }
            terminal.out()
                    .println(terminal.faint("  can be planted: " + DefectsCommand.count(target)
                            + "; powercut defects --target " + target.name()));
        }
        return ExitCodes.NOTHING_FOUND;
    }
}
