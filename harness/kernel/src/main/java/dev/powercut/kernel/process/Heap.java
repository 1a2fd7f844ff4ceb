package dev.powercut.kernel.process;

import dev.powercut.kernel.memory.AddressSpace;
import dev.powercut.kernel.memory.Protection;
import dev.powercut.kernel.vfs.Errno;
import dev.powercut.sim.bytes.LittleEndian;

/**
 * malloc and free. All that they know is in the process's memory, so that fork copies it:
 *
 * <pre>
 *   BASE       where the next block goes, if no free one is large enough
 *   BASE + 8   where the heap ends
 *   BASE + 16  the first free block, or 0
 *   BASE + 24  the first open stream of stdio, or 0
 *   BASE + 32  blocks: 8 bytes size, 8 bytes next free block or {@link #IN_USE}, then the bytes
 * </pre>
 */
final class Heap {

    static final long BASE = 0x5555_0000_0000L;

    private static final int HEADER_BYTES = 16;
    private static final int GROWTH_BYTES = 65_536;
    private static final long FIRST = BASE + 32;
    private static final long IN_USE = -1;

    private final AddressSpace addresses;

    Heap(AddressSpace addresses) {
        this.addresses = addresses;
    }

    /** What the C library would abort for. */
    static final class Corrupt extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Corrupt(String what) {
            super(what, null, false, false);
        }
    }

    long allocate(int bytes) {
        if (bytes < 0) {
            throw Errno.ENOMEM.exception();
        }
        long size = Math.max(16, (bytes + 15L) / 16 * 16);
        begin();
        long block = reuse(size);
        if (block == 0) {
            block = get(BASE);
            grow(block + HEADER_BYTES + size);
            put(BASE, block + HEADER_BYTES + size);
            put(block, size);
        }
        put(block + 8, IN_USE);
        long address = block + HEADER_BYTES;
        addresses.store(address, new byte[(int) size], 0, (int) size);
        return address;
    }

    /** Where the C library keeps the address of its first stream. */
    long streams() {
        begin();
        return BASE + 24;
    }

    private void begin() {
        if (!addresses.isMapped(BASE)) {
            map(BASE, GROWTH_BYTES);
            put(BASE, FIRST);
            put(BASE + 8, BASE + GROWTH_BYTES);
        }
    }

    private void map(long start, long bytes) {
        int protection = Protection.PROT_READ | Protection.PROT_WRITE;
        addresses.mapAnonymous(start, bytes, protection, Protection.MAP_PRIVATE | Protection.MAP_FIXED_NOREPLACE);
    }

    /** The first free block that is large enough; 0 when there is none. */
    private long reuse(long size) {
        long link = BASE + 16;
        long most = (get(BASE) - FIRST) / (2 * HEADER_BYTES);
        for (long block = get(link); block != 0; block = get(link)) {
            if (block < FIRST || block >= get(BASE) || most-- == 0) {
                throw new Corrupt("malloc: something has overwritten the list of free blocks");
            }
            if (get(block) >= size) {
                put(link, get(block + 8));
                return block;
            }
            link = block + 8;
        }
        return 0;
    }

    private void grow(long end) {
        long mapped = get(BASE + 8);
        if (end > mapped) {
            long more = (end - mapped + GROWTH_BYTES - 1) / GROWTH_BYTES * GROWTH_BYTES;
            map(mapped, more);
            put(BASE + 8, mapped + more);
        }
    }

    void free(long address) {
        if (address == 0) {
            return;
        }
        long block = address - HEADER_BYTES;
        boolean isBlock = address % 16 == 0
                && addresses.isMapped(BASE)
                && block >= FIRST
                && block < get(BASE)
                && get(block + 8) == IN_USE;
        if (!isBlock) {
            throw new Corrupt("free of 0x" + Long.toHexString(address)
                    + ", which is not allocated: freed twice, or never allocated");
        }
        put(block + 8, get(BASE + 16));
        put(BASE + 16, block);
    }

    private long get(long address) {
        byte[] bytes = new byte[8];
        addresses.load(address, bytes, 0, 8);
        return LittleEndian.s64(bytes, 0);
    }

    private void put(long address, long value) {
        byte[] bytes = new byte[8];
        LittleEndian.put64(bytes, 0, value);
        addresses.store(address, bytes, 0, 8);
    }
}
