package dev.powercut.targets.ext.fsck;

import java.util.Arrays;

/**
 * What a scan has learnt of the inodes in use, in arrays by <em>ordinal</em>: the rank of an inode among those in use. The
 * reserved inodes always count as in use, so that inode i below the first free one has ordinal i - 1. Inodes are added in
 * ascending order; {@link #freeze} then makes {@link #ordinal} work. Memory: two bits for every inode of the volume, and some
 * words for each one in use.
 */
final class InodeCensus {

    /** Holds something that must not be lost when it has no name. */
    static final byte HAS_CONTENTS = 1;
    /** No directory names it. */
    static final byte UNNAMED = 2;
    /** A repair has freed it. */
    static final byte FREED = 4;

    final BitSpace used = new BitSpace();
    private int[] rank = {};

    int count;
    int[] number = new int[64];
    /** {@code Format.TYPE_…}; 0 of a reserved inode that is not what it should be. */
    byte[] type = new byte[64];

    byte[] flags = new byte[64];
    int[] storedLinks = new int[64];
    /** Entries found that name the inode. */
    int[] countedLinks = new int[64];
    /** Index in the {@link DirectoryCensus} of a directory. */
    int[] directory = new int[64];

    void reset(int inodeCount, int firstInode) {
        used.reset(inodeCount);
        count = 0;
        for (int inode = 1; inode < firstInode; inode++) {
            add(inode, 0, 0);
        }
    }

    /** Adds an inode above all added before; gives its ordinal. */
    int add(int inode, int inodeType, int links) {
        if (count == number.length) {
            grow();
        }
        int ordinal = count++;
        used.add(inode - 1);
        number[ordinal] = inode;
        set(ordinal, inodeType, links);
        return ordinal;
    }

    /** Sets what is known of an inode that was added already. */
    void set(int ordinal, int inodeType, int links) {
        type[ordinal] = (byte) inodeType;
        flags[ordinal] = 0;
        storedLinks[ordinal] = links;
        countedLinks[ordinal] = 0;
        directory[ordinal] = -1;
    }

    private void grow() {
        int size = number.length * 2;
        number = Arrays.copyOf(number, size);
        type = Arrays.copyOf(type, size);
        flags = Arrays.copyOf(flags, size);
        storedLinks = Arrays.copyOf(storedLinks, size);
        countedLinks = Arrays.copyOf(countedLinks, size);
        directory = Arrays.copyOf(directory, size);
    }

    /** All inodes in use have been added. */
    void freeze() {
        int wordCount = used.wordCount();
        if (rank.length < wordCount) {
            rank = new int[wordCount];
        }
        int before = 0;
        for (int i = 0; i < wordCount; i++) {
            rank[i] = before;
            before += Long.bitCount(used.words[i]);
        }
    }

    /** The ordinal of an inode number that the volume has; -1 when it is not in use. */
    int ordinal(int inode) {
        int bit = inode - 1;
        long word = used.words[bit >>> 6];
        if ((word >>> bit & 1) == 0) {
            return -1;
        }
        return rank[bit >>> 6] + Long.bitCount(word & (1L << bit) - 1);
    }
}
