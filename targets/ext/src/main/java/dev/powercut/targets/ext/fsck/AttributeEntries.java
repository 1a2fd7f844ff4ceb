package dev.powercut.targets.ext.fsck;

import dev.powercut.sim.bytes.LittleEndian;
import dev.powercut.targets.ext.format.Format;

/**
 * Looks through extended attributes, in a block of their own or in the rest of a large inode record: whether entries and values
 * lie inside and apart from each other, and whether each entry's hash is that of its name and value.
 */
final class AttributeEntries {

    private static final int NAME_SHIFT = 5;
    private static final int VALUE_SHIFT = 16;

    /** Bytes taken by entries and values. */
    private final BitSpace taken = new BitSpace();

    /** True for a whole block of attributes, whose header the caller has checked. */
    boolean isSoundBlock(byte[] b) {
        taken.reset(b.length);
        return take(0, Format.XATTR_HEADER_BYTES) && areSound(b, Format.XATTR_HEADER_BYTES, b.length, 0, true);
    }

    /** True for the attributes that follow the four bytes of magic in an inode record. */
    boolean isSoundRecord(byte[] b, int from, int end) {
        // Places are counted from the first entry on.
        taken.reset(end - from);
        return areSound(b, from, end, from, false);
    }

    /**
     * @param from first entry
     * @param base where the offsets of values count from, and bytes taken
     */
    private boolean areSound(byte[] b, int from, int end, int base, boolean named) {
        int at = from;
        while (at + 4 <= end && LittleEndian.s32(b, at) != 0) {
            if (at + Format.XATTR_ENTRY_BYTES > end) {
                return false;
            }
            int nameLength = LittleEndian.u8(b, at + Format.E_NAME_LEN);
            int length = Format.XATTR_ENTRY_BYTES + nameLength + 3 & ~3;
            int valueOffset = LittleEndian.u16(b, at + Format.E_VALUE_OFFS);
            long valueSize = LittleEndian.u32(b, at + Format.E_VALUE_SIZE);
            boolean sound = take(at - base, length)
                    && LittleEndian.s32(b, at + Format.E_VALUE_INUM) == 0
                    && !(named && LittleEndian.u8(b, at + Format.E_NAME_INDEX) == 0)
                    && (valueSize == 0 || valueSize <= end - base - valueOffset)
                    && (valueSize == 0 || take(valueOffset, (int) valueSize + 3 & ~3))
                    && isHash(b, at, nameLength, base + valueOffset, (int) valueSize, named);
            if (!sound) {
                return false;
            }
            at += length;
        }
        return take(at - base, 4);
    }

    /** Takes bytes; false when they are not all there, or not all free. */
    private boolean take(int from, int length) {
        if (from < 0 || from + length > taken.size()) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if (!taken.add(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The hash of an entry (kernel documentation, ext4/attributes). Kernels have taken the bytes of a name as signed ones, too. In a
     * record, 0 stands for no hash.
     */
    private static boolean isHash(byte[] b, int at, int nameLength, int value, int valueSize, boolean named) {
        int found = LittleEndian.s32(b, at + Format.E_HASH);
        if (found == 0 && !named) {
            return true;
        }
        int unsigned = 0;
        int signed = 0;
        for (int i = at + Format.XATTR_ENTRY_BYTES; i < at + Format.XATTR_ENTRY_BYTES + nameLength; i++) {
            unsigned = Integer.rotateLeft(unsigned, NAME_SHIFT) ^ b[i] & 0xFF;
            signed = Integer.rotateLeft(signed, NAME_SHIFT) ^ b[i];
        }
        for (int i = value; i < value + valueSize; i += 4) {
            int word = LittleEndian.s32(b, i);
            unsigned = Integer.rotateLeft(unsigned, VALUE_SHIFT) ^ word;
            signed = Integer.rotateLeft(signed, VALUE_SHIFT) ^ word;
        }
        return found == unsigned || found == signed;
    }
}
