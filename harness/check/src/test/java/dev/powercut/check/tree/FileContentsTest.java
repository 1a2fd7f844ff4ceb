package dev.powercut.check.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.powercut.sim.Choices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FileContentsTest {

    /** The same bytes flat, and in extents with holes. */
    private record Sample(byte[] flat, FileContents holed) {}

    private static Sample sample(Choices choices) {
        byte[] flat = new byte[20_000];
        List<FileContents.Extent> extents = new ArrayList<>();
        int at = 0;
        while (at < flat.length) {
            int hole = choices.choose("hole", 6_000);
            int length = Math.min(1 + choices.choose("length", 6_000), flat.length - at - hole);
            if (length <= 0) {
                break;
            }
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) choices.choose("byte", 2);
            }
            System.arraycopy(bytes, 0, flat, at + hole, length);
            extents.add(new FileContents.Extent(at + hole, bytes));
            at += hole + length;
        }
        return new Sample(flat, FileContents.of(flat.length, extents));
    }

    @Property(tries = 200, seed = "1")
    void holesReadAsZeroes(@ForAll long seed) {
        Choices choices = Choices.seeded(seed);
        Sample sample = sample(choices);
        byte[] flat = sample.flat();
        FileContents holed = sample.holed();
        assertEquals(FileContents.of(flat), holed);
        assertEquals(holed, FileContents.of(flat));
        assertEquals(FileContents.of(flat).sha256(), holed.sha256());

        int from = choices.choose("from", 19_000);
        int length = 1 + choices.choose("length", 1_000);
        byte[] piece = new byte[length];
        holed.copyTo(from, piece, 0, length);
        assertArrayEquals(Arrays.copyOfRange(flat, from, from + length), piece);
        assertEquals(true, holed.matches(from, piece, length));
        int firstNonZero = -1;
        for (int i = from; i < from + length && firstNonZero < 0; i++) {
            firstNonZero = flat[i] != 0 ? i : -1;
        }
        assertEquals(firstNonZero, holed.firstNonZero(from, from + length));

        piece[choices.choose("changed", length)] ^= 2;
        assertEquals(false, holed.matches(from, piece, length));
        byte[] other = flat.clone();
        other[from] ^= 2;
        assertNotEquals(FileContents.of(other), holed);
        assertNotEquals(holed, FileContents.of(other));
    }

    @Test
    void digestIsThatOfTheBytes() {
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                FileContents.of(new byte[0]).sha256());
        // SHA-256 of 1 MiB of zeroes.
        assertEquals(
                "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58",
                FileContents.of(1 << 20, List.of()).sha256());
    }

    @Test
    void whatIsBeyondTheEndCopiesAsZeroes() {
        byte[] piece = {9, 9, 9, 9};
        FileContents.of(new byte[] {1, 2}).copyTo(1, piece, 0, 4);
        assertArrayEquals(new byte[] {2, 0, 0, 0}, piece);
    }

    @Test
    void extentsMustFit() {
        byte[] two = {1, 2};
        assertThrows(
                IllegalArgumentException.class, () -> FileContents.of(2, List.of(new FileContents.Extent(1, two))));
        assertThrows(
                IllegalArgumentException.class,
                () -> FileContents.of(9, List.of(new FileContents.Extent(1, two), new FileContents.Extent(2, two))));
    }
}
