package dev.powercut.check.workload;

import dev.powercut.check.model.Model;
import dev.powercut.kernel.Kernel;
import dev.powercut.kernel.Process;
import dev.powercut.kernel.vfs.DirectoryEntry;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.Mode;
import dev.powercut.kernel.vfs.OpenFlags;
import dev.powercut.kernel.vfs.Stat;
import dev.powercut.sim.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Carries out operations as system calls of one process, with the slots that keep files open. */
public final class SystemCalls {

    private static final int CLOSED = -1;

    /** FALLOC_FL_PUNCH_HOLE with FALLOC_FL_KEEP_SIZE, which Linux asks for, too. */
    private static final int PUNCH_HOLE = 3;

    private final World world;
    private final Kernel kernel;
    private final Process process;
    private final boolean readsOnce;
    private final int[] descriptors = new int[Model.SLOTS];

    public SystemCalls(World world, Kernel kernel, Process process) {
        this(world, kernel, process, false);
    }

    /** @param readsOnce whether to read with one call, which is atomic, even if it may be short */
    public SystemCalls(World world, Kernel kernel, Process process, boolean readsOnce) {
        this.readsOnce = readsOnce;
        this.world = world;
        this.kernel = kernel;
        this.process = process;
        Arrays.fill(descriptors, CLOSED);
    }

    /** Takes a step; an error of a system call is a result. */
    public Result perform(Step step) {
        try {
            return call(step.operation(), step.number());
        } catch (ErrnoException e) {
            return new Result.Failed(e.errno());
        }
    }

    private Result call(Operation operation, int number) {
        switch (operation) {
            case Operation.Creat(String path, int mode) -> creat(path, mode);
            case Operation.Mkdir(String path, int mode) -> process.mkdir(path, mode);
            case Operation.Mkfifo(String path, int mode) -> process.mkfifo(path, mode);
            case Operation.Symlink(String target, String path) -> process.symlink(target, path);
            case Operation.Link(String existing, String path) -> process.link(existing, path);
            case Operation.Unlink(String path) -> process.unlink(path);
            case Operation.Rmdir(String path) -> process.rmdir(path);
            case Operation.Rename(String from, String to) -> process.rename(from, to);
            case Operation.Truncate(String path, long size) -> process.truncate(path, size);
            case Operation.Chmod(String path, int mode) -> process.chmod(path, mode);
            case Operation.Chown(String path, int uid, int gid) -> process.chown(path, uid, gid);
            case Operation.Utimens(String path, long nanos) -> process.utimens(path, nanos, nanos);
            case Operation.Sync() -> process.sync();
            case Operation.Sleep(long nanos) ->
                world.runner().sleepUntil(world.clock().after(nanos));
            case Operation.Fsync(String path) -> {
                return opened(path, OpenFlags.O_RDONLY, fd -> fsync(fd, false));
            }
            case Operation.Fdatasync(String path) -> {
                return opened(path, OpenFlags.O_RDONLY, fd -> fsync(fd, true));
            }
            case Operation.Allocate(String path, long offset, int length) -> {
                return opened(path, OpenFlags.O_WRONLY, fd -> allocate(fd, 0, offset, length));
            }
            case Operation.Punch(String path, long offset, int length) -> {
                return opened(path, OpenFlags.O_WRONLY, fd -> allocate(fd, PUNCH_HOLE, offset, length));
            }
            case Operation.Write(String path, long offset, int length) -> {
                return opened(path, OpenFlags.O_WRONLY, fd -> write(number, fd, offset, length));
            }
            case Operation.MmapWrite(String path, long offset, int length) -> {
                return opened(path, OpenFlags.O_RDWR, fd -> storeMapped(number, fd, offset, length));
            }
            case Operation.Append(String path, int length) -> {
                return opened(path, OpenFlags.O_WRONLY | OpenFlags.O_APPEND, fd -> append(number, fd, length));
            }
            case Operation.Read(String path, long offset, int length) -> {
                return opened(path, OpenFlags.O_RDONLY, fd -> read(fd, offset, length));
            }
            case Operation.Stat(String path) -> {
                return facts(process.stat(path));
            }
            case Operation.Lstat(String path) -> {
                return facts(process.lstat(path));
            }
            case Operation.Readlink(String path) -> {
                return new Result.Target(process.readlink(path));
            }
            case Operation.ListDirectory(String path) -> {
                return opened(path, OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, this::names);
            }
            case Operation.Open(int slot, String path) -> open(slot, path);
            case Operation.WriteOpen(int slot, long offset, int length) -> {
                return write(number, descriptor(slot), offset, length);
            }
            case Operation.ReadOpen(int slot, long offset, int length) -> {
                return read(descriptor(slot), offset, length);
            }
            case Operation.TruncateOpen(int slot, long size) -> process.ftruncate(descriptor(slot), size);
            case Operation.FsyncOpen(int slot) -> process.fsync(descriptor(slot));
            case Operation.FdatasyncOpen(int slot) -> process.fdatasync(descriptor(slot));
            case Operation.Close(int slot) -> close(slot);
            case Operation.Unmount() -> unmount();
        }
        return new Result.Done();
    }

    /** What stat tells of a file, seen through a path or, with an empty path, through a slot. */
    Stat observe(String path, boolean follow, int slot) {
        if (path.isEmpty()) {
            return process.fstat(descriptor(slot));
        }
        return follow ? process.stat(path) : process.lstat(path);
    }

    private int descriptor(int slot) {
        if (descriptors[slot] == CLOSED) {
            throw Errno.EBADF.exception();
        }
        return descriptors[slot];
    }

    private void open(int slot, String path) {
        if (descriptors[slot] != CLOSED) {
            close(slot);
        }
        descriptors[slot] = process.open(path, OpenFlags.O_RDWR | OpenFlags.O_NONBLOCK, 0);
    }

    private void creat(String path, int mode) {
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_NONBLOCK;
        process.close(process.open(path, flags, mode));
    }

    private void close(int slot) {
        int fd = descriptor(slot);
        descriptors[slot] = CLOSED;
        process.close(fd);
    }

    private void unmount() {
        for (int slot = 0; slot < descriptors.length; slot++) {
            if (descriptors[slot] != CLOSED) {
                close(slot);
            }
        }
        kernel.unmount("/");
    }

    private Result opened(String path, int flags, IntFunction<Result> use) {
        // Nobody is there whom opening one end of a FIFO could wait for.
        int fd = process.open(path, flags | OpenFlags.O_NONBLOCK, 0);
        try {
            return use.apply(fd);
        } finally {
            process.close(fd);
        }
    }

    private Result fsync(int fd, boolean dataOnly) {
        if (dataOnly) {
            process.fdatasync(fd);
        } else {
            process.fsync(fd);
        }
        return new Result.Done();
    }

    private Result write(int number, int fd, long offset, int length) {
        byte[] data = new byte[length];
        WrittenData.fill(number, offset, data, 0, length);
        return new Result.Written(process.pwrite(fd, data, 0, length, offset));
    }

    private Result storeMapped(int number, int fd, long offset, int length) {
        int count = (int) Math.max(0, Math.min(length, process.fstat(fd).sizeBytes() - offset));
        byte[] data = new byte[count];
        WrittenData.fill(number, offset, data, 0, count);
        return new Result.Written(count == 0 ? 0 : process.storeMapped(fd, offset, data));
    }

    private Result allocate(int fd, int mode, long offset, int length) {
        process.fallocate(fd, mode, offset, length);
        return new Result.Done();
    }

    private Result append(int number, int fd, int length) {
        byte[] data = new byte[length];
        WrittenData.fill(number, process.fstat(fd).sizeBytes(), data, 0, length);
        return new Result.Written(process.write(fd, data, 0, length));
    }

    private Result read(int fd, long offset, int length) {
        byte[] data = new byte[length];
        int done = 0;
        while (done < length) {
            int count = process.pread(fd, data, done, length - done, offset + done);
            done += count;
            if (count == 0 || readsOnce) {
                break;
            }
        }
        return Result.Data.of(data, done);
    }

    private Result names(int fd) {
        List<String> names = new ArrayList<>();
        for (DirectoryEntry entry : process.readdir(fd)) {
            if (!entry.name().equals(".") && !entry.name().equals("..")) {
                names.add(entry.name());
            }
        }
        names.sort(null);
        return new Result.Names(names);
    }

    private static Result facts(Stat stat) {
        boolean directory = Mode.isDirectory(stat.mode());
        return new Result.Facts(
                stat.mode(),
                stat.uid(),
                stat.gid(),
                directory ? 0 : stat.linkCount(),
                directory ? 0 : stat.sizeBytes(),
                stat.modifiedNanos());
    }
}
