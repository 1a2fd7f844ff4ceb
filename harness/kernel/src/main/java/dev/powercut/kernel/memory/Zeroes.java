package dev.powercut.kernel.memory;

/** Nothing: private memory that begins as zeroes. */
final class Zeroes implements Backing {

    static final Zeroes ALL = new Zeroes();

    private Zeroes() {}

    @Override
    public void load(long page, int inPage, byte[] to, int offset, int count, long address) {
        java.util.Arrays.fill(to, offset, offset + count, (byte) 0);
    }

    @Override
    public void store(long page, int inPage, byte[] from, int offset, int count, long address) {
        throw new IllegalStateException("zeroes are private, and copied before they are stored to");
    }

    @Override
    public String identity() {
        return "zeroes";
    }
}
