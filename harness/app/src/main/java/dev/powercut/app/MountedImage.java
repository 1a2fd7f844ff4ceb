package dev.powercut.app;

import dev.powercut.bridge.image.ImageFile;
import dev.powercut.campaign.UsageException;
import dev.powercut.check.target.ImageTool;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.KernelOptions;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An image file mounted on a machine of its own, for the length of an action, as its super-user sees it. */
final class MountedImage {

    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    final Process process;
    final ImageFile file;
    final ImageTool tool;

    private MountedImage(Process process, ImageFile file, ImageTool tool) {
        this.process = process;
        this.file = file;
        this.tool = tool;
    }

    /** What to do with an image while it is mounted. */
    @FunctionalInterface
    interface Action {
        void run(MountedImage image);
    }

    /**
     * Mounts an image, does something, and unmounts it, also when the action fails. Mounted for writing, an unclean image is
     * recovered first, and left clean.
     *
     * @throws UsageException when it cannot be mounted, or a system call fails
     */
    static void use(ImageFile file, ImageTool tool, boolean readOnly, Action action) {
        World world = World.withOneTask(Choices.zero());
        Instant now = Instant.now();
        world.clock().advanceTo(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() - MountRequest.EPOCH_NANOS);
        Kernel kernel = new Kernel(world, 0, Choices.zero(), KernelOptions.QUIET);
        try {
            kernel.mountRoot(tool.fileSystem(), file, readOnly, readOnly ? "noatime" : "");
        } catch (MountException e) {
            throw new UsageException(file.path() + ": " + e.getMessage(), e);
        }
        Process process = kernel.process(0, 0);
        process.umask(0);
        try {
            action.run(new MountedImage(process, file, tool));
        } finally {
            kernel.unmount("/");
        }
    }

    /** A path of the user's, from the root. */
    static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    static String child(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    /** The entries of a directory by name, without {@code .} and {@code ..}. */
    List<DirectoryEntry> entries(String path) {
        int fd = process.open(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0);
        try {
            List<DirectoryEntry> entries = new ArrayList<>(process.readdir(fd));
            entries.removeIf(entry -> entry.name().equals(".") || entry.name().equals(".."));
            entries.sort(Comparator.comparing(DirectoryEntry::name));
            return entries;
        } finally {
            process.close(fd);
        }
    }

    /** Where data begin in an open file from an offset on; the size of the file when none follow. */
    long nextData(int fd, long from, long sizeBytes) {
        if (from >= sizeBytes) {
            return sizeBytes;
        }
        try {
            return process.lseek(fd, from, SEEK_DATA);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO) {
                return sizeBytes;
            }
            throw e;
        }
    }

    /** Names the path with what a system call says of it. */
    static UsageException failed(String path, ErrnoException e) {
        return new UsageException(complaint(path, e), e);
    }

    static String complaint(String path, ErrnoException e) {
        String reason = switch (e.errno()) {
            case ENOENT -> "there is no such file or directory";
            case ENOTDIR -> "a part of the path is not a directory";
            case EISDIR -> "is a directory";
            case EEXIST -> "exists already";
            case ENOSPC -> "no space is left on the image";
            case EFBIG -> "is too large for the image";
            case ELOOP -> "there are too many symbolic links on the way";
            case ENAMETOOLONG -> "the name is too long, or the path longer than 4,095 bytes";
            case EUCLEAN -> "the image is damaged here (" + e.getMessage() + "); look with fsck -n, mend with fsck -y";
            default -> String.valueOf(e.getMessage());
        };
        return path + ": " + reason;
    }
}
