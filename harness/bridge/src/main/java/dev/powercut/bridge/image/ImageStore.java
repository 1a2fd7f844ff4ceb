package dev.powercut.bridge.image;

import dev.powercut.campaign.config.InputFile;
import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Copies disk images between files and memory. What is zero takes no space on either side. */
public final class ImageStore {

    private static final int BUFFER_BYTES = 1 << 18;

    /** Heap that a sector which is not zero takes: its bytes, object and array headers, and its share of the tree. */
    private static final long HEAP_BYTES_PER_SECTOR = 640;

    private ImageStore() {}

    /**
     * Loads a raw image; one whose name ends in {@code .gz} is unpacked.
     *
     * @throws ImageException when it cannot be read, is not a whole number of sectors, or has more data than fits in memory
     */
    public static DiskImage load(Path path) {
        return load(path, Runtime.getRuntime().maxMemory() / 2 / HEAP_BYTES_PER_SECTOR);
    }

    /**
     * Loads an image that has at most so many sectors which are not zero.
     *
     * @throws ImageException as {@link #load(Path)}
     */
    static DiskImage load(Path path, long dataSectorLimit) {
        if (Files.isDirectory(path)) {
            throw new ImageException(path, "is a directory", "give an image file");
        }
        if (InputFile.mayNeverEnd(path)) {
            throw new ImageException(path, "is a pipe, not a file", "give an image file, or write it to one first");
        }
        boolean packed = ImageSize.isNamedGzip(path);
        Loading loading = new Loading(path, dataSectorLimit);
        try (InputStream file = Files.newInputStream(path)) {
            if (packed) {
                loading.readAll(new GZIPInputStream(file, BUFFER_BYTES));
            } else {
                loading.readAll(file);
            }
        } catch (ZipException e) {
            throw new ImageException(
                    path,
                    "is named .gz, but is not sound gzip data: " + e.getMessage() + " (after " + loading.sizeBytes
                            + " bytes of image)",
                    "pack it again, or name it without .gz if it is not packed");
        } catch (EOFException e) {
            throw new ImageException(
                    path,
                    "the gzip data ends too early, after " + loading.sizeBytes + " bytes of image",
                    "copy or pack it again");
        } catch (IOException e) {
            throw ImageException.of(path, "reading after byte " + loading.sizeBytes, e);
        }
        return loading.image();
    }

    /** An image being read from a stream whose length is known at its end only. */
    private static final class Loading {
        private final Path path;
        private final long dataSectorLimit;
        private final List<Sector> contents = new ArrayList<>();
        private long[] numbers = new long[1024];
        private long sizeBytes;

        Loading(Path path, long dataSectorLimit) {
            this.path = path;
            this.dataSectorLimit = dataSectorLimit;
        }

        void readAll(InputStream in) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            byte[] zeroes = new byte[BUFFER_BYTES];
            int length = in.readNBytes(buffer, 0, BUFFER_BYTES);
            while (length > 0) {
                if (!Arrays.equals(buffer, 0, length, zeroes, 0, length)) {
                    Arrays.fill(buffer, length, BUFFER_BYTES, (byte) 0);
                    takeSectors(buffer, length);
                }
                sizeBytes += length;
                length = in.readNBytes(buffer, 0, BUFFER_BYTES);
            }
        }

        private void takeSectors(byte[] buffer, int length) {
            for (int at = 0; at < length; at += Sector.BYTES) {
                Sector sector = Sector.copyOf(buffer, at);
                if (sector.isZero()) {
                    continue;
                }
                if (contents.size() >= dataSectorLimit) {
                    throw new ImageException(
                            path,
                            "has more than " + dataSectorLimit * Sector.BYTES
                                    + " bytes that are not zero, too many to hold in memory",
                            "give Java more memory with -Xmx");
                }
                if (contents.size() == numbers.length) {
                    numbers = Arrays.copyOf(numbers, numbers.length * 2);
                }
                numbers[contents.size()] = (sizeBytes + at) / Sector.BYTES;
                contents.add(sector);
            }
        }

        DiskImage image() {
            ImageSize.requireWholeSectors(path, sizeBytes);
            DiskImage image = DiskImage.blank(sizeBytes / Sector.BYTES);
            for (int i = 0; i < contents.size(); i++) {
                image = image.with(numbers[i], contents.get(i));
            }
            return image;
        }
    }

    /**
     * Stores an image in a file of exactly its size, which is replaced when it exists; what is zero becomes holes. Returns when
     * it is on the medium.
     *
     * @throws ImageException when it cannot be written
     */
    public static void store(DiskImage image, Path path) {
        try (ImageFile file = ImageFile.create(path, image.sectorCount() * Sector.BYTES)) {
            storeDifference(image, DiskImage.blank(image.sectorCount()), file);
            file.flush(ImageWrite.CAUSE);
        }
    }

    /**
     * Makes a file that holds one image hold another, writing only where they differ. Not flushed.
     *
     * @param image what the file is to hold
     * @param held what it holds now
     */
    public static void storeDifference(DiskImage image, DiskImage held, ImageFile file) {
        if (file.sectorCount() != image.sectorCount()) {
            throw new ImageException(
                    file.path(),
                    "has " + file.sizeBytes() + " bytes, expected " + image.sectorCount() * Sector.BYTES,
                    "use a file of the image's size");
        }
        ImageWrite write = new ImageWrite(file);
        image.forEachDifference(held, write);
        write.finish();
    }
}
