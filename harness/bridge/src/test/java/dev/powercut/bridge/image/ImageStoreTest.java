package dev.powercut.bridge.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.powercut.bridge.Recordings;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {

    @TempDir
    Path folder;

    @Test
    void storedImageLoadsAsItself() throws IOException {
        byte[] bytes = new byte[3 << 20];
        System.arraycopy(ImageFileTest.pattern(700_000, 5), 0, bytes, 1_000_000, 700_000);
        bytes[bytes.length - 1] = 1;
        DiskImage image = DiskImage.of(bytes);
        Path path = folder.resolve("disk.img");
        ImageStore.store(image, path);
        assertArrayEquals(bytes, Files.readAllBytes(path));
        assertEquals(image, ImageStore.load(path));
    }

    @Test
    void storingReplacesALongerFile() throws IOException {
        Path path = folder.resolve("disk.img");
        Files.write(path, ImageFileTest.pattern(1 << 20, 3));
        ImageStore.store(DiskImage.blank(8), path);
        assertArrayEquals(new byte[4096], Files.readAllBytes(path));
    }

    @Test
    void differenceTurnsOneImageIntoAnother() throws IOException {
        DiskImage first = DiskImage.of(ImageFileTest.pattern(1 << 20, 3));
        byte[] other = ImageFileTest.pattern(1 << 20, 3);
        Arrays.fill(other, 5000, 300_000, (byte) 0);
        other[1_000_000] ^= 1;
        DiskImage second = DiskImage.of(other);
        Path path = folder.resolve("disk.img");
        ImageStore.store(first, path);
        try (ImageFile file = ImageFile.open(path)) {
            ImageStore.storeDifference(second, first, file);
        }
        assertArrayEquals(other, Files.readAllBytes(path));
    }

    @Test
    void packedImageLoads() throws IOException {
        byte[] bytes = ImageFileTest.pattern(100 * 512, 3);
        Path path = folder.resolve("disk.img.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write(bytes);
        }
        assertEquals(DiskImage.of(bytes), ImageStore.load(path));
    }

    @Test
    void baseImagesOfRecordingsHaveTheSizeTheySay() {
        for (String name : Recordings.EXT2) {
            long megabytes = Long.parseLong(Recordings.fact(name, "size").replace("M", ""));
            DiskImage image = ImageStore.load(Recordings.base(name));
            assertEquals(megabytes << 20, image.sectorCount() * Sector.BYTES);
        }
    }

    @Test
    void truncatedForeignAndOddGzipDataIsRefused() throws IOException {
        Path whole = folder.resolve("whole.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write(ImageFileTest.pattern(50_000 * 512, 3));
        }
        byte[] packed = Files.readAllBytes(whole);
        assertTrue(refusal(Arrays.copyOf(packed, packed.length / 2)).contains("ends too early"));
        assertTrue(refusal(new byte[4096]).contains("not sound gzip data"));
        packed[packed.length / 2] ^= 0x55;
        assertTrue(refusal(packed).contains("gzip data"));
        Path odd = folder.resolve("odd.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(odd))) {
            out.write(new byte[513]);
        }
        assertTrue(refusal(Files.readAllBytes(odd)).contains("has 513 bytes, expected a multiple"));
    }

    @Test
    void imageThatWouldNotFitInMemoryIsRefused() throws IOException {
        Path path = folder.resolve("disk.img");
        Files.write(path, ImageFileTest.pattern(100 * 512, 3));
        assertEquals(100, ImageStore.load(path, 100).sectorCount());
        ImageException refused = assertThrows(ImageException.class, () -> ImageStore.load(path, 99));
        assertTrue(refused.getMessage().contains("-Xmx"), refused.getMessage());
    }

    @Test
    void fileThatCannotBeWrittenIsNamed() {
        ImageException refused = assertThrows(
                ImageException.class,
                () -> ImageStore.store(
                        DiskImage.blank(1), folder.resolve("missing").resolve("disk.img")));
        assertTrue(refused.getMessage().contains("disk.img"), refused.getMessage());
        assertThrows(ImageException.class, () -> ImageStore.store(DiskImage.blank(1), folder));
    }

    private String refusal(byte[] contents) throws IOException {
        Path path = folder.resolve("bad.img.gz");
        Files.write(path, contents);
        return assertThrows(ImageException.class, () -> ImageStore.load(path)).getMessage();
    }
}
