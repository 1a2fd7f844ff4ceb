package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import dev.powercut.kernel.vfs.ErrnoException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut blocks}. */
@Command(
        name = "blocks",
        mixinStandardHelpOptions = true,
        description = "Tells which blocks of an image a file has, those that only point to others included.",
        footer = {"", "Example: powercut blocks --image disk.img /lost+found"})
final class BlocksCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Parameters(paramLabel = "PATH", description = "The file; of a symbolic link, the link itself.")
    private String path = "/";

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        image.mounted(true, mounted -> {
            long inode;
            try {
                inode = mounted.process.lstat(MountedImage.absolute(path)).inodeNumber();
            } catch (ErrnoException e) {
                throw MountedImage.failed(path, e);
            }
            try {
                mounted.tool.blocks(mounted.file, inode).forEach(terminal.out()::println);
            } catch (IllegalArgumentException e) {
                throw new UsageException(path + ": " + e.getMessage(), e);
            }
        });
        return ExitCodes.NOTHING_FOUND;
    }
}
