package dev.powercut.kernel.memory;

/** A page of private memory. */
final class Frame {

    final byte[] bytes;

    /** How many address spaces have it; who stores to one that others have too takes a copy. */
    int owners = 1;

    /** When it was copied, by {@link Backing#lastCut}. */
    final long cut;

    /** Zeroes. */
    Frame(long cut) {
        this(new byte[AddressSpace.PAGE_BYTES], cut);
    }

    Frame(byte[] bytes, long cut) {
        this.bytes = bytes;
        this.cut = cut;
    }
}
