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
            return new LogFileSystem(this, Volume.open(request, rules, options), request.readOnly()).start();
        } catch (ImageFormatException e) {
            throw new MountException(Errno.EINVAL, e.what() + " (at byte " + e.offsetBytes() + "); " + e.remedy());
        } catch (ErrnoException e) {
            throw new MountException(e.errno(), e.getMessage() + "; check the image with fsck -n");
        }
    }
}
