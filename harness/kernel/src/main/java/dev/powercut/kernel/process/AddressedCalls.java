package dev.powercut.kernel.process;

import dev.powercut.kernel.Process;
import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.FileControl;
import dev.powercut.kernel.vfs.PathContext;

/**
 * The system calls whose buffers are in the memory of the process. A buffer of which a part cannot be used gives EFAULT and transfers
 * nothing, as POSIX allows; Linux transfers what lies before that part, of regular files.
 */
public abstract class AddressedCalls extends Process {

    final AddressSpace addresses;

    AddressedCalls(Processes processes, PathContext context, AddressSpace addresses) {
        super(processes.world(), processes.vfs(), context);
        this.addresses = addresses;
    }

    /** Reads into memory from an address on. Returns the count read, 0 at the end. EFAULT. */
    public int read(int fd, long address, int count) {
        return transferOn(SystemCall.READ, fd, file -> {
            byte[] buffer = buffer(address, count, true);
            int done = vfs.data().read(file, buffer, 0, count);
            addresses.store(address, buffer, 0, done);
            return done;
        });
    }

    /** Writes what is in memory from an address on. Returns the count written. EFAULT. */
    public int write(int fd, long address, int count) {
        return transferOn(SystemCall.WRITE, fd, file -> {
            byte[] buffer = buffer(address, count, false);
            return vfs.data().write(context, file, buffer, 0, count);
        });
    }

    public int pread(int fd, long address, int count, long position) {
        return transferOn(SystemCall.READ, fd, file -> {
            byte[] buffer = buffer(address, count, true);
            int done = vfs.data().pread(file, buffer, 0, count, position);
            addresses.store(address, buffer, 0, done);
            return done;
        });
    }

    public int pwrite(int fd, long address, int count, long position) {
        return transferOn(SystemCall.WRITE, fd, file -> {
            byte[] buffer = buffer(address, count, false);
            return vfs.data().pwrite(context, file, buffer, 0, count, position);
        });
    }

    private byte[] buffer(long address, int count, boolean stores) {
        if (count < 0) {
            throw Errno.EINVAL.exception();
        }
        addresses.check(address, count, stores);
        byte[] buffer = new byte[count];
        if (!stores) {
            addresses.load(address, buffer, 0, count);
        }
        return buffer;
    }

    /** Whether a descriptor stands for a terminal. */
    public boolean isatty(int fd) {
        try {
            ioctl(fd, FileControl.TCGETS);
            return true;
        } catch (ErrnoException no) {
            return false;
        }
    }
}
