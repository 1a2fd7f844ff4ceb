package dev.powercut.kernel;

import dev.powercut.kernel.vfs.DescriptorTable;
import dev.powercut.kernel.vfs.ErrnoException;
import dev.powercut.kernel.vfs.OpenFile;
import dev.powercut.kernel.vfs.PathContext;
import dev.powercut.kernel.vfs.Vfs;
import dev.powercut.sim.World;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** How a program enters the kernel: each call takes virtual time and leaves a step in the trace, its name, result and error number. */
public abstract class KernelEntry {

    protected final World world;
    protected final Vfs vfs;
    protected final PathContext context;
    protected final DescriptorTable descriptors;

    protected KernelEntry(World world, Vfs vfs, PathContext context) {
        this.world = world;
        this.vfs = vfs;
        this.context = context;
        this.descriptors = context.descriptors();
    }

    /** Runs a system call. */
    protected long call(SystemCall call, LongSupplier body) {
        world.clock().charge(call.costNanos());
        vfs.enterCall();
        try {
            long result = body.getAsLong();
            world.trace().step(call.traceKind(), result, 0);
            return result;
        } catch (ErrnoException failure) {
            world.trace().step(call.traceKind(), -1, failure.errno().number());
            throw failure;
        } finally {
            vfs.leaveCall();
        }
    }

    protected final void perform(SystemCall call, Runnable body) {
        call(call, () -> {
            body.run();
            return 0;
        });
    }

    /** Runs a system call that hands out more than a number. */
    protected final <T> T fetch(SystemCall call, Supplier<T> body) {
        Fetched<T> fetched = new Fetched<>(body);
        call(call, fetched);
        return fetched.result();
    }

    // ---- On an open file, which stays open until the call has ended, whatever other threads close: fget and fput of
    // Linux ----

    private long using(int fd, ToLongFunction<OpenFile> body) {
        OpenFile file = descriptors.get(fd);
        file.share();
        try {
            return body.applyAsLong(file);
        } finally {
            vfs.release(file);
        }
    }

    private <T> T fetching(int fd, Function<OpenFile, T> body) {
        OpenFile file = descriptors.get(fd);
        file.share();
        try {
            return body.apply(file);
        } finally {
            vfs.release(file);
        }
    }

    protected final long callOn(SystemCall call, int fd, ToLongFunction<OpenFile> body) {
        return call(call, () -> using(fd, body));
    }

    protected final void performOn(SystemCall call, int fd, Consumer<OpenFile> body) {
        callOn(call, fd, file -> {
            body.accept(file);
            return 0;
        });
    }

    protected final <T> T fetchOn(SystemCall call, int fd, Function<OpenFile, T> body) {
        return fetch(call, () -> fetching(fd, body));
    }

    protected final int transferOn(SystemCall call, int fd, ToLongFunction<OpenFile> body) {
        return transfer(call, () -> using(fd, body));
    }

    /** Transfers bytes between a program and the kernel. */
    protected final int transfer(SystemCall call, LongSupplier body) {
        long done = call(call, body);
        world.clock().charge(done / SystemCall.COPY_BYTES_PER_NANO);
        return (int) done;
    }
}
