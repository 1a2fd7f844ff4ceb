package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;
import dev.powercut.sim.Choices;
import dev.powercut.sim.World;
import dev.powercut.sim.disk.BlockDevice;
import java.util.List;

/** The log-structured filesystem, as it can be mounted. */
public final class LogfsType implements FileSystemType {

    /** Five bytes for each: 160 MiB. */
    static final int MOST_THREADED_BLOCKS = 1 << 25;

    private final Discipline rules;

    public LogfsType() {
        this(Discipline.correct());
    }

    /** With other rules: a planted defect. */
    public LogfsType(Discipline rules) {
        this.rules = rules;
    }

    @Override
    public String name() {
        return "logfs";
    }

    /** What a mount for reading overlooks, a line each; nothing when it cannot be mounted at all. */
    public List<String> remarks(BlockDevice device) {
        MountRequest request = new MountRequest(World.withOneTask(Choices.zero()), 0, device, true, "", 0);
        try {
            return Volume.open(request, rules, LogfsOptions.parse("")).remarks;
        } catch (ImageFormatException | ErrnoException e) {
            return List.of();
        }
    }

    @Override
    public FileSystem mount(MountRequest request) {
        LogfsOptions options = LogfsOptions.parse(request.options());
        try {
            Volume volume = Volume.open(request, rules, options);
            if (!request.readOnly()
                    && options.cleaner() == LogfsOptions.Policy.THREAD
                    && volume.geometry.blockCount() > MOST_THREADED_BLOCKS) {
                throw new MountException(
                        Errno.EINVAL,
                        "cleaner=thread keeps account of each block in memory, and takes volumes of up to "
                                + MOST_THREADED_BLOCKS + " blocks; mount with cleaner=greedy or cost-benefit");
            }
            return new LogFileSystem(this, volume, request.readOnly()).start();
        } catch (ImageFormatException e) {
            throw new MountException(Errno.EINVAL, e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy());
        } catch (ErrnoException e) {
            throw new MountException(e.errno(), e.getMessage() + "; check the image with fsck -n");
        }
    }
}
