package dev.powercut.check.explore;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.util.Arrays;

/**
 * What was read of a disk before it was written, and what was written. What is forgotten costs in proportion to what was noted, whatever the
 * size of the disk.
 */
final class Footprint {

    /** What writes more, or discards it, is not worth being done to another image sector by sector. */
    private static final long SECTORS_PATCHED = 4096;

    private final Marks read;
    private final Marks written;
    private long writtenCount;

    Footprint(long sectorCount) {
        int words = Math.toIntExact((sectorCount + Long.SIZE - 1) / Long.SIZE);
        this.read = new Marks(words);
        this.written = new Marks(words);
    }

    void forgetAll() {
        read.clear();
        forgetWrites();
    }

    /** What follows happens on a disk to which nothing has been written. */
    void forgetWrites() {
        written.clear();
        writtenCount = 0;
    }

    void noteRead(long first, int count) {
        long end = first + count;
        for (long word = first >>> 6; word << 6 < end; word++) {
            read.add((int) word, mask(word, first, end) & ~written.bits[(int) word]);
        }
    }

    void noteRead(ReadSet set) {
        for (int i = 0; i < set.wordCount(); i++) {
            read.add(set.word(i), set.bits(i));
        }
    }

    void noteWrite(long first, long count) {
        writtenCount += count;
        long end = first + count;
        for (long word = first >>> 6; word << 6 < end; word++) {
            written.add((int) word, mask(word, first, end));
        }
    }

    /** The bits of a word that are sectors from {@code first} on and before {@code end}. */
    private static long mask(long word, long first, long end) {
        long base = word << 6;
        long mask = -1L;
        if (first > base) {
            mask &= -1L << first;
        }
        return end < base + Long.SIZE ? mask & ~(-1L << end) : mask;
    }

    ReadSet readSet() {
        int[] words = read.sortedWords();
        long[] bits = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            bits[i] = read.bits[words[i]];
        }
        return new ReadSet(words, bits);
    }

    /** Whether {@link #patch} may be asked for. */
    boolean isPatchable() {
        return writtenCount <= SECTORS_PATCHED;
    }

    /** What was written, as the disk holds it now. */
    Patch patch(DiskImage after) {
        int[] words = written.sortedWords();
        int count = 0;
        for (int word : words) {
            count += Long.bitCount(written.bits[word]);
        }
        long[] numbers = new long[count];
        Sector[] contents = new Sector[count];
        int at = 0;
        for (int word : words) {
            for (long bits = written.bits[word]; bits != 0; bits &= bits - 1) {
                long number = ((long) word << 6) + Long.numberOfTrailingZeros(bits);
                numbers[at] = number;
                contents[at++] = after.sector(number);
            }
        }
        return new Patch(numbers, contents);
    }

    /** A set of bits that knows which of its words are not zero. */
    private static final class Marks {
        private final long[] bits;
        private int[] words = new int[64];
        private int wordCount;

        Marks(int wordCount) {
            this.bits = new long[wordCount];
        }

        void add(int word, long mask) {
            if (mask == 0) {
                return;
            }
            if (bits[word] == 0) {
                if (wordCount == words.length) {
                    words = Arrays.copyOf(words, 2 * wordCount);
                }
                words[wordCount++] = word;
            }
            bits[word] |= mask;
        }

        void clear() {
            for (int i = 0; i < wordCount; i++) {
                bits[words[i]] = 0;
            }
            wordCount = 0;
        }

        int[] sortedWords() {
            int[] sorted = Arrays.copyOf(words, wordCount);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
