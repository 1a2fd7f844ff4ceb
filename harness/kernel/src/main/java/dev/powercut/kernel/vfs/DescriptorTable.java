package dev.powercut.kernel.vfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A process's file descriptors: small numbers that stand for open file descriptions, each with a mark whether exec closes it. A new
 * one is the lowest that is free.
 */
public final class DescriptorTable {

    /** The usual soft limit of RLIMIT_NOFILE. */
    public static final int LIMIT = 1024;

    /** Instead of a directory's descriptor: relative paths begin at the working directory. */
    public static final int AT_FDCWD = -100;

    private @Nullable OpenFile[] files = new OpenFile[4];
    private long[] closedByExec = {};
    private int lowestFree;
    private int limit = LIMIT;

    DescriptorTable() {}

    /** RLIMIT_NOFILE: new descriptors are below this. Those that are not stay. */
    public void limit(int descriptors) {
        limit = descriptors;
    }

    public int limit() {
        return limit;
    }

    /** The descriptor that {@link #add} will give. EMFILE when there is none. */
    public int next() {
        while (lowestFree < files.length && files[lowestFree] != null) {
            lowestFree++;
        }
        if (lowestFree >= limit) {
            throw Errno.EMFILE.exception();
        }
        return lowestFree;
    }

    /** The lowest free descriptor that is at least {@code lowest}. EINVAL, EMFILE. */
    int nextFrom(int lowest) {
        if (lowest < 0 || lowest >= limit) {
            throw Errno.EINVAL.exception();
        }
        int fd = Math.max(lowest, lowestFree);
        while (fd < files.length && files[fd] != null) {
            fd++;
        }
        if (fd >= limit) {
            throw Errno.EMFILE.exception();
        }
        return fd;
    }

    public int add(OpenFile file) {
        int fd = next();
        put(fd, file);
        return fd;
    }

    void put(int fd, OpenFile file) {
        if (fd >= files.length) {
            files = Arrays.copyOf(files, Math.max(fd + 1, files.length * 2));
        }
        files[fd] = file;
    }

    public OpenFile get(int fd) {
        OpenFile file = find(fd);
        if (file == null) {
            throw Errno.EBADF.exception();
        }
        return file;
    }

    /** Whether a descriptor stands for a file now. */
    boolean isFor(int fd, OpenFile file) {
        return find(fd) == file;
    }

    private @Nullable OpenFile find(int fd) {
        return fd < 0 || fd >= files.length ? null : files[fd];
    }

    /** Frees a descriptor and returns what it stood for. */
    public OpenFile remove(int fd) {
        OpenFile file = get(fd);
        files[fd] = null;
        lowestFree = Math.min(lowestFree, fd);
        closeOnExec(fd, false);
        return file;
    }

    /** Lets {@code fd} stand for a file; returns what it stood for before, or null. */
    public @Nullable OpenFile replace(int fd, OpenFile file) {
        if (fd < 0 || fd >= limit) {
            throw Errno.EBADF.exception();
        }
        OpenFile former = find(fd);
        put(fd, file);
        closeOnExec(fd, false);
        return former;
    }

    /** FD_CLOEXEC. */
    public boolean isClosedOnExec(int fd) {
        return fd >> 6 < closedByExec.length && (closedByExec[fd >> 6] & 1L << fd) != 0;
    }

    /** Sets or clears FD_CLOEXEC. */
    public void closeOnExec(int fd, boolean closes) {
        int word = fd >> 6;
        if (closes) {
            if (word >= closedByExec.length) {
                closedByExec = Arrays.copyOf(closedByExec, word + 1);
            }
            closedByExec[word] |= 1L << fd;
        } else if (word < closedByExec.length) {
            closedByExec[word] &= ~(1L << fd);
        }
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
        closedByExec = new long[0];
        lowestFree = 0;
        return open;
    }

    /** The descriptors in use, in ascending order. */
    public int[] open() {
        int[] open = new int[files.length];
        int count = 0;
        for (int fd = 0; fd < files.length; fd++) {
            if (files[fd] != null) {
                open[count++] = fd;
            }
        }
        return Arrays.copyOf(open, count);
    }

    /** As fork does it: the same numbers for the same open file descriptions, which are shared. */
    DescriptorTable copy() {
        DescriptorTable copy = new DescriptorTable();
        copy.files = files.clone();
        copy.closedByExec = closedByExec.clone();
        copy.lowestFree = lowestFree;
        copy.limit = limit;
        for (OpenFile file : files) {
            if (file != null) {
                file.share();
            }
        }
        return copy;
    }
}
