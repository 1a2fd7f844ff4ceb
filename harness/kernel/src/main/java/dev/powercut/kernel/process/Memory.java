package dev.powercut.kernel.process;

import dev.powercut.kernel.SystemCall;
import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.memory.MemoryFault;
import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.signal.Signal;
import dev.powercut.kernel.signal.SignalInfo;
import dev.powercut.kernel.signal.SignalSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A process's memory: what its program loads and stores, by address. Numbers are little-endian.
 *
 * <p>A load or a store that others may see (of shared memory, or in a process with threads) is a point at which the task may be
 * preempted; so is now and then one that nobody sees, so that a program that waits in a loop for ever is found out. One that fails
 * gives SIGSEGV or SIGBUS; when a handler returns, it is tried again.
 */
public final class Memory {

    /** How many loads and stores that nobody else sees make one point. */
    private static final int QUIET = 16;

    private static final int LONG_BYTES = 8;

    private final UserProcess process;
    private final AddressSpace addresses;
    private final Heap heap;
    private int quiet;

    Memory(UserProcess process, AddressSpace addresses) {
        this.process = process;
        this.addresses = addresses;
        this.heap = new Heap(addresses);
    }

    // ---- Mappings ----

    /**
     * mmap(2); protections and flags are those of {@link Protection}.
     *
     * @return where it is mapped
     */
    public long mmap(long hint, long length, int protection, int flags, int fd, long offset) {
        return process.systemCall(
                SystemCall.MMAP,
                () -> addresses.map(
                        process.processes().vfs(), process.context(), hint, length, protection, flags, fd, offset));
    }

    /** Anonymous memory to load from and store to, somewhere: {@code flags} is MAP_PRIVATE or MAP_SHARED. */
    public long mmap(long length, int flags) {
        return mmap(0, length, Protection.PROT_READ | Protection.PROT_WRITE, flags | Protection.MAP_ANONYMOUS, -1, 0);
    }

    public void munmap(long address, long length) {
        process.systemCall(SystemCall.MUNMAP, () -> {
            addresses.munmap(address, length);
            return 0;
        });
    }

    public void mprotect(long address, long length, int protection) {
        process.systemCall(SystemCall.MPROTECT, () -> {
            addresses.mprotect(address, length, protection);
            return 0;
        });
    }

    /** mremap(2) without an address: {@code flags} is 0 or MREMAP_MAYMOVE. Returns where it is now. */
    public long mremap(long address, long oldLength, long newLength, int flags) {
        return mremap(address, oldLength, newLength, flags, 0);
    }

    /** mremap(2); the new address counts with MREMAP_FIXED, and is a hint with MREMAP_DONTUNMAP. */
    public long mremap(long address, long oldLength, long newLength, int flags, long newAddress) {
        return process.systemCall(
                SystemCall.MREMAP, () -> addresses.remap(address, oldLength, newLength, flags, newAddress));
    }

    /** {@code flags}: MS_SYNC or MS_ASYNC, MS_INVALIDATE. */
    public void msync(long address, long length, int flags) {
        process.systemCall(SystemCall.MSYNC, () -> {
            addresses.msync(address, length, flags);
            return 0;
        });
    }

    // ---- Variables ----

    /** malloc(3): so many bytes, zero. ENOMEM. */
    public long allocate(int bytes) {
        try {
            return process.systemCall(SystemCall.MMAP, () -> heap.allocate(bytes));
        } catch (Heap.Corrupt what) {
            throw aborted(what);
        }
    }

    /** free(3). What is not allocated (any more) is reported, and ends the process by SIGABRT. */
    public void free(long address) {
        UserThread thread = process.enter();
        try {
            heap.free(address);
        } catch (Heap.Corrupt what) {
            throw aborted(what);
        } catch (MemoryFault fault) {
            fault(thread, fault);
        }
    }

    private Heap.Corrupt aborted(Heap.Corrupt what) {
        process.processes().report(process, what.getMessage() + "; and is killed by SIGABRT");
        process.abort();
        return what;
    }

    /** Where the address of the process's first stream of stdio is kept, for the C library. */
    public long streams() {
        return heap.streams();
    }

    /** A variable of this process; a child has its own of the same handle. */
    public IntVariable newInt(int value) {
        return newInt(allocate(Integer.BYTES), value);
    }

    /** A variable at an address, for example one that is mapped shared. */
    public IntVariable newInt(long address, int value) {
        putInt(address, value);
        return new IntVariable(address);
    }

    // ---- Loads and stores ----

    public int getByte(long address) {
        return (int) get(address, 1) & 0xFF;
    }

    public void putByte(long address, int value) {
        put(address, value, 1);
    }

    public int getInt(long address) {
        return (int) get(address, Integer.BYTES);
    }

    public void putInt(long address, int value) {
        put(address, value, Integer.BYTES);
    }

    public long getLong(long address) {
        return get(address, LONG_BYTES);
    }

    public void putLong(long address, long value) {
        put(address, value, LONG_BYTES);
    }

    private long get(long address, int count) {
        byte[] bytes = getBytes(address, count);
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    private void put(long address, long value, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (value >> 8 * i);
        }
        putBytes(address, bytes);
    }

    /** More bytes than can be there, also a negative count, which is many as a size_t, give SIGSEGV. */
    public byte[] getBytes(long address, int count) {
        if (count < 0 || count > AddressSpace.PAGE_BYTES) {
            access("load", address, () -> addresses.check(address, count, false));
        }
        byte[] bytes = new byte[count];
        access("load", address, () -> addresses.load(address, bytes, 0, count));
        return bytes;
    }

    /** No bytes, that is null, give SIGSEGV. */
    public void putBytes(long address, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw nothing();
        }
        byte[] copy = bytes.clone();
        access("store", address, () -> addresses.store(address, copy, 0, copy.length));
    }

    /** A program loads from where no pointer leads: SIGSEGV, as often as a handler returns. */
    private IllegalStateException nothing() {
        while (true) {
            getByte(0);
        }
    }

    /** The text from an address to before the next zero byte, in UTF-8. */
    public String getString(long address) {
        byte[] bytes = new byte[16];
        int length = 0;
        for (int one = getByte(address); one != 0; one = getByte(address + length)) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) one;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Stores a text in UTF-8 and a zero byte. */
    public void putString(long address, @Nullable String text) {
        if (text == null) {
            throw nothing();
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putBytes(address, Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** Adds to an int in one step, as the processor can, and returns what was there before. */
    public int getAndAddInt(long address, int added) {
        int[] before = new int[1];
        access("add", address, () -> {
            before[0] = rawInt(address);
            putRawInt(address, before[0] + added);
        });
        return before[0];
    }

    /** Stores an int if there is another expected one, in one step; returns whether it did. */
    public boolean compareAndSetInt(long address, int expected, int value) {
        boolean[] done = new boolean[1];
        access("compare-and-set", address, () -> {
            done[0] = rawInt(address) == expected;
            if (done[0]) {
                putRawInt(address, value);
            }
        });
        return done[0];
    }

    /** Without a point, and without a signal when it fails. */
    int rawInt(long address) {
        byte[] bytes = new byte[Integer.BYTES];
        addresses.load(address, bytes, 0, Integer.BYTES);
        return bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8 | (bytes[2] & 0xFF) << 16 | bytes[3] << 24;
    }

    void putRawInt(long address, int value) {
        byte[] bytes = {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
        addresses.store(address, bytes, 0, Integer.BYTES);
    }

    private void access(String kind, long address, Runnable body) {
        while (true) {
            UserThread thread = process.enter();
            announce(kind, address);
            process.state().signals.deliver(thread);
            try {
                body.run();
                return;
            } catch (MemoryFault fault) {
                fault(thread, fault);
            }
        }
    }

    private void announce(String kind, long address) {
        String shared = addresses.shared(address);
        if (shared != null) {
            process.state().runner().point(kind, shared);
        } else if (process.state().threads.size() > 1) {
            process.state().runner().point(kind, "memory of " + process);
        } else if (++quiet == QUIET) {
            quiet = 0;
            process.state().runner().point("run", "");
        }
    }

    /** A signal that cannot wait: where it is blocked or ignored, the process is killed by it. */
    private void fault(UserThread thread, MemoryFault fault) {
        int signal = fault.kind() == MemoryFault.Kind.NO_PAGE ? Signal.SIGBUS : Signal.SIGSEGV;
        int code = fault.kind() == MemoryFault.Kind.NOT_MAPPED ? SignalInfo.SEGV_MAPERR : SignalInfo.SEGV_ACCERR;
        SignalState signals = process.state().signals;
        SignalAction action = signals.action(signal);
        if (action.isDefault() || action.isIgnore() || SignalSet.contains(thread.mask, signal)) {
            process.state().end(WaitResult.ofSignal(signal), thread);
        }
        signals.raise(new SignalInfo(signal, code, 0, 0, 0, fault.address()), thread);
        signals.deliver(thread);
    }
}
