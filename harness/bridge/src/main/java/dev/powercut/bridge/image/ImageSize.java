package dev.powercut.bridge.image;

import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file must be to be an image: made of sectors, and not compressed. */
final class ImageSize {

    /** A file is taken for gzip by its name: a raw image may begin with any bytes. */
    private static final String GZIP_SUFFIX = ".gz";

    /** stat(2), sys/stat.h. */
    private static final int TYPE_MASK = 0xF000;

    private static final int TYPE_BLOCK_DEVICE = 0x6000;

    /** ID1, ID2 and CM = deflate of RFC 1952, section 2.3. */
    private static final byte[] GZIP_MAGIC = {0x1F, (byte) 0x8B, 8};

    private ImageSize() {}

    static boolean isNamedGzip(Path path) {
        return path.toString().endsWith(GZIP_SUFFIX);
    }

    static void requireOneSector(Path path, long sizeBytes) {
        if (sizeBytes < Sector.BYTES) {
            throw new ImageException(
                    path,
                    "has " + sizeBytes + " bytes, expected at least one sector of " + Sector.BYTES + " bytes",
                    "give an image with contents, such as powercut mkfs makes");
        }
    }

    static void requireWholeSectors(Path path, long sizeBytes) {
        requireOneSector(path, sizeBytes);
        if (sizeBytes % Sector.BYTES == 0) {
            return;
        }
        long rounded = (sizeBytes / Sector.BYTES + 1) * Sector.BYTES;
        throw new ImageException(
                path,
                "has " + sizeBytes + " bytes, expected a multiple of the sector size " + Sector.BYTES
                        + ": it was cut short or is no disk image",
                "copy it again, or if its last sector may be filled up with zeroes: truncate -s " + rounded + " "
                        + path);
    }

    /** A compressed image cannot be worked on in place. A raw one that happens to begin like gzip has another name. */
    static void requireUncompressed(Path path, FileChannel channel) throws IOException {
        if (isNamedGzip(path) && startsLikeGzip(channel)) {
            throw new ImageException(path, "is compressed", "unpack it first: gunzip -k " + path);
        }
    }

    private static boolean startsLikeGzip(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(GZIP_MAGIC.length);
        channel.read(start, 0);
        return start.flip().equals(ByteBuffer.wrap(GZIP_MAGIC));
    }

    static void requireRegularOrMissing(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ImageException(path, "is not a regular file", "give the name of a file that may be replaced");
        }
    }

    /** Refuses what would wait for a writer, or has no offsets: FIFOs, sockets, devices of characters. */
    static void requireSeekable(Path path) {
        if (!Files.exists(path) || Files.isRegularFile(path)) {
            return;
        }
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode");
            if ((mode & TYPE_MASK) != TYPE_BLOCK_DEVICE) {
                throw new ImageException(
                        path, "is neither a file nor a block device", "give an image file, or write it to one first");
            }
        } catch (IOException e) {
            throw ImageException.of(path, "asking what it is", e);
        }
    }
}
