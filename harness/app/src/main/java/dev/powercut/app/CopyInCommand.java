package dev.powercut.app;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut cp-in}. */
@Command(
        name = "cp-in",
        mixinStandardHelpOptions = true,
        description = {
            "Copies files into an image, with their modes, times, links and holes.",
            "An image that was not unmounted cleanly is recovered first; afterwards it is clean. Copies belong to the super-user."
        },
        footer = {"", "Example: powercut cp-in --image disk.img -r src /src"})
final class CopyInCommand implements Callable<Integer> {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Directories with all that is in them.")
    private boolean recursive;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "What to copy.")
    private @Nullable Path source;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "Where to on the image: a directory that is there, or the name of the copy.")
    private String path = "/";

    @Override
    public Integer call() {
        Objects.requireNonNull(powercut);
        image.mounted(
                false,
                mounted -> new CopyIn(mounted, recursive)
                        .copy(Objects.requireNonNull(source), MountedImage.absolute(path)));
        return ExitCodes.NOTHING_FOUND;
    }
}
