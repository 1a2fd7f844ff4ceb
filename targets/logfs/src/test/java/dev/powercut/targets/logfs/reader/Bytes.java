package dev.powercut.targets.logfs.reader;

import java.util.Arrays;

/** Bytes of an image, decoded one by one. */
record Bytes(byte[] array) {

    int u8(int at) {
        return array[at] & 0xFF;
    }

    int u16(int at) {
        return u8(at) + 256 * u8(at + 1);
    }

    long u32(int at) {
        return u16(at) + 65536L * u16(at + 2);
    }

    long u64(int at) {
        return u32(at) | u32(at + 4) << 32;
    }

    int size() {
        return array.length;
    }

    Bytes part(int from, int length) {
        return new Bytes(Arrays.copyOfRange(array, from, from + length));
    }

    /**
     * The checksum of the format: CRC-32C, bit by bit, over the volume id and these bytes.
     *
     * @param fieldAt where four bytes count as zero, -1 for nowhere
     */
    long checksum(long volumeId, int fieldAt) {
        int crc = 0xFFFF_FFFF;
        for (int i = 0; i < 8; i++) {
            crc = step(crc, (int) (volumeId >>> 8 * i) & 0xFF);
        }
        for (int i = 0; i < array.length; i++) {
            boolean isField = fieldAt >= 0 && i >= fieldAt && i < fieldAt + 4;
            crc = step(crc, isField ? 0 : array[i] & 0xFF);
        }
        return ~crc & 0xFFFF_FFFFL;
    }

    /** 0x1EDC6F41 with its bits reversed is 0x82F63B78. */
    private static int step(int crc, int next) {
        int c = crc ^ next;
        for (int bit = 0; bit < 8; bit++) {
            c = (c & 1) == 0 ? c >>> 1 : c >>> 1 ^ 0x82F63B78;
        }
        return c;
    }
}
