package dev.powercut.bridge.image;

import dev.powercut.sim.Completion;
import dev.powercut.sim.disk.BlockDevice;
import dev.powercut.sim.disk.OutOfRangeException;
import dev.powercut.sim.disk.Request;
import dev.powercut.sim.disk.Sector;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * A raw disk image in a file (or a real block device), as a {@link BlockDevice} that works in place.
 *
 * <p>Reads go through a cache of 4 KiB chunks, of fixed size; what one request asks for is read at once, so that both a check
 * that goes through tables and one that jumps cost few system calls and few bytes.
 * Writes go through to the file at once; a flush forces them to its medium. Zeroes are not written where zeroes are, so that
 * a sparse file stays sparse. For one thread at a time; another process that writes the same file meanwhile is not seen.
 */
public final class ImageFile implements BlockDevice, AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 12;
    private static final int CHUNK_COUNT = 4096;

    /** Chunks that are read from the file at once at most. */
    private static final int MOST_READ = 16;

    private static final byte[] ZEROES = new byte[CHUNK_BYTES];

    private final Path path;
    private final FileChannel channel;
    private final boolean readOnly;

    /** Of its whole sectors. */
    private final long sizeBytes;

    private final int restBytes;

    /** Direct-mapped: chunk n is in slot n modulo the count, if {@code chunkNumbers} says so. */
    private final byte[][] chunks = new byte[CHUNK_COUNT][];

    private final long[] chunkNumbers = new long[CHUNK_COUNT];

    private final ByteBuffer transfer = ByteBuffer.allocateDirect(MOST_READ * CHUNK_BYTES);

    private ImageFile(Path path, FileChannel channel, boolean readOnly, long fileBytes) {
        this.path = path;
        this.channel = channel;
        this.readOnly = readOnly;
        this.restBytes = (int) (fileBytes % Sector.BYTES);
        this.sizeBytes = fileBytes - restBytes;
        Arrays.fill(chunkNumbers, -1);
    }

    /**
     * Opens an image for reading and writing.
     *
     * @throws ImageException when it cannot be opened or has not even one sector
     */
    public static ImageFile open(Path path) {
        return open(path, false);
    }

    /**
     * Opens an image for reading; every write fails.
     *
     * @throws ImageException when it cannot be opened or has not even one sector
     */
    public static ImageFile openReadOnly(Path path) {
        return open(path, true);
    }

    private static ImageFile open(Path path, boolean readOnly) {
        if (Files.isDirectory(path)) {
            throw new ImageException(path, "is a directory", "give an image file");
        }
        ImageSize.requireSeekable(path);
        try {
            FileChannel channel = readOnly
                    ? FileChannel.open(path, StandardOpenOption.READ)
                    : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                long size = channel.size();
                ImageSize.requireUncompressed(path, channel);
                ImageSize.requireOneSector(path, size);
                return new ImageFile(path, channel, readOnly, size);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw ImageException.of(path, readOnly ? "opening for reading" : "opening for writing", e);
        }
    }

    /**
     * Makes a new image of zeroes, without using space for them; an existing file is replaced.
     *
     * @param sizeBytes a positive multiple of 512
     * @throws ImageException when that is not possible
     */
    public static ImageFile create(Path path, long sizeBytes) {
        ImageSize.requireWholeSectors(path, sizeBytes);
        ImageSize.requireRegularOrMissing(path);
        try {
            // The one call of the JDK that makes a file longer without writing to it.
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                file.setLength(0);
                file.setLength(sizeBytes);
                return new ImageFile(path, file.getChannel(), false, sizeBytes);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw ImageException.of(path, "making a file of " + sizeBytes + " bytes", e);
        }
    }

    public Path path() {
        return path;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** Of its whole sectors: as a loop device of Linux does, this leaves out what the file has beyond them. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** Bytes at the end of the file that make no whole sector: neither read nor written. */
    public int restBytes() {
        return restBytes;
    }

    @Override
    public long sectorCount() {
        return sizeBytes / Sector.BYTES;
    }

    @Override
    public Completion submit(Request request) {
        try {
            switch (request) {
                case Request.Read read -> {
                    checkRange(read.sector(), read.count());
                    read(read.sector() * Sector.BYTES, read.target(), read.offsetBytes(), read.count() * Sector.BYTES);
                }
                case Request.Write write -> {
                    checkRange(write.sector(), write.count());
                    requireWritable();
                    write(
                            write.sector() * Sector.BYTES,
                            write.source(),
                            write.offsetBytes(),
                            write.count() * Sector.BYTES);
                    if (write.fua()) {
                        force();
                    }
                }
                case Request.Flush flush -> force();
                case Request.Discard discard -> {
                    checkRange(discard.sector(), discard.count());
                    requireWritable();
                    zero(discard.sector() * Sector.BYTES, discard.count() * Sector.BYTES);
                }
            }
            return Completion.completed();
        } catch (ImageException e) {
            return Completion.failed(e);
        }
    }

    @Override
    public long skipZeroes(long sector, long end) {
        checkRange(sector, end - sector);
        long at = sector * Sector.BYTES;
        long limit = end * Sector.BYTES;
        while (at < limit) {
            int within = (int) (at % CHUNK_BYTES);
            int part = (int) Math.min(limit - at, CHUNK_BYTES - within);
            byte[] chunk = chunk(at / CHUNK_BYTES, (limit - 1) / CHUNK_BYTES);
            int data = Arrays.mismatch(chunk, within, within + part, ZEROES, 0, part);
            if (data >= 0) {
                return (at + data) / Sector.BYTES;
            }
            at += part;
        }
        return end;
    }

    private void read(long position, byte[] target, int offsetBytes, int length) {
        int done = 0;
        while (done < length) {
            long at = position + done;
            int within = (int) (at % CHUNK_BYTES);
            int part = Math.min(length - done, CHUNK_BYTES - within);
            byte[] chunk = chunk(at / CHUNK_BYTES, (position + length - 1) / CHUNK_BYTES);
            System.arraycopy(chunk, within, target, offsetBytes + done, part);
            done += part;
        }
    }

    private void write(long position, byte[] source, int offsetBytes, int length) {
        int done = 0;
        while (done < length) {
            long at = position + done;
            int within = (int) (at % CHUNK_BYTES);
            int part = Math.min(length - done, CHUNK_BYTES - within);
            writeWithinChunk(at / CHUNK_BYTES, within, source, offsetBytes + done, part);
            done += part;
        }
    }

    private void zero(long position, long length) {
        long done = 0;
        while (done < length) {
            long at = position + done;
            int within = (int) (at % CHUNK_BYTES);
            int part = (int) Math.min(length - done, CHUNK_BYTES - within);
            writeWithinChunk(at / CHUNK_BYTES, within, ZEROES, 0, part);
            done += part;
        }
    }

    private void writeWithinChunk(long number, int within, byte[] source, int offsetBytes, int length) {
        byte[] chunk = chunk(number, number);
        if (Arrays.equals(chunk, within, within + length, source, offsetBytes, offsetBytes + length)) {
            return;
        }
        writeFully(ByteBuffer.wrap(source, offsetBytes, length), number * CHUNK_BYTES + within);
        System.arraycopy(source, offsetBytes, chunk, within, length);
    }

    private void writeFully(ByteBuffer buffer, long position) {
        try {
            long at = position;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        } catch (IOException e) {
            // What is in the file now is uncertain, so what is cached of it is, too.
            Arrays.fill(chunkNumbers, -1);
            throw ImageException.ofWriting(path, "writing at byte " + position, e);
        }
    }

    /**
     * The cached chunk with a number; when it is not there, it is read, and with it those up to {@code last} that will be asked
     * for next. A shorter chunk at the end of the file is filled up with zeroes.
     */
    private byte[] chunk(long number, long last) {
        int slot = (int) (number % CHUNK_COUNT);
        byte[] chunk = chunks[slot];
        if (chunk != null && chunkNumbers[slot] == number) {
            return chunk;
        }
        int count = 1;
        while (count < MOST_READ && number + count <= last && !isCached(number + count)) {
            count++;
        }
        readChunks(number, count);
        return chunks[slot];
    }

    private boolean isCached(long number) {
        return chunkNumbers[(int) (number % CHUNK_COUNT)] == number;
    }

    private void readChunks(long first, int count) {
        long position = first * CHUNK_BYTES;
        int length = (int) Math.min((long) count * CHUNK_BYTES, sizeBytes - position);
        readFully(position, length);
        for (int i = 0; i < count; i++) {
            int slot = (int) ((first + i) % CHUNK_COUNT);
            byte[] chunk = chunks[slot];
            if (chunk == null) {
                chunk = new byte[CHUNK_BYTES];
                chunks[slot] = chunk;
            }
            int part = Math.min(CHUNK_BYTES, length - i * CHUNK_BYTES);
            transfer.get(i * CHUNK_BYTES, chunk, 0, part);
            Arrays.fill(chunk, part, CHUNK_BYTES, (byte) 0);
            chunkNumbers[slot] = first + i;
        }
    }

    /** Reads into the start of the buffer for transfers. */
    private void readFully(long position, int length) {
        transfer.clear().limit(length);
        try {
            while (transfer.hasRemaining()) {
                if (channel.read(transfer, position + transfer.position()) < 0) {
                    throw new ImageException(
                            path,
                            "ends at byte " + (position + transfer.position()) + ", but had " + (sizeBytes + restBytes)
                                    + " bytes when it was opened",
                            "let nothing else change the file meanwhile");
                }
            }
        } catch (IOException e) {
            throw ImageException.of(path, "reading at byte " + position, e);
        }
    }

    private void force() {
        if (readOnly) {
            return;
        }
        try {
            channel.force(false);
        } catch (IOException e) {
            throw ImageException.ofWriting(path, "flushing", e);
        }
    }

    private void requireWritable() {
        if (readOnly) {
            throw new ImageException(path, "was opened for reading only", "open it for writing");
        }
    }

    private void checkRange(long first, long count) {
        if (first < 0 || count < 0 || first > sectorCount() - count) {
            throw new OutOfRangeException(first, count, sectorCount());
        }
    }

    /** Closes the file; what has not been flushed is left to the operating system. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw ImageException.of(path, "closing", e);
        }
    }
}
