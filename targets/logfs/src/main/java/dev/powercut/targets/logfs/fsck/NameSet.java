package dev.powercut.targets.logfs.fsck;

import java.util.Arrays;

/** The names of one directory: open addressing by hash, with the bytes kept where they are. */
final class NameSet {

    private byte[][] bytes = new byte[64][];
    private int[] at = new int[64];
    private int[] length = new int[64];
    private int count;

    void clear() {
        if (count > 0) {
            Arrays.fill(bytes, null);
            count = 0;
        }
    }

    /** @return whether the name was not there yet */
    boolean add(byte[] b, int nameAt, int nameLength) {
        if (count * 2 >= at.length) {
            grow();
        }
        int place = place(b, nameAt, nameLength);
        if (bytes[place] != null) {
            return false;
        }
        bytes[place] = b;
        at[place] = nameAt;
        length[place] = nameLength;
        count++;
        return true;
    }

    /** Where a name is, or would be. */
    private int place(byte[] b, int nameAt, int nameLength) {
        int mask = at.length - 1;
        int hash = 0;
        for (int i = nameAt; i < nameAt + nameLength; i++) {
            hash = 31 * hash + b[i];
        }
        int place = (hash ^ hash >>> 15) * 0x2C1B3C6D >>> 7 & mask;
        while (bytes[place] != null
                && !Arrays.equals(bytes[place], at[place], at[place] + length[place], b, nameAt, nameAt + nameLength)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        byte[][] oldBytes = bytes;
        int[] oldAt = at;
        int[] oldLength = length;
        bytes = new byte[2 * oldAt.length][];
        at = new int[2 * oldAt.length];
        length = new int[2 * oldAt.length];
        for (int i = 0; i < oldAt.length; i++) {
            if (oldBytes[i] != null) {
                int place = place(oldBytes[i], oldAt[i], oldLength[i]);
                bytes[place] = oldBytes[i];
                at[place] = oldAt[i];
                length[place] = oldLength[i];
            }
        }
    }
}
