package dev.powercut.app;

import dev.powercut.campaign.UsageException;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.Stat;
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

/** {@code powercut ls}. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = "Lists a directory of an image, without mounting it or writing to it.",
        footer = {"", "Example: powercut ls --image disk.img -l /"})
final class LsCommand implements Callable<Integer>, UserErrors.Shows {

    @ParentCommand
    private @Nullable Powercut powercut;

    @Mixin
    private ImageOptions image = new ImageOptions();

    @Option(names = "-l", description = "Inode, mode, links, owner, size, time of change and target of each.")
    private boolean detailed;

    @Option(names = "-R", description = "Directories below, too.")
    private boolean recursive;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "What to list (default: the root).")
    private String path = "/";

    @Override
    public Integer call() {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        List<String> left = new ArrayList<>();
        image.mounted(true, mounted -> {
            String start = MountedImage.absolute(path);
            try {
                if (!Mode.isDirectory(mounted.process.stat(start).mode())) {
                    show(mounted, start, path);
                } else if (recursive) {
                    // With a slash, so that a symbolic link is followed.
                    new ImageTree(mounted, left).walk(start.endsWith("/") ? start : start + "/", (path, stat) -> {
                        if (!path.endsWith("/")) {
                            show(mounted, path, path);
                        }
                        return !terminal.out().checkError();
                    });
                } else {
                    list(mounted, start, left);
                }
            } catch (ErrnoException e) {
                throw MountedImage.failed(path, e);
            }
        });
        if (!left.isEmpty()) {
            left.forEach(line -> terminal.err().println(StatText.printable(line)));
            throw new UsageException("all else was listed");
        }
        return ExitCodes.NOTHING_FOUND;
    }

    private void list(MountedImage mounted, String directory, List<String> left) {
        for (DirectoryEntry entry : mounted.entries(directory)) {
            String child = MountedImage.child(directory, entry.name());
            try {
                show(mounted, child, entry.name());
            } catch (ErrnoException e) {
                left.add(MountedImage.complaint(child, e));
            }
        }
    }

    private void show(MountedImage mounted, String full, String name) {
        Terminal terminal = Objects.requireNonNull(powercut).terminal();
        if (!detailed) {
            terminal.out().println(StatText.printable(name));
            return;
        }
        Stat stat = mounted.process.lstat(full);
        String target = Mode.isSymlink(stat.mode()) ? " -> " + mounted.process.readlink(full) : "";
        terminal.out().println(StatText.line(stat) + " " + StatText.printable(name + target));
    }
}
