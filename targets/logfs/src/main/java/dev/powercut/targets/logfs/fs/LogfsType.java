package dev.powercut.targets.logfs.fs;

import dev.powercut.check.image.ImageFormatException;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileSystem;
import dev.powercut.kernel.vfs.FileSystemType;
import dev.powercut.kernel.vfs.MountException;
import dev.powercut.kernel.vfs.MountRequest;

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
