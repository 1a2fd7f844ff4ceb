package dev.powercut.campaign.judge;

import dev.powercut.sim.disk.DiskImage;
import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file that holds one image after the other, each written as its difference from the one before. Sparse, and in
 * memory (/dev/shm) where the system has that.
 */
final class JudgedFile implements AutoCloseable {

    private final Path path;
    private final Path output;
    private final FileChannel channel;
    private final byte[] bytes = new byte[Sector.BYTES];
    private DiskImage contents;

    private JudgedFile(Path path, FileChannel channel, DiskImage contents) {
        this.path = path;
        this.output = path.resolveSibling(path.getFileName() + ".out");
        this.channel = channel;
        this.contents = contents;
    }

    static JudgedFile create(long sectorCount) throws IOException {
        Path memory = Path.of("/dev/shm");
        Path path = Files.isDirectory(memory) && Files.isWritable(memory)
                ? Files.createTempFile(memory, "powercut-", ".img")
                : Files.createTempFile("powercut-", ".img");
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
            channel.write(ByteBuffer.wrap(new byte[1]), sectorCount * Sector.BYTES - 1);
            return new JudgedFile(path, channel, DiskImage.blank(sectorCount));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Where what the tool prints may go; deleted with the file. */
    Path output() {
        return output;
    }

    void show(DiskImage image) throws IOException {
        try {
            image.forEachDifference(contents, this::writeSector);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        contents = image;
    }

    private void writeSector(long number, Sector sector) {
        sector.copyTo(bytes, 0);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            long at = number * Sector.BYTES;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(output);
    }
}
