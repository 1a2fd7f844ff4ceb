package dev.powercut.app;

import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.Stat;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut stat}. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        description = "Tells type, mode, owner, size and times of a file on an image; of a symbolic link, its own.",
        footer = {"", "Example: powercut stat --image disk.img /lost+found"})
final class StatCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Parameters(paramLabel = "PATH", description = "The file.")
    private String path = "/";

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(powercut).terminal().out();
        image.mounted(true, mounted -> {
            String full = MountedImage.absolute(path);
            try {
                Stat stat = mounted.process.lstat(full);
                StatText.lines(stat).forEach(out::println);
                if (Mode.isSymlink(stat.mode())) {
                    out.println("target    " + StatText.printable(mounted.process.readlink(full)));
                }
            } catch (ErrnoException e) {
                throw MountedImage.failed(path, e);
            }
        });
        return ExitCodes.NOTHING_FOUND;
    }
}
