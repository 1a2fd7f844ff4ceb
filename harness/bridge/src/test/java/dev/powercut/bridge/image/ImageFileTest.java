package dev.powercut.bridge.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.sim.disk.BlockKind;
import dev.powercut.sim.disk.Cause;
import dev.powercut.sim.disk.OutOfRangeException;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Trigger;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {

    private static final Cause CAUSE = new Cause(new BlockKind("test"), new Trigger.Format());

    @TempDir
    Path folder;

    @Test
    void writesAreInTheFileAndAreReadBack() throws IOException {
        Path path = folder.resolve("disk.img");
        byte[] data = pattern(3 * 512, 7);
        try (ImageFile file = ImageFile.create(path, 1 << 20)) {
            file.write(127, 3, data, 0, CAUSE);
            byte[] back = new byte[5 * 512];
            file.read(126, 5, back, 0);
            assertArrayEquals(data, Arrays.copyOfRange(back, 512, 4 * 512));
            file.flush(CAUSE);
        }
        byte[] all = Files.readAllBytes(path);
        assertEquals(1 << 20, all.length);
        assertArrayEquals(data, Arrays.copyOfRange(all, 127 * 512, 130 * 512));
    }

    @Test
    void fourGibibyteImageIsUsedWithoutLoadingIt() throws IOException {
        Path path = folder.resolve("large.img");
        long size = 4L << 30;
        try (ImageFile file = ImageFile.create(path, size)) {
            byte[] data = pattern(512, 3);
            file.write(file.sectorCount() - 1, 1, data, 0, CAUSE);
            byte[] back = new byte[512];
            file.read(file.sectorCount() - 1, 1, back, 0);
            assertArrayEquals(data, back);
            file.read(file.sectorCount() / 2, 1, back, 0);
            assertArrayEquals(new byte[512], back);
        }
        assertEquals(size, Files.size(path));
        assertTrue(usedBytes(path) < 1 << 20, "the file should stay sparse");
    }

    @Test
    void zeroesDoNotFillHoles() throws IOException {
        Path path = folder.resolve("sparse.img");
        try (ImageFile file = ImageFile.create(path, 64 << 20)) {
            for (int i = 0; i < 64; i++) {
                file.write(i * 2048L, 2048, new byte[1 << 20], 0, CAUSE);
            }
            file.submit(new Request.Discard(0, file.sectorCount(), CAUSE)).await();
        }
        assertTrue(usedBytes(path) < 1 << 20, "the file should stay sparse");
    }

    @Test
    void zeroesAreSkippedToTheSectorThatHasData() {
        try (ImageFile file = ImageFile.create(folder.resolve("disk.img"), 1 << 20)) {
            byte[] data = new byte[512];
            data[511] = 1;
            file.write(300, 1, data, 0, CAUSE);
            assertEquals(300, file.skipZeroes(0, file.sectorCount()));
            assertEquals(300, file.skipZeroes(300, 301));
            assertEquals(300, file.skipZeroes(5, 300));
            assertEquals(file.sectorCount(), file.skipZeroes(301, file.sectorCount()));
        }
    }

    @Test
    void discardedSectorsReadAsZeroes() {
        try (ImageFile file = ImageFile.create(folder.resolve("disk.img"), 1 << 20)) {
            file.write(100, 200, pattern(200 * 512, 1), 0, CAUSE);
            file.submit(new Request.Discard(101, 198, CAUSE)).await();
            byte[] back = new byte[200 * 512];
            file.read(100, 200, back, 0);
            byte[] expected = pattern(200 * 512, 1);
            Arrays.fill(expected, 512, 199 * 512, (byte) 0);
            assertArrayEquals(expected, back);
        }
    }

    @Test
    void readOnlyImageRefusesWrites() throws IOException {
        Path path = folder.resolve("disk.img");
        Files.write(path, pattern(2048, 9));
        try (ImageFile file = ImageFile.openReadOnly(path)) {
            ImageException refused =
                    assertThrows(ImageException.class, () -> file.write(0, 1, new byte[512], 0, CAUSE));
            assertTrue(refused.getMessage().contains("reading only"), refused.getMessage());
            assertThrows(
                    ImageException.class,
                    () -> file.submit(new Request.Discard(0, 1, CAUSE)).await());
            file.flush(CAUSE);
        }
        assertArrayEquals(pattern(2048, 9), Files.readAllBytes(path));
    }

    @Test
    void ofAnOddSizeTheWholeSectorsAreTheImage() throws IOException {
        Path path = folder.resolve("odd.img");
        byte[] before = pattern(2 * 512 + 300, 3);
        Files.write(path, before);
        try (ImageFile file = ImageFile.open(path)) {
            assertEquals(2, file.sectorCount());
            assertEquals(1024, file.sizeBytes());
            assertEquals(300, file.restBytes());
            byte[] back = new byte[1024];
            file.read(0, 2, back, 0);
            assertArrayEquals(Arrays.copyOf(before, 1024), back);
            file.submit(new Request.Discard(1, 1, CAUSE)).await();
            assertThrows(OutOfRangeException.class, () -> file.read(2, 1, back, 0));
        }
        Arrays.fill(before, 512, 1024, (byte) 0);
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    @Test
    void lessThanASectorIsNamedWithWhatWasExpected() throws IOException {
        Path path = Files.write(folder.resolve("odd.img"), new byte[511]);
        ImageException refused = assertThrows(ImageException.class, () -> ImageFile.open(path));
        assertTrue(refused.getMessage().contains("511 bytes, expected at least one sector of 512 bytes"));
        assertEquals(path, refused.path());
    }

    @Test
    void emptyMissingFolderAndCompressedFilesAreRefused() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.img"));
        assertTrue(refusal(empty).contains("has 0 bytes, expected at least one sector"), refusal(empty));
        Path missing = folder.resolve("missing.img");
        assertTrue(refusal(missing).contains("there is no such file"), refusal(missing));
        assertTrue(refusal(folder).contains("is a directory"), refusal(folder));
        Path device = Path.of("/dev/zero");
        assertTrue(refusal(device).contains("neither a file nor a block device"), refusal(device));
        Path packed = folder.resolve("disk.img.gz");
        Files.write(packed, new byte[] {0x1F, (byte) 0x8B, 8, 0, 0});
        assertTrue(refusal(packed).contains("gunzip -k"), refusal(packed));
    }

    @Test
    void fileThatShrinksWhileOpenIsNoticed() throws IOException {
        Path path = folder.resolve("disk.img");
        Files.write(path, new byte[1 << 20]);
        try (ImageFile file = ImageFile.open(path);
                FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(4096);
            ImageException refused = assertThrows(ImageException.class, () -> file.read(1000, 1, new byte[512], 0));
            assertTrue(refused.getMessage().contains("had 1048576 bytes"), refused.getMessage());
        }
    }

    @Test
    void requestsBeyondTheImageAreRefused() {
        try (ImageFile file = ImageFile.create(folder.resolve("disk.img"), 4096)) {
            assertThrows(OutOfRangeException.class, () -> file.read(8, 1, new byte[512], 0));
            assertThrows(OutOfRangeException.class, () -> file.write(7, 2, new byte[1024], 0, CAUSE));
            assertThrows(OutOfRangeException.class, () -> file.submit(new Request.Discard(-1, 1, CAUSE)));
        }
    }

    record Write(int sector, int count, int seed) {}

    @Provide
    Arbitrary<Write> writes() {
        // Zeroes (seed 0) often, and places that collide in the cache: 256 chunks of 128 sectors apart.
        Arbitrary<Integer> sector = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 400),
                Arbitraries.integers().between(0, 400).map(i -> i + 256 * 128));
        return Combinators.combine(
                        sector,
                        Arbitraries.integers().between(1, 300),
                        Arbitraries.integers().between(0, 4))
                .as(Write::new);
    }

    @Property(seed = "1", tries = 50)
    void anyWritesReadBackAsFromAByteArray(@ForAll List<@From("writes") Write> writes) throws IOException {
        Path path = Files.createTempFile("powercut-image", ".img");
        try {
            int sectors = 257 * 128 + 1000;
            byte[] model = new byte[sectors * 512];
            try (ImageFile file = ImageFile.create(path, model.length)) {
                for (Write write : writes) {
                    byte[] data = pattern(write.count() * 512, write.seed());
                    file.write(write.sector(), write.count(), data, 0, CAUSE);
                    System.arraycopy(data, 0, model, write.sector() * 512, data.length);
                }
                byte[] back = new byte[model.length];
                file.read(0, sectors, back, 0);
                assertArrayEquals(model, back);
            }
            assertArrayEquals(model, Files.readAllBytes(path));
        } finally {
            Files.delete(path);
        }
    }

    private static String refusal(Path path) {
        return assertThrows(ImageException.class, () -> ImageFile.open(path)).getMessage();
    }

    private static long usedBytes(Path path) throws IOException {
        // The JDK does not tell how much space a file uses; du -k of POSIX does, in kibibytes.
        Process du = new ProcessBuilder("du", "-k", path.toString()).start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(answer.substring(0, answer.indexOf('\t'))) * 1024;
    }

    static byte[] pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (seed * (i % 251 + 1));
        }
        return bytes;
    }
}
