package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code powercut cat}. */
@Command(
        name = "cat",
        mixinStandardHelpOptions = true,
        description = "Writes the contents of files of an image to the standard output, byte for byte.",
        footer = {"", "Example: powercut cat --image disk.img /etc/hostname"})
final class CatCommand implements Callable<Integer>, UserErrors.Shows {

    private static final int PIECE_BYTES = 64 * 1024;

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "The files.")
    private List<String> paths = List.of();

    @Override
    public Integer call() {
        Objects.requireNonNull(powercut).terminal().out().flush();
        image.mounted(true, mounted -> paths.forEach(path -> cat(mounted, path)));
        return ExitCodes.NOTHING_FOUND;
    }

    private static void cat(MountedImage mounted, String path) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            int mode = mounted.process.stat(MountedImage.absolute(path)).mode();
            if (!Mode.isRegular(mode)) {
                throw new UsageException(path + ": is a " + StatText.type(mode) + ", not a file with contents");
            }
            int fd = mounted.process.open(MountedImage.absolute(path), OpenFlags.O_RDONLY, 0);
            try {
                int count;
                // The stream of text would not stop when nobody reads on.
                while (!System.out.checkError() && (count = mounted.process.read(fd, piece, 0, piece.length)) > 0) {
                    System.out.write(piece, 0, count);
                }
            } finally {
                mounted.process.close(fd);
            }
        } catch (ErrnoException e) {
            throw MountedImage.failed(path, e);
        }
    }
}
