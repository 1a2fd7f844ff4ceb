package dev.powercut.sim.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DiskImageTest {

    /** More than one level of 32-way nodes, and not a power of two. */
    private static final int SECTORS = 1100;

    record Change(int first, int count, int seed) {
        /** Seed 0 zeroes; few others, so that contents recur. */
        Sector[] sectors() {
            Sector[] sectors = new Sector[count];
            for (int i = 0; i < count; i++) {
                sectors[i] = contents(seed, (first + i) % 3);
            }
            return sectors;
        }
    }

    static Sector contents(int seed, int salt) {
        byte[] bytes = new byte[Sector.BYTES];
        if (seed != 0) {
            Arrays.fill(bytes, (byte) (seed + salt));
        }
        return Sector.copyOf(bytes, 0);
    }

    @Provide
    Arbitrary<Change> changes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, SECTORS - 80),
                        Arbitraries.integers().between(0, 80),
                        Arbitraries.integers().between(0, 3))
                .as(Change::new);
    }

    private static DiskImage apply(DiskImage image, Change change) {
        return change.seed() == 0
                ? image.withZeroes(change.first(), change.count())
                : image.with(change.first(), change.sectors(), 0, change.count());
    }

    private static void apply(byte[] model, Change change) {
        Sector[] sectors = change.sectors();
        for (int i = 0; i < sectors.length; i++) {
            sectors[i].copyTo(model, (change.first() + i) * Sector.BYTES);
        }
    }

    private static byte[] bytes(DiskImage image) {
        byte[] all = new byte[Math.toIntExact(image.sectorCount()) * Sector.BYTES];
        Arrays.fill(all, (byte) 0x77);
        image.read(0, Math.toIntExact(image.sectorCount()), all, 0);
        return all;
    }

    @Property(seed = "6")
    void severalSectorsAtOnceAreThoseOneAfterTheOther(
            @ForAll @From("changes") Change before, @ForAll Set<@IntRange(max = SECTORS - 1) Integer> places) {
        DiskImage image = apply(DiskImage.blank(SECTORS), before);
        long[] numbers = places.stream().mapToLong(Integer::longValue).sorted().toArray();
        Sector[] contents = new Sector[numbers.length];
        DiskImage expected = image;
        for (int i = 0; i < numbers.length; i++) {
            contents[i] = contents((int) (numbers[i] % 4), 0);
            expected = expected.with(numbers[i], contents[i]);
        }
        DiskImage replaced = image.with(numbers, contents);
        assertEquals(expected, replaced);
        replaced.forEachDifference(expected, (number, sector) -> {
            throw new AssertionError("sector " + number + " differs");
        });
    }

    @Property(seed = "1")
    void anyChangesReadAsFromAByteArray(
            @ForAll List<@From("changes") Change> changes, @ForAll @From("changes") Change read) {
        DiskImage image = DiskImage.blank(SECTORS);
        byte[] model = new byte[SECTORS * Sector.BYTES];
        for (Change change : changes) {
            image = apply(image, change);
            apply(model, change);
        }
        assertArrayEquals(model, bytes(image));
        byte[] part = new byte[read.count() * Sector.BYTES + 3];
        boolean zero = image.read(read.first(), read.count(), part, 3);
        byte[] expected =
                Arrays.copyOfRange(model, read.first() * Sector.BYTES, (read.first() + read.count()) * Sector.BYTES);
        assertArrayEquals(expected, Arrays.copyOfRange(part, 3, part.length));
        assertEquals(Arrays.equals(expected, new byte[expected.length]), zero);
        assertEquals(Sector.copyOf(model, read.first() * Sector.BYTES), image.sector(read.first()));
        assertEquals(DiskImage.of(model), image);
        assertEquals(DiskImage.of(model).hash(), image.hash());
    }

    @Property(seed = "2")
    void hashesAreEqualExactlyWhenContentsAre(
            @ForAll List<@From("changes") Change> changes, @ForAll List<@From("changes") Change> others) {
        DiskImage one = DiskImage.blank(SECTORS);
        DiskImage two = DiskImage.blank(SECTORS);
        for (Change change : changes) {
            one = apply(one, change);
        }
        for (Change change : others) {
            two = apply(two, change);
        }
        boolean same = Arrays.equals(bytes(one), bytes(two));
        assertEquals(same, one.hash().equals(two.hash()));
        assertEquals(same, one.equals(two));
        assertEquals(same, one.hashCode() == two.hashCode());
    }

    @Property(seed = "3")
    void hashDoesNotDependOnTheOrderOfWriting(@ForAll List<@From("changes") Change> changes, @ForAll long order) {
        DiskImage target = DiskImage.blank(SECTORS);
        for (Change change : changes) {
            target = apply(target, change);
        }
        List<Integer> sectors = new ArrayList<>();
        for (int i = 0; i < SECTORS; i++) {
            sectors.add(i);
        }
        Collections.shuffle(sectors, new Random(order));
        DiskImage image = DiskImage.of(new byte[SECTORS * Sector.BYTES]).with(500, contents(2, 1));
        for (int sector : sectors) {
            image = image.with(sector, target.sector(sector));
        }
        assertEquals(target.hash(), image.hash());
        assertArrayEquals(bytes(target), bytes(image));
    }

    @Property(seed = "4")
    void differenceVisitsJustTheSectorsThatDiffer(
            @ForAll List<@From("changes") Change> changes, @ForAll List<@From("changes") Change> more) {
        DiskImage before = DiskImage.blank(SECTORS);
        for (Change change : changes) {
            before = apply(before, change);
        }
        DiskImage after = before;
        for (Change change : more) {
            after = apply(after, change);
        }
        TreeMap<Long, Sector> expected = new TreeMap<>();
        for (long i = 0; i < SECTORS; i++) {
            if (!before.sector(i).equals(after.sector(i))) {
                expected.put(i, after.sector(i));
            }
        }
        List<Long> order = new ArrayList<>();
        TreeMap<Long, Sector> visited = new TreeMap<>();
        after.forEachDifference(before, (number, contents) -> {
            order.add(number);
            visited.put(number, contents);
        });
        assertEquals(expected, visited);
        assertEquals(List.copyOf(expected.keySet()), order);
    }

    @Test
    void imageNeverChanges() {
        DiskImage image = DiskImage.blank(64).with(7, contents(1, 0));
        byte[] before = bytes(image);
        ContentHash hash = image.hash();
        assertNotEquals(image, image.with(7, contents(2, 0)));
        assertNotEquals(image, image.withZeroes(0, 64));
        assertArrayEquals(before, bytes(image));
        assertEquals(hash, image.hash());
    }

    @Test
    void writingWhatIsThereChangesNothing() {
        DiskImage image = DiskImage.blank(64).with(7, contents(1, 0));
        assertSame(image, image.with(7, contents(1, 0)));
        assertSame(image, image.with(8, Sector.ZERO));
        assertSame(image, image.withZeroes(8, 50));
        assertSame(image, image.withZeroes(7, 0));
    }

    @Test
    void sameBytesElsewhereHashDifferently() {
        DiskImage blank = DiskImage.blank(64);
        assertNotEquals(
                blank.with(1, contents(1, 0)).hash(),
                blank.with(2, contents(1, 0)).hash());
        DiskImage swapped = blank.with(1, contents(2, 0)).with(2, contents(1, 0));
        assertNotEquals(blank.with(1, contents(1, 0)).with(2, contents(2, 0)).hash(), swapped.hash());
        assertNotEquals(DiskImage.blank(64), DiskImage.blank(65));
    }

    @Test
    void hashesAreTheSameInEveryRelease() {
        // Saved cases and traces hold them.
        byte[] bytes = new byte[3 * 512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        assertEquals(
                "40974ba746c108da1d14056c6d3d7386", DiskImage.of(bytes).hash().toString());
        assertEquals("0".repeat(32), DiskImage.blank(9).hash().toString());
    }

    @Test
    void randomImagesDoNotCollide() {
        SplittableRandom random = new SplittableRandom(1);
        TreeMap<ContentHash, Integer> seen = new TreeMap<>();
        DiskImage image = DiskImage.blank(4096);
        byte[] bytes = new byte[512];
        for (int i = 0; i < 20_000; i++) {
            // Small differences, as real writes make: one byte of one sector.
            bytes[random.nextInt(512)] ^= (byte) (1 << random.nextInt(8));
            image = image.with(random.nextInt(64), Sector.copyOf(bytes, 0));
            seen.merge(image.hash(), 1, Integer::sum);
        }
        assertTrue(seen.size() > 19_990, "only " + seen.size() + " hashes; equal contents recur hardly ever");
    }

    @Test
    void mostlyZeroImageCostsKilobytes() {
        long sectors = (64L << 20) / Sector.BYTES;
        DiskImage blank = DiskImage.blank(sectors);
        assertEquals(0, blank.nodeCountBeyond(DiskImage.blank(sectors)));
        DiskImage image = blank;
        for (int i = 0; i < 16; i++) {
            image = image.with(i * 8192L, contents(1, i % 3));
        }
        // A node is an array of 32 references: 16 sectors of 512 bytes and at most 4 nodes each are about 16 KiB.
        int nodes = image.nodeCountBeyond(blank);
        assertTrue(nodes <= 16 * 4, nodes + " nodes");
        assertEquals(DiskImage.of(bytes(image)), image);
    }

    @Test
    void writeSharesAllButOnePathWithTheImageBefore() {
        long sectors = (8L << 20) / Sector.BYTES;
        SplittableRandom random = new SplittableRandom(2);
        byte[] bytes = new byte[Math.toIntExact(sectors) * Sector.BYTES];
        random.nextBytes(bytes);
        DiskImage full = DiskImage.of(bytes);
        assertEquals(512 + 16 + 1, full.nodeCountBeyond(DiskImage.blank(sectors)));
        DiskImage written = full.with(12_345, contents(1, 0));
        assertEquals(3, written.nodeCountBeyond(full));
        assertEquals(0, full.nodeCountBeyond(full));
    }

    @Test
    void zeroedImageHoldsNothingAnyMore() {
        DiskImage blank = DiskImage.blank(1L << 40);
        DiskImage image = blank.with(5, contents(1, 0)).with((1L << 40) - 1, contents(2, 0));
        DiskImage zeroed = image.withZeroes(0, 1L << 40);
        assertEquals(blank, zeroed);
        assertEquals(0, zeroed.nodeCountBeyond(blank));
        assertEquals(contents(2, 0), image.withZeroes(0, (1L << 40) - 1).sector((1L << 40) - 1));
    }

    @Test
    void nonZeroSectorsAreVisitedInAscendingOrder() {
        DiskImage image = DiskImage.blank(5000)
                .with(4000, contents(1, 0))
                .with(3, contents(1, 1))
                .with(40, contents(1, 2))
                .with(41, contents(1, 0))
                .with(41, Sector.ZERO);
        List<Long> numbers = new ArrayList<>();
        image.forEachNonZero((number, contents) -> numbers.add(number));
        assertEquals(List.of(3L, 40L, 4000L), numbers);
    }

    @Test
    void lastSectorOfBytesIsFilledUp() {
        byte[] bytes = new byte[513];
        bytes[512] = 9;
        DiskImage image = DiskImage.of(bytes);
        assertEquals(2, image.sectorCount());
        assertEquals(9, image.sector(1).at(0));
        assertEquals(1, DiskImage.of(new byte[0]).sectorCount());
    }

    @Test
    void sectorsThatAreNotThereAreRefused() {
        DiskImage image = DiskImage.blank(10);
        assertThrows(OutOfRangeException.class, () -> image.sector(10));
        assertThrows(OutOfRangeException.class, () -> image.sector(-1));
        assertThrows(OutOfRangeException.class, () -> image.with(10, contents(1, 0)));
        assertThrows(OutOfRangeException.class, () -> image.read(9, 2, new byte[1024], 0));
        assertThrows(OutOfRangeException.class, () -> image.withZeroes(9, 2));
        assertThrows(OutOfRangeException.class, () -> image.withZeroes(1, Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> image.forEachDifference(DiskImage.blank(11), (n, c) -> {}));
        assertThrows(IllegalArgumentException.class, () -> DiskImage.blank(0));
    }

    @Test
    void sectorsAreComparedAndCopiedByContent() {
        byte[] bytes = new byte[1024];
        bytes[700] = 1;
        Sector sector = Sector.copyOf(bytes, 512);
        bytes[700] = 2;
        assertEquals(1, sector.at(188));
        assertSame(Sector.ZERO, Sector.copyOf(bytes, 0));
        assertTrue(Sector.ZERO.isZero());
        assertNotEquals(sector, Sector.ZERO);
        assertTrue(sector.matches(188, new byte[] {0, 1, 0}, 1, 2));
        byte[] target = new byte[600];
        sector.copyTo(target, 50);
        assertEquals(1, target[238]);
    }
}
