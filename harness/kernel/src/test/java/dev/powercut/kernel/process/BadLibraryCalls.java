package dev.powercut.kernel.process;

import static dev.powercut.kernel.process.BadCalls.nothing;
import static dev.powercut.kernel.vfs.Errno.EBADF;
import static dev.powercut.kernel.vfs.Errno.EDEADLK;
import static dev.powercut.kernel.vfs.Errno.EEXIST;
import static dev.powercut.kernel.vfs.Errno.EFAULT;
import static dev.powercut.kernel.vfs.Errno.EINVAL;
import static dev.powercut.kernel.vfs.Errno.EISDIR;
import static dev.powercut.kernel.vfs.Errno.ENOENT;
import static dev.powercut.kernel.vfs.Errno.ENOSPC;
import static dev.powercut.kernel.vfs.Errno.EPERM;
import static dev.powercut.kernel.vfs.Errno.ESPIPE;

import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.stream.Buffering;
import dev.powercut.kernel.stream.FileStream;
import dev.powercut.kernel.stream.Stdio;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.kernel.vfs.Mode;
import java.util.ArrayList;
import java.util.List;

/** What streams and mutexes must refuse, and what neither the processor nor the C library survives. */
final class BadLibraryCalls {

    /**
     * @param signal what ends the process
     * @param report what the kernel says of it, or nothing
     */
    record Killed(String call, String what, int signal, String report, BadCalls.Body body) {
        @Override
        public String toString() {
            return call + " with " + what;
        }
    }

    private interface OnStream {
        void play(UserProcess p, FileStream stream);
    }

    private final List<BadCalls.Row> rows = new ArrayList<>();
    private final List<Killed> killed = new ArrayList<>();

    private BadLibraryCalls() {
        streams();
        positions();
        mutexes();
        loads();
        heap();
    }

    static List<BadCalls.Row> rows() {
        return new BadLibraryCalls().rows;
    }

    static List<Killed> killed() {
        return new BadLibraryCalls().killed;
    }

    private void row(String call, String what, Errno errno, BadCalls.Body body) {
        rows.add(new BadCalls.Row(call, what, errno, body));
    }

    private void on(String mode, String call, String what, Errno errno, OnStream body) {
        row(call, what, errno, (p, s) -> {
            Rig.file(p, "/g", "abc\n");
            body.play(p, Stdio.fopen(p, "/g", mode));
        });
    }

    private void kills(String call, String what, int signal, BadCalls.Body body) {
        killed.add(new Killed(call, what, signal, "", body));
    }

    private void streams() {
        row("fopen", "no such file", ENOENT, (p, s) -> Stdio.fopen(p, "/none", "r"));
        row("fopen", "a directory to write", EISDIR, (p, s) -> Stdio.fopen(p, "/d", "w"));
        row("fopen", "a file that is there, only new", EEXIST, (p, s) -> Stdio.fopen(p, "/f", "wx"));
        for (String mode : List.of("", "q", "+", "b")) {
            row("fopen", "mode '" + mode + "'", EINVAL, (p, s) -> Stdio.fopen(p, "/f", mode));
        }
        row("fopen", "no mode", EINVAL, (p, s) -> Stdio.fopen(p, "/f", nothing()));
        row("fopen", "no path", EFAULT, (p, s) -> Stdio.fopen(p, nothing(), "r"));
        row("fdopen", "a descriptor that is not open", EBADF, (p, s) -> Stdio.fdopen(p, 99, "r"));
        row("fdopen", "one that is open for something else", EINVAL, (p, s) -> Stdio.fdopen(p, s.reader(), "w"));
        on("r", "fwrite", "a stream to read", EBADF, (p, f) -> f.fwrite(p, new byte[1]));
        on("r+", "fwrite", "no bytes", EFAULT, (p, f) -> f.fwrite(p, nothing()));
        on("r", "fputs", "a stream to read", EBADF, (p, f) -> f.fputs(p, "x"));
        on("r+", "fputs", "no text", EFAULT, (p, f) -> f.fputs(p, nothing()));
        on("r", "fputc", "a stream to read", EBADF, (p, f) -> f.fputc(p, 'x'));
        on("r+", "fprintf", "no format", EFAULT, (p, f) -> f.fprintf(p, nothing()));
        on("r+", "fprintf", "an argument too few", EINVAL, (p, f) -> f.fprintf(p, "%d %d", 1));
        on("r+", "fprintf", "an argument of another type", EINVAL, (p, f) -> f.fprintf(p, "%d", "x"));
        on("a", "fread", "a stream to write", EBADF, (p, f) -> f.fread(p, 1));
        on("r", "fread", "a negative count", EINVAL, (p, f) -> f.fread(p, -1));
        on("a", "fgetc", "a stream to write", EBADF, (p, f) -> f.fgetc(p));
        on("a", "fgets", "a stream to write", EBADF, (p, f) -> f.fgets(p, 10));
        on("a", "fgetsBytes", "a stream to write", EBADF, (p, f) -> f.fgetsBytes(p, 10));
        on("a", "ungetc", "a stream to write", EBADF, (p, f) -> f.ungetc(p, 'x'));
        on("r", "fgetc", "a descriptor that was closed", EBADF, (p, f) -> {
            p.close(f.fileno(p));
            f.fgetc(p);
        });
        row("fgetc", "a directory", EISDIR, (p, s) -> Stdio.fopen(p, "/d", "r").fgetc(p));
        row("fflush", "a device that is full", ENOSPC, (p, s) -> full(p).fflush(p));
        row("fclose", "a device that is full", ENOSPC, (p, s) -> full(p).fclose(p));
        row("flushAll", "a device that is full", ENOSPC, (p, s) -> {
            full(p);
            Stdio.flushAll(p);
        });
    }

    private static FileStream full(UserProcess p) {
        p.mknod("/full", Mode.CHARACTER_DEVICE | 0666, 256 + 7);
        FileStream full = Stdio.fopen(p, "/full", "r+");
        full.fputs(p, "x");
        return full;
    }

    private void positions() {
        on("r", "fseek", "a place before the file", EINVAL, (p, f) -> f.fseek(p, -5, FileStream.SEEK_SET));
        on("r", "fseek", "an unknown origin", EINVAL, (p, f) -> f.fseek(p, 0, 9));
        row(
                "fseek",
                "a pipe",
                ESPIPE,
                (p, s) -> Stdio.fdopen(p, s.pipe()[0], "r").fseek(p, 0, 0));
        row(
                "rewind",
                "a pipe",
                ESPIPE,
                (p, s) -> Stdio.fdopen(p, s.pipe()[0], "r").rewind(p));
        row(
                "ftell",
                "a pipe",
                ESPIPE,
                (p, s) -> Stdio.fdopen(p, s.pipe()[0], "r").ftell(p));
        on("r", "setvbuf", "a negative size", EINVAL, (p, f) -> f.setvbuf(p, Buffering.FULL, -1));
        on("r", "setvbuf", "no mode", EINVAL, (p, f) -> f.setvbuf(p, nothing(), 1));
        on("r", "setvbuf", "a stream that has been read", EINVAL, (p, f) -> {
            f.fgetc(p);
            f.setvbuf(p, Buffering.NONE, 0);
        });
        kills("feof", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).feof(p));
        kills("ferror", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).ferror(p));
        kills("clearerr", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).clearerr(p));
        kills("fileno", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).fileno(p));
        kills("fclose", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).fclose(p));
        kills("fputs", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).fputs(p, "x"));
        kills("fgets", "no stream", Signal.SIGSEGV, (p, s) -> new FileStream(0).fgets(p, 9));
    }

    private void mutexes() {
        row("lock", "a mutex that it has", EDEADLK, (p, s) -> {
            Mutex mutex = p.threads().newMutex();
            mutex.lock(p);
            mutex.lock(p);
        });
        row(
                "unlock",
                "a mutex that it does not have",
                EPERM,
                (p, s) -> p.threads().newMutex().unlock(p));
        row(
                "await",
                "a mutex that it does not have",
                EPERM,
                (p, s) -> p.threads().newCondition().await(p, p.threads().newMutex()));
        kills("lock", "no mutex", Signal.SIGSEGV, (p, s) -> new Mutex(0).lock(p));
        kills("tryLock", "no mutex", Signal.SIGSEGV, (p, s) -> new Mutex(0).tryLock(p));
        kills("unlock", "no mutex", Signal.SIGSEGV, (p, s) -> new Mutex(0).unlock(p));
        kills("signal", "no condition variable", Signal.SIGSEGV, (p, s) -> new ConditionVariable(0).signal(p));
        kills("broadcast", "no condition variable", Signal.SIGSEGV, (p, s) -> new ConditionVariable(0).broadcast(p));
        kills("get", "no variable", Signal.SIGSEGV, (p, s) -> new IntVariable(0).get(p));
        kills("getAndAdd", "no variable", Signal.SIGSEGV, (p, s) -> new IntVariable(0).getAndAdd(p, 1));
        kills("set", "no variable", Signal.SIGSEGV, (p, s) -> new IntVariable(-8).set(p, 1));
    }

    private void loads() {
        int segv = Signal.SIGSEGV;
        kills("getByte", "address 0", segv, (p, s) -> p.memory().getByte(0));
        kills("getByte", "the highest address", segv, (p, s) -> p.memory().getByte(Long.MAX_VALUE));
        kills("putByte", "a negative address", segv, (p, s) -> p.memory().putByte(-1, 1));
        kills(
                "getInt",
                "a range behind what is mapped",
                segv,
                (p, s) -> p.memory().getInt(s.page() + 4094));
        kills("putInt", "address 0", segv, (p, s) -> p.memory().putInt(0, 1));
        kills("getLong", "address 0", segv, (p, s) -> p.memory().getLong(0));
        kills("putLong", "the lowest address", segv, (p, s) -> p.memory().putLong(Long.MIN_VALUE, 1));
        kills("getBytes", "a negative count", segv, (p, s) -> p.memory().getBytes(s.page(), -1));
        kills("getBytes", "the lowest count", segv, (p, s) -> p.memory().getBytes(s.page(), Integer.MIN_VALUE));
        kills("getBytes", "more than there is", segv, (p, s) -> p.memory().getBytes(s.page(), Integer.MAX_VALUE));
        kills(
                "putBytes",
                "more than there is room for",
                segv,
                (p, s) -> p.memory().putBytes(s.page(), new byte[4097]));
        kills("putBytes", "no bytes", segv, (p, s) -> p.memory().putBytes(s.page(), nothing()));
        kills("getString", "address 0", segv, (p, s) -> p.memory().getString(0));
        kills("getString", "no zero byte", segv, (p, s) -> {
            byte[] full = new byte[4096];
            java.util.Arrays.fill(full, (byte) 'x');
            p.memory().putBytes(s.page(), full);
            p.memory().getString(s.page());
        });
        kills("putString", "address 0", segv, (p, s) -> p.memory().putString(0, "x"));
        kills("putString", "no text", segv, (p, s) -> p.memory().putString(s.page(), nothing()));
        kills("getAndAddInt", "address 0", segv, (p, s) -> p.memory().getAndAddInt(0, 1));
        kills("compareAndSetInt", "address 0", segv, (p, s) -> p.memory().compareAndSetInt(0, 0, 1));
        kills("newInt", "address 0", segv, (p, s) -> p.memory().newInt(0L, 1));
        kills("putByte", "memory to read", segv, (p, s) -> {
            p.memory().mprotect(s.page(), 4096, 1);
            p.memory().putByte(s.page(), 1);
        });
    }

    private void heap() {
        String twice = ", which is not allocated: freed twice, or never allocated; and is killed by SIGABRT";
        BadCalls.Body doubleFree = (p, s) -> {
            long address = p.memory().allocate(10);
            p.memory().free(address);
            p.memory().free(address);
        };
        killed.add(new Killed("free", "what was freed", Signal.SIGABRT, "free of 0x555500000030" + twice, doubleFree));
        killed.add(new Killed(
                "free",
                "what is no memory of the heap",
                Signal.SIGABRT,
                "free of 0x1" + twice,
                (p, s) -> p.memory().free(1)));
        killed.add(new Killed(
                "free",
                "the lowest address",
                Signal.SIGABRT,
                "free of 0x8000000000000000" + twice,
                (p, s) -> p.memory().free(Long.MIN_VALUE)));
        killed.add(new Killed(
                "allocate",
                "a list of free blocks that was overwritten",
                Signal.SIGABRT,
                "malloc: something has overwritten the list of free blocks; and is killed by SIGABRT",
                (p, s) -> {
                    long address = p.memory().allocate(10);
                    p.memory().free(address);
                    p.memory().putLong(address - 8, address - 16);
                    p.memory().allocate(1_000);
                }));
        kills("free", "a heap that is not mapped any more", Signal.SIGSEGV, (p, s) -> {
            long address = p.memory().allocate(10);
            p.memory().mprotect(0x5555_0000_0000L, 4096, 0);
            p.memory().free(address);
        });
    }
}
