package dev.powercut.kernel.contract;

import dev.powercut.kernel.vfs.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread that is a process of its own as far as the real kernel's file calls go: with unshare(CLONE_FS) it has its own
 * working directory, root and umask, and raw set*id system calls change the ids of this thread only (credentials(7), nptl(7)).
 *
 * <p>Between its calls it does nothing but wait: once its root has changed, no class could be loaded from the class path.
 */
final class LibcThread implements AutoCloseable {

    private record Call(MethodHandle function, Object[] arguments) {}

    private record Answer(long value, int errno, @Nullable Throwable failure) {}

    private final SynchronousQueue<Call> calls = new SynchronousQueue<>();
    private final SynchronousQueue<Answer> answers = new SynchronousQueue<>();
    private final Thread thread;

    LibcThread(String name) {
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::serve);
        thread.start();
    }

    private void serve() {
        StructLayout layout = Linker.Option.captureStateLayout();
        VarHandle errno = layout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(layout);
            while (true) {
                Call call = calls.take();
                Answer answer;
                try {
                    Object[] all = new Object[call.arguments.length + 1];
                    all[0] = state;
                    System.arraycopy(call.arguments, 0, all, 1, call.arguments.length);
                    long value = ((Number) call.function.invokeWithArguments(all)).longValue();
                    answer = new Answer(value, value == -1 ? (int) errno.get(state, 0L) : 0, null);
                } catch (Throwable failure) {
                    answer = new Answer(0, 0, failure);
                }
                answers.put(answer);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls a C function on this thread; -1 is a failure with errno. */
    long call(MethodHandle function, Object... arguments) {
        Answer answer;
        try {
            calls.put(new Call(function, arguments));
            answer = answers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a call of the C library", e);
        }
        if (answer.failure != null) {
            throw new IllegalStateException("the C library cannot be called", answer.failure);
        }
        if (answer.value == -1 && answer.errno != 0) {
            throw errno(answer.errno).exception();
        }
        return answer.value;
    }

    private static Errno errno(int number) {
        for (Errno errno : Errno.values()) {
            if (errno.number() == number) {
                return errno;
            }
        }
        throw new IllegalStateException("errno " + number + " is not in Errno");
    }

    /** A C function of the default library; {@code shape} has its result and parameters: i int, l long, p pointer. */
    static MethodHandle function(String name, String shape, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        MemoryLayout[] parameters = new MemoryLayout[shape.length() - 1];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = layout(shape.charAt(i + 1));
        }
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                java.lang.foreign.FunctionDescriptor.of(layout(shape.charAt(0)), parameters),
                all);
    }

    private static MemoryLayout layout(char kind) {
        return switch (kind) {
            case 'i' -> ValueLayout.JAVA_INT;
            case 'l' -> ValueLayout.JAVA_LONG;
            case 'p' -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException("no kind " + kind);
        };
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
