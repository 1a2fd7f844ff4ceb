package dev.powercut.kernel.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process's file descriptors: small numbers that stand for open file descriptions. A new one is the lowest that is free. */
public final class DescriptorTable {

    /** The usual soft limit of RLIMIT_NOFILE. */
    public static final int LIMIT = 1024;

    /** Instead of a directory's descriptor: relative paths begin at the working directory. */
    public static final int AT_FDCWD = -100;

    private @Nullable OpenFile[] files = new OpenFile[4];
    private int lowestFree;

    DescriptorTable() {}

    /** The descriptor that {@link #add} will give. EMFILE when there is none. */
    public int next() {
        while (lowestFree < files.length && files[lowestFree] != null) {
            lowestFree++;
        }
        if (lowestFree == LIMIT) {
            throw Errno.EMFILE.exception();
        }
        return lowestFree;
    }

    public int add(OpenFile file) {
        int fd = next();
        put(fd, file);
        return fd;
    }

    private void put(int fd, OpenFile file) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.min(LIMIT, Math.max(fd + 1, files.length * 2)));
        }
        files[fd] = file;
    }

    public OpenFile get(int fd) {
        OpenFile file = fd < 0 || fd >= files.length ? null : files[fd];
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    /** Frees a descriptor and returns what it stood for. */
    public OpenFile remove(int fd) {
        OpenFile file = get(fd);
        files[fd] = null;
        lowestFree = Math.min(lowestFree, fd);
        return file;
    }

    /** Lets {@code fd} stand for a file; returns what it stood for before, or null. */
    public @Nullable OpenFile replace(int fd, OpenFile file) {
        if (fd < 0 || fd >= LIMIT) {
            throw Errno.EBADF.exception();
        }
        OpenFile former = fd < files.length ? files[fd] : null;
        put(fd, file);
        return former;
    }

    /** Frees all descriptors and returns what they stood for, in ascending order of their numbers. */
    public List<OpenFile> removeAll() {
        List<OpenFile> open = new ArrayList<>();
        for (OpenFile file : files) {
            if (file != null) {
                open.add(file);
            }
        }
        Arrays.fill(files, null);
        lowestFree = 0;
        return open;
    }
}
