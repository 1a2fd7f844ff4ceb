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
 *
 * <p>Free blocks are listed by address. One that is larger than what is asked for is cut in two, neighbours become one.
 */
final class Heap {

    static final long BASE = 0x5555_0000_0000L;

    private static final int HEADER_BYTES = 16;

    /** What a block takes at least, its header included. */
    private static final int SMALLEST_BYTES = 2 * HEADER_BYTES;

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

    /** The first free block that is large enough, or as much of it as is asked for; 0 when there is none. */
    private long reuse(long size) {
        long link = BASE + 16;
        for (long block = next(link, FIRST); block != 0; block = next(link, block + 1)) {
            long left = get(block) - size;
            if (left >= 0) {
                if (left >= SMALLEST_BYTES) {
                    long rest = block + HEADER_BYTES + size;
                    put(rest, left - HEADER_BYTES);
                    put(rest + 8, get(block + 8));
                    put(link, rest);
                    put(block, size);
                } else {
                    put(link, get(block + 8));
                }
                return block;
            }
            link = block + 8;
        }
        return 0;
    }

    /** The block that a link leads to, which is not below an address; 0 at the end of the list. */
    private long next(long link, long lowest) {
        long block = get(link);
        if (block != 0 && (block < lowest || block >= get(BASE))) {
            throw new Corrupt("malloc: something has overwritten the list of free blocks");
        }
        return block;
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
        long link = BASE + 16;
        for (long other = next(link, FIRST); other != 0 && other < block; other = next(link, other + 1)) {
            link = other + 8;
        }
        put(block + 8, next(link, FIRST));
        put(link, block);
        join(block);
        if (link != BASE + 16) {
            join(link - 8);
        }
    }

    /** Makes one of a free block and the next free one, if nothing is between them. */
    private void join(long block) {
        long next = get(block + 8);
        if (next == block + HEADER_BYTES + get(block)) {
            put(block, get(block) + HEADER_BYTES + get(next));
            put(block + 8, get(next + 8));
        }
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
