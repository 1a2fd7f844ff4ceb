package dev.powercut.targets.logfs.fsck;

import static dev.powercut.sim.bytes.LittleEndian.put32;
import static dev.powercut.sim.bytes.LittleEndian.s32;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.check.contract.RoughUse;
import dev.powercut.sim.Choices;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.targets.logfs.ImageBuilder;
import dev.powercut.targets.logfs.format.Format;
import dev.powercut.targets.logfs.fs.LogfsType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every word of both superblocks, both checkpoints and of summaries takes extreme values, with checksums right and wrong; and bits flip anywhere. Such an
 * image is mounted and used, or refused with a reason; fsck mends it, and then finds nothing and the second reader reads all; or says that it cannot.
 */
class HostileFieldsTest {

    /** Each so-manieth image is tried; all of them with {@code -Dpowercut.logfs.fields=1}. */
    private static final int EVERY = Integer.getInteger("powercut.logfs.fields", 11);

    /** Copies with flipped bits: {@code -Dpowercut.logfs.flips=N} for more. */
    private static final int FLIPPED = Integer.getInteger("powercut.logfs.flips", 250);

    private static final int SIZE = 1024;
    private static final int SUMMARIES = 4;

    private final ImageBuilder volume = volume();

    private static ImageBuilder volume() {
        ImageBuilder b = ImageBuilder.populated(
                640 << 10, FsckCleanTest.options(SIZE, 16).withInodeCount(300));
        int directory = b.directory(1, "behind");
        b.operation(Format.OP_CREATE, 4, directory, 2, 0, "", 1, "behind", 0, 0);
        b.file(directory, "file", 3, 1);
        b.clean(1);
        b.group();
        return b;
    }

    /** Bytes at which a word of 32 bits has a meaning. */
    private List<Integer> words() {
        List<Integer> words = new ArrayList<>();
        for (int superblock : new int[] {0, volume.g.backupBlock()}) {
            add(words, superblock * SIZE, Format.SB_LABEL);
        }
        for (int region : new int[] {volume.g.checkpointA(), volume.g.checkpointB()}) {
            int pointers = volume.g.maxMapBlocks() + volume.g.usageBlocks();
            add(words, region * SIZE, Format.CP_FLAGS + 4);
            add(words, region * SIZE + Format.CP_POINTERS, pointers * Format.POINTER_BYTES);
            add(words, region * SIZE + volume.g.checkpointBytes(volume.g.maxMapBlocks()) - 8, 8);
        }
        List<Integer> summaries = summaries();
        assertTrue(summaries.size() > 2 * SUMMARIES, summaries::toString);
        for (int i = 0; i < summaries.size(); i++) {
            if (i < SUMMARIES || i >= summaries.size() - SUMMARIES) {
                int at = summaries.get(i) * SIZE;
                int last = s32(volume.bytes(), at + Format.SUM_COUNT) - 1;
                add(words, at, Format.SUM_NEXT_END + 4);
                add(words, at + Format.SUM_ENTRIES, Format.ENTRY_BYTES);
                add(words, at + Format.SUM_ENTRIES + last * Format.ENTRY_BYTES, Format.ENTRY_BYTES);
            }
        }
        return words;
    }

    private static void add(List<Integer> words, int at, int bytes) {
        for (int word = at; word < at + bytes; word += 4) {
            words.add(word);
        }
    }

    private List<Integer> summaries() {
        List<Integer> found = new ArrayList<>();
        for (int block = volume.g.firstSegmentBlock(); block < volume.g.endOfSegments(); block++) {
            if (s32(volume.bytes(), block * SIZE) == Format.SUMMARY_MAGIC) {
                found.add(block);
            }
        }
        return found;
    }

    private int[] extremes(int word) {
        int now = s32(volume.bytes(), word);
        return new int[] {
            0,
            1,
            -1,
            now + 1,
            now - 1,
            ~now,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            volume.g.blockCount() - 1,
            volume.g.blockCount()
        };
    }

    @Test
    void anyFieldMayBeExtreme() {
        int count = 0;
        for (int word : words()) {
            for (int value : extremes(word)) {
                for (boolean sealed : new boolean[] {false, true}) {
                    if (count++ % EVERY == 0) {
                        byte[] bytes = volume.bytes().clone();
                        put32(bytes, word, value);
                        if (sealed) {
                            FuzzedImage.seal(volume.g, bytes, word / SIZE);
                        }
                        String where = "byte " + word % SIZE + " of block " + word / SIZE + " is " + value
                                + (sealed ? ", sealed" : "");
                        survives(DiskImage.of(bytes), count, where);
                    }
                }
            }
        }
        assertTrue(count > 4_000, "images " + count);
    }

    @Test
    void anyBitMayFlip() {
        for (int seed = 0; seed < FLIPPED; seed++) {
            Choices choices = Choices.seeded(seed).split("flips");
            byte[] bytes = volume.bytes().clone();
            int used = volume.logEnd() * SIZE;
            for (int flips = 1 + choices.choose("flips", 8); flips > 0; flips--) {
                bytes[choices.choose("byte", used)] ^= (byte) (1 << choices.choose("bit", 8));
            }
            survives(DiskImage.of(bytes), seed, "seed " + seed);
        }
    }

    private static void survives(DiskImage image, int seed, String where) {
        try {
            FsckCheckFuzzTest.check(image);
            FsckRepairFuzzTest.check(image);
            RoughUse.of(new LogfsType(), image, Choices.seeded(seed));
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(where, e);
        }
    }
}
