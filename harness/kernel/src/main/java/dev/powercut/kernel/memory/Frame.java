package dev.powercut.kernel.memory;

/** A page of private memory. */
final class Frame {

    final byte[] bytes;

    /** How many address spaces have it; who stores to one that others have too takes a copy. */
    int owners = 1;

    Frame() {
        this.bytes = new byte[AddressSpace.PAGE_BYTES];
    }

    Frame(byte[] bytes) {
        this.bytes = bytes;
    }
}
