package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut cp-out}. */
@Command(
        name = "cp-out",
        mixinStandardHelpOptions = true,
        description =
                "Copies files out of an image, with their modes, times, links and holes; never writes to the image.",
        footer = {"", "Example: powercut cp-out --image disk.img -r /lost+found rescued"})
final class CopyOutCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Directories with all that is in them.")
    private boolean recursive;

    @Parameters(index = "0", paramLabel = "PATH", description = "What to copy.")
    private String path = "/";

    @Parameters(
            index = "1",
            paramLabel = "TARGET",
            description = "Where to: a directory that is there, or the name of the copy.")
    private @Nullable Path target;

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        List<String> left = new ArrayList<>();
        image.mounted(
                true,
                mounted -> new CopyOut(mounted, recursive, left)
                        .copy(MountedImage.absolute(path), Objects.requireNonNull(target)));
        left.forEach(line -> terminal.err().println(StatText.printable(line)));
        if (!left.isEmpty()) {
            throw new UsageException("all else was copied");
        }
        return ExitCodes.NOTHING_FOUND;
    }
}
